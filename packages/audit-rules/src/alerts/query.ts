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

/** A KQL string literal; what is not ASCII is escaped. */
function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
