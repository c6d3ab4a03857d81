import { quote } from '../kql/quote.js';

/** KQL that shows an alert's records in the table that audit-pipeline writes. */
export function createQuery(recordIds: readonly string[], first?: string, last?: string): string {
  const lines = ['AuditRecords_CL'];
  if (first !== undefined && last !== undefined)
    // The service replaces the TimeGenerated of rows that arrive late, never by an earlier time.
    lines.push(
      `| where TimeGenerated >= datetime(${first})`,
      `| where EventTime between (datetime(${first}) .. datetime(${last}))`,
    );
  lines.push(`| where RecordId in (${recordIds.map(quote).join(', ')})`);
  return lines.join('\n');
}
