import { auditRow, rewrite } from 'audit-pipeline/o365';
import type { RawTransform } from 'audit-pipeline/o365';
import { ContentType } from 'o365-activity-client';
import { redactSecrets } from 'o365-activity-client/records';
import { optional } from './settings.js';

/** What a script that collects DLP.All takes. */
export const dlpOptions = { 'keep-dlp-values': { type: 'boolean', default: false } } as const;

/** The matched texts of DLP.All stay in the records: by the option, or by a setting where there is no command line. */
export function keepDlpValues(): boolean {
  return process.argv.includes('--keep-dlp-values') || optional('KEEP_DLP_VALUES')?.toLowerCase() === 'true';
}

/** Rows of audit records. What DLP rules have matched is the secret itself: redacted, unless it is to be kept. */
export function auditTransform(): RawTransform<Uint8Array> {
  const plain = auditRow();
  if (keepDlpValues()) return plain;
  const redacted = rewrite(redactSecrets, plain);
  return (record, unit, context) =>
    (unit.blob.contentType === ContentType.Dlp ? redacted : plain)(record, unit, context);
}
