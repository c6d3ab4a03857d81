/** What the service's documents leave open, or what can go wrong with it: every switch may be changed at any time. */
export interface McasSettings {
  /** Send `Retry-After` with 429. Whether the service does is not known. Default false. */
  retryAfterHeader: boolean;
  /** Requests per quota minute and tenant. `Infinity` never refuses. Default 30. */
  requestsPerMinute: number;
  /** Allowed page sizes of a scan; others are moved to the nearer end. Default 500 to 5,000. */
  scanLimits: { min: number; max: number };
  /** Pages of a scan end early: a third of what was asked for. Default false. */
  shortPages: boolean;
  /** Pages of a scan that bring nothing but a cursor which moved, between the others. Default false. */
  emptyPages: boolean;
  /**
   * More records in one millisecond than fit a page: the cursor cannot move. `empty`: no data and the same cursor.
   * `repeat`: the same page again and again. Default `empty`.
   */
  overfullMillisecond: 'empty' | 'repeat';
  /** `gte_ndays` and `lte_ndays` in `nextQueryFilters`: kept as they are, or turned into times. Default `echo`. */
  relativeDates: 'echo' | 'freeze';
  /** A list beyond the 5,000th record without scan. Default `refuse`. */
  deepSkip: 'refuse' | 'serve';
  /** Filters which left the documents and of which it is not known whether they still work. Default `serve`. */
  removedFilters: 'serve' | 'refuse';
  /** POST to a path without its last slash; `feedback` is documented without. Default `serve`. */
  postWithoutSlash: 'serve' | 'refuse';
  /** The list of discovery reports: its documents disagree with themselves. Default `streams`. */
  streamsShape: 'streams' | 'array' | 'object';
}

export function defaultMcasSettings(): McasSettings {
  return {
    retryAfterHeader: false,
    requestsPerMinute: 30,
    scanLimits: { min: 500, max: 5000 },
    shortPages: false,
    emptyPages: false,
    overfullMillisecond: 'empty',
    relativeDates: 'echo',
    deepSkip: 'refuse',
    removedFilters: 'serve',
    postWithoutSlash: 'serve',
    streamsShape: 'streams',
  };
}
