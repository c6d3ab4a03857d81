/** The quota of one service: what may be asked in a quota minute, and what has been. */
export interface QuotaMeter {
  /** What is counted apart: each tenant, each data collection rule, each workspace. */
  readonly per: 'tenant' | 'rule' | 'workspace';
  /** `Infinity` never refuses. May be assigned. */
  requestsPerMinute: number;
  /** Only where bytes are counted. */
  bytesPerMinute?: number;
  used(): Record<string, { requests: number; bytes?: number }>;
}
