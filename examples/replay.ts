/**
 * Delivers audit records to Log Analytics again: what is in the dead letters, or everything of the last hours. The
 * collector may run; its state is not touched. Rows that are there already are there twice then: the functions in
 * packages/audit-pipeline/kql show each record once.
 *
 *     pnpm example replay [--emulated] [--folder ./collector | --storage | --hours 24] [--keep-dlp-values]
 *
 * --folder is that of o365-to-log-analytics; --storage takes the dead letters of the workers or the Functions, in the
 * storage account of AZURE_STORAGE_CONNECTION_STRING. What fails again is kept as a dead letter anew; the others stay
 * until you remove them. Content can be read for seven days. Records that no column can hold stay where they are.
 */
import { join } from 'node:path';
import { fileDeadLetters, replay } from 'audit-pipeline';
import type { SavedDeadLetter } from 'audit-pipeline';
import { blobDeadLetters } from 'audit-pipeline/azure';
import { recordId } from 'audit-pipeline/o365';
import type { BlobUnit, RawRecord } from 'o365-activity-client';
import { readArguments } from './lib/arguments.js';
import { auditTransform, dlpOptions } from './lib/audit-transform.js';
import { auditSink, auditSource } from './lib/azure-units.js';
import { openStorage } from './lib/azure-storage.js';
import { summary } from './lib/durable.js';
import { o365FromEnvironment, readable } from './lib/o365.js';
import { positive, progress, runScript } from './lib/script.js';
import { required } from './lib/settings.js';

const { values } = readArguments({
  options: {
    folder: { type: 'string', default: 'collector' },
    storage: { type: 'boolean', default: false },
    hours: { type: 'string' },
    ...dlpOptions,
  },
});

/** What a dynamic column holds of a record. */
const maxRecordBytes = 65_536;

/** Without records whose row was delivered as far as it can be. */
async function* deliverable(letters: AsyncIterable<SavedDeadLetter>): AsyncIterable<SavedDeadLetter> {
  for await (const letter of letters) {
    const { bytes } = (letter.record ?? {}) as Partial<RawRecord>;
    if (!bytes || bytes.byteLength <= maxRecordBytes) yield letter;
    else console.error(`${letter.unit.id}: a record of ${bytes.byteLength} bytes stays in the dead letters`);
  }
}

await runScript(async () => {
  const hours = positive('--hours', values.hours);
  const now = Date.now();
  const deadLetters = values.storage
    ? blobDeadLetters((await openStorage(required('AZURE_STORAGE_CONNECTION_STRING'))).container)
    : await fileDeadLetters(join(values.folder, 'dead-letters'));
  const o365 = o365FromEnvironment();
  const report = await replay<BlobUnit, RawRecord, Uint8Array>({
    source: auditSource(o365, await readable(o365)),
    of:
      hours === undefined
        ? { deadLetters: deliverable(deadLetters.entries()) }
        : { range: { from: new Date(now - hours * 3_600_000), to: new Date(now) } },
    transform: auditTransform(),
    recordId,
    sink: auditSink(),
    deadLetters,
    onGap: ({ from, to, reason }) => console.error(`lost: ${from} to ${to}, ${reason}`),
    onDeferred: (unit, error) =>
      console.error(`${unit.id}: ${error instanceof Error ? error.message : 'failed'}`),
    onProgress: (one) => progress(summary(one)),
  });
  console.log(summary(report));
  return report.records.deadLettered + report.units.failed > 0 ? 1 : 0;
});
