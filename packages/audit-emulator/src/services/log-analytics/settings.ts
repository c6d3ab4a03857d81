/**
 * Limits and settings, changed at any time by assignment. What Microsoft documents is the default; what is not
 * documented is marked so.
 */
export interface LogAnalyticsSettings {
  /** Bounded memory: each table keeps its newest rows only. `table.received` still counts all. */
  maxRowsPerTable: number;
  /** The workspace's daily cap is reached: everything is accepted, nothing is stored. */
  dailyCapReached: boolean;
  readonly dataCollector: DataCollectorSettings;
  readonly logsIngestion: LogsIngestionSettings;
  readonly query: QuerySettings;
  readonly arm: {
    /** No identity may use ARM: 403. */
    roleMissing: boolean;
    /** How long tables and rules say `Updating` after a change. */
    provisioningInMs: number;
  };
}

export interface DataCollectorSettings {
  /** Greatest difference of `x-ms-date` from the service's time. Not documented. */
  clockSkewInMs: number;
  /** Above it: 404 without a body. */
  maxBodyBytes: number;
  /** UTF-8 bytes of a value, longer is cut silently. */
  maxFieldBytes: number;
  maxColumns: number;
  /** Of a row with a property named `tenant`, `TimeGenerated` or `RawData`: documented as an error, seen as a loss. */
  reservedNames: 'reject' | 'drop-row';
  /** Per workspace and quota minute. */
  requestsPerMinute: number;
  /** How requests beyond `requestsPerMinute` are answered. */
  overQuotaStatus: 429 | 500 | 503;
  /** Whether that answer carries Retry-After. Not documented for this API. */
  overQuotaRetryAfter: boolean;
  /** The workspace's volume rate is exceeded: answers 200, stores nothing. */
  dropAfterAccepting: boolean;
}

export interface LogsIngestionSettings {
  /** Of the body on the wire, compressed or not. */
  maxWireBytes: number;
  /** Of the body after decompression. Not in Microsoft's documents. */
  maxDecompressedBytes: number;
  /** Status of PayloadSizeLimitExceeded. Not documented. */
  payloadSizeStatus: number;
  /** UTF-8 bytes of a value, longer is cut silently. */
  maxFieldBytes: number;
  /** Per rule and quota minute. */
  requestsPerMinute: number;
  /** Per rule and quota minute, counted after decompression. */
  bytesPerMinute: number;
  /** Whether 429 carries Retry-After. */
  retryAfter: boolean;
  /** No identity has the role Monitoring Metrics Publisher: 403. */
  roleMissing: boolean;
  /** How long a rule made or changed through ARM answers InvalidStream. */
  ruleDelayInMs: number;
  /** How long a rule made through ARM answers 403. */
  roleDelayInMs: number;
  /** Answer NotFound on hosts other than the rule's own endpoint. */
  strictEndpoint: boolean;
  /** What the service loses silently after a 204. False makes that one loud: 400. */
  readonly silentLoss: {
    notAnArray: boolean;
    undeclaredProperties: boolean;
    /** Elements of the array that are not objects. */
    notAnObject: boolean;
  };
  /** The transform or the table does not fit the rows: 204, nothing stored, a row in DCRLogErrors. */
  transformMismatch: boolean;
}

export interface QuerySettings {
  /** No identity may read the workspace: 403. */
  roleMissing: boolean;
  /** How long a row stays invisible to queries. */
  latencyInMs: number;
  /** How long all rows of a new table stay invisible: up to 15 minutes in the service. */
  newTableDelayInMs: number;
}

export function defaultSettings(): LogAnalyticsSettings {
  return {
    maxRowsPerTable: Infinity,
    dailyCapReached: false,
    dataCollector: {
      clockSkewInMs: 15 * 60_000,
      maxBodyBytes: 30_000_000,
      maxFieldBytes: 32 * 1024,
      maxColumns: 500,
      reservedNames: 'reject',
      requestsPerMinute: Infinity,
      overQuotaStatus: 429,
      overQuotaRetryAfter: false,
      dropAfterAccepting: false,
    },
    logsIngestion: {
      maxWireBytes: 1_048_576,
      maxDecompressedBytes: 50 * 1024 * 1024,
      payloadSizeStatus: 413,
      maxFieldBytes: 64 * 1024,
      requestsPerMinute: 12_000,
      bytesPerMinute: 2_000_000_000,
      retryAfter: true,
      roleMissing: false,
      ruleDelayInMs: 0,
      roleDelayInMs: 0,
      strictEndpoint: false,
      silentLoss: { notAnArray: true, undeclaredProperties: true, notAnObject: true },
      transformMismatch: false,
    },
    query: { roleMissing: false, latencyInMs: 0, newTableDelayInMs: 0 },
    arm: { roleMissing: false, provisioningInMs: 0 },
  };
}
