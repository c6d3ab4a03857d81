import { recordTexts } from '../records.js';

/**
 * Rows as the pipeline makes them of audit records, 1.2 kB on average: escapes, characters beyond ASCII, nested
 * values.
 */
export function rowTexts(count: number): string[] {
  return recordTexts(count).map((text, at) =>
    JSON.stringify({
      TimeGenerated: new Date(Date.UTC(2026, 10, 20) + at).toISOString(),
      RecordId: `${at.toString(16).padStart(8, '0')}-0000-4000-8000-0123456789ab`,
      UnitId: `20261120$${Math.floor(at / 200)}$audit_sharepoint$Audit_SharePoint`,
      CollectorVersion: '1.0.0',
      Record: JSON.parse(text) as unknown,
    }),
  );
}
