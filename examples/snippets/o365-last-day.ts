import type { O365ActivityClient } from 'o365-activity-client';
import { isRecord } from 'o365-activity-client/records';

export async function lastDay(o365: O365ActivityClient): Promise<void> {
  const from = new Date(Date.now() - 86_400_000);
  for await (const record of o365.records.list({ from, to: new Date() })) {
    // Narrowed to the documented schema; fields that the documents do not know are there too.
    if (isRecord(record, 'SharePointFileOperation')) console.log(record.Operation, record.SourceFileName);
  }
}
