import type { Query } from './query-types.js';

export interface LostRowsOptions {
  readonly from: Date;
  readonly to: Date;
  /** Runs KQL in the workspace that the rule's errors go to. */
  readonly query: Query;
}

/** Errors of a rule, by stream. */
export interface LostRows {
  /** `Custom-…`; empty when the service does not say. */
  readonly stream: string;
  /** `Ingestion` or `Transformation`. */
  readonly operation: string;
  /** The service's own words; they may quote names of columns. */
  readonly message: string;
  /** Errors that were logged. The service mutes repeated ones: it is not a number of rows. */
  readonly errors: number;
}

/**
 * What a data collection rule has lost after it had answered "accepted", from the table DCRLogErrors, which the diagnostic
 * setting of `armTemplate` fills. https://learn.microsoft.com/azure/azure-monitor/reference/tables/dcrlogerrors
 */
export async function lostRows({ from, to, query }: LostRowsOptions): Promise<LostRows[]> {
  const kql =
    `DCRLogErrors | where TimeGenerated >= datetime(${from.toISOString()}) and TimeGenerated < datetime(${to.toISOString()})` +
    ' | summarize Errors = count() by InputStreamId, OperationName, Message | sort by Errors desc';
  const rows = await query(kql, { from, to });
  return rows.map((row) => ({
    stream: getText(row['InputStreamId']),
    operation: getText(row['OperationName']),
    message: getText(row['Message']),
    errors: Number(row['Errors'] ?? 0),
  }));
}

const getText = (value: unknown): string => (typeof value === 'string' ? value : '');
