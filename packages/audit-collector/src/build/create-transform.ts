import { createHmac } from 'node:crypto';
import { auditRow, omit, pick, rewrite, where } from 'audit-pipeline/o365';
import type { RawTransform } from 'audit-pipeline/o365';
import { ContentType } from 'o365-activity-client';
import { redactSecrets } from 'o365-activity-client/records';
import type { TransformConfig } from '../config/types.js';

type AuditTransform = RawTransform<Uint8Array>;

/** A step with its secret read. */
export type TransformStep =
  Exclude<TransformConfig, { pseudonymize: string[] }> | { pseudonymize: string[]; keyBytes: string };

/**
 * The steps in their order, then the row. What DLP rules have matched is the secret itself: records of DLP.All are
 * always redacted. Pseudonyms are keyed and belong to one tenant: the same person has another one elsewhere.
 */
export function createTransform(
  steps: readonly TransformStep[],
  tenantId: string,
  collectorVersion: string,
): AuditTransform {
  const row = auditRow({ collectorVersion });
  const redacted = rewrite(redactSecrets, row);
  const last: AuditTransform = (record, unit, context) =>
    (unit.blob.contentType === ContentType.Dlp ? redacted : row)(record, unit, context);
  return steps.toReversed().reduce((next, step) => prepend(step, next, tenantId), last);
}

function prepend(step: TransformStep, next: AuditTransform, tenantId: string): AuditTransform {
  if ('where' in step) {
    const filter = Object.fromEntries(Object.entries(step.where).filter(([, value]) => value !== undefined));
    return where(filter, next);
  }
  if ('pick' in step) return rewrite(pick(...step.pick), next);
  if ('omit' in step) return rewrite(omit(...step.omit), next);
  if ('redact' in step) return rewrite(redactSecrets, next);
  return rewrite((record) => pseudonymize(record, step.pseudonymize, step.keyBytes, tenantId), next);
}

/** These text fields as keyed hashes: equal values stay equal, and nobody without the key can try names. */
function pseudonymize(
  record: object,
  names: readonly string[],
  key: string,
  tenantId: string,
): Record<string, unknown> {
  const changed: Record<string, unknown> = { ...record };
  for (const name of names) {
    const value = changed[name];
    if (typeof value !== 'string' || value === '') continue;
    const digest = createHmac('sha256', key).update(`${tenantId}\n${value.toLowerCase()}`).digest('hex');
    changed[name] = `p-${digest.slice(0, 32)}`;
  }
  return changed;
}
