/** Any record of the service: a JSON object with a key of its own. */
export interface McasRecord {
  _id: string;
  [field: string]: unknown;
}

/** An activity, as far as the service itself looks at it. Times in ms since the epoch. */
export interface McasActivity extends McasRecord {
  /** When it happened: sort and filter key `date`. */
  timestamp: number;
  /** When it was saved, minutes to hours later: sort and filter key `created`. Invisible before. */
  created: number;
}

/** An alert, as far as the service itself looks at it. */
export interface McasAlert extends McasRecord {
  timestamp: number;
  /** 0 unread, 1 read, 2 archived. */
  statusValue: number;
  /** 0 low, 1 medium, 2 high, 3 informational. */
  severityValue: number;
  /** 0 open, 1 dismissed, 2 resolved, 3 false positive, 4 benign, 5 true positive; absent in old alerts. */
  resolutionStatusValue?: number;
}
