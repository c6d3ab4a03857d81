import { redactSecrets } from 'o365-activity-client/records';
import type { MatchedItem } from '../engine/compile.js';
import type { FieldPaths } from '../fields/field-path.js';
import type { RecordView } from '../fields/record-view.js';
import type { Evidence } from './alert.js';

const maxChars = 512;
const maxFields = 40;
const redacted = '[redacted]';

/** What matched, without secrets: values come from a copy of the record from which they were removed. */
export function toEvidence(
  items: readonly MatchedItem[],
  view: RecordView,
  paths: FieldPaths,
  recordId: string,
): Evidence[] {
  let safe: RecordView | undefined;
  const evidence: Evidence[] = [];
  for (const { field, leaf, value, selection } of items.slice(0, maxFields)) {
    let shown = value;
    if (leaf !== undefined) {
      safe ??= view.with(redact(view.record));
      const path = paths.get(field);
      const leaves = safe.resolve(path).leaves;
      // A field that has lost values cannot be compared value by value.
      shown = leaves.length === view.resolve(path).leaves.length ? (leaves[leaf]?.text ?? 'null') : redacted;
    }
    evidence.push({ recordId, field, value: cut(shown), selection });
  }
  return evidence;
}

/** A record that cannot be copied shows nothing. */
function redact(record: RecordView['record']): RecordView['record'] {
  try {
    return redactSecrets(record);
  } catch {
    return {};
  }
}

function cut(text: string): string {
  return text.length > maxChars ? `${text.slice(0, maxChars - 1)}…` : text;
}
