/** ISO 8601 in UTC, as the query APIs take it. */
export interface Timespan {
  readonly from: Date;
  readonly to: Date;
}

/** Runs KQL over a span of TimeGenerated and returns rows by column; this package knows no query API. */
export type Query = (
  kql: string,
  timespan: Timespan,
) => Promise<readonly Readonly<Record<string, unknown>>[]>;
