const day = 86_400_000;

/** What the service may do and not every caller expects. All may be changed at any time; the defaults are tame. */
export interface ManagementActivitySettings {
  /** Blobs on a page of a listing. The service's own number is not documented. Default 20. */
  pageSize: number;
  /** From `contentCreated` to `contentExpiration` of blobs published from now on. Default 7 days; 20 have been seen. */
  expirationInMs: number;
  /** Status of AF20051, content expired. Default 404. */
  expiredStatus: 400 | 404;
  /** Status of a successful stop: 200, or 204 as working clients expect. Default 200. */
  stopStatus: 200 | 204;
  /** Refuses a second start within 15 minutes of the first. Default off. */
  fifteenMinuteRule: boolean;
  /** A new subscription answers AF20022 to listings for so long. Default 0. */
  subscriptionReadyInMs: number;
  /** How much older than its first start a subscription's content may be. Default: no bound. */
  backfillInMs: number;
  /** A start without a webhook leaves an existing webhook alone instead of removing it. Default off. */
  bodylessStartKeepsWebhook: boolean;
  /** Leaves `status` out of listed subscriptions, as in the documents' own sample. Default off. */
  listOmitsStatus: boolean;
  /** Window errors carry the older code AF20030. Default off. */
  olderRangeCode: boolean;
  /** More than 24 hours: refused, or answered with the first 24 hours only. Default `refuse`. */
  wideWindow: 'refuse' | 'partial';
  /** A listing without start and end fails with a .NET exception's text, as reported in 2019. Default off. */
  omittedWindowFails: boolean;
  /** How far back a start time may lie. Default 7 days. */
  lookbackInMs: number;
  /** Shuffles the blobs inside each page. Default off. */
  shuffledPages: boolean;
  /** Puts an empty page with a `NextPageUri` before the first. Default off. */
  emptyFirstPage: boolean;
  /** Every `NextPageUri` leads back to its own page. Default off. */
  loopingNextPage: boolean;
  /** The version in the path of `NextPageUri`. Default `v1.0`. */
  nextPageVersion: 'v1.0' | 'v1';
  /** Names this origin in `contentUri` and `NextPageUri` instead of the request's own. Default: none. */
  foreignOrigin: string | undefined;
  /** Content-Type of blobs. Default `application/json; charset=utf-8`. */
  blobContentType: string;
  /**
   * AF429 as HTTP 429 and JSON; as HTTP 403 in single quotes on blobs (429 elsewhere); or as the bare inner object.
   * Default `json`.
   */
  throttleShape: 'json' | 'single-quoted-403' | 'trimmed';
  /** Adds `Retry-After` to AF429. Whether the service does is not known. Default: none. */
  throttleRetryAfterInSeconds: number | undefined;
  /** Every error of the blob endpoint comes in single quotes, which is not JSON. Default off. */
  singleQuotedBlobErrors: boolean;
  /** Every call answers AF50000, as in an outage. Default off. */
  failing: boolean;
  /** Which cut of exception text stands for "auditing is off". Default `2020`. */
  exceptionTextShape: '2019' | '2020';
  /** Takes the caller's application id for the tenant in the URL, as the service has been seen to do. Default off. */
  clientIdAsTenant: boolean;
  /** Compresses answers with gzip for callers that accept it. Default off. */
  gzip: boolean;
  /**
   * How far the service's clock is ahead of the emulator's when it judges windows and expiry. The `Date` header is the
   * wire's: the fault `clockSkew` moves that. Default 0.
   */
  clockSkewInMs: number;
  /** Lets webhook addresses begin with `http:`. Default off. */
  insecureWebhooks: boolean;
  /** Failed deliveries of one notification before the webhook is disabled. Default 6. */
  webhookAttempts: number;
  /** Gap before the second delivery; doubles each time. Default 1 minute. */
  webhookRetryInMs: number;
}

export function defaultSettings(): ManagementActivitySettings {
  return {
    pageSize: 20,
    expirationInMs: 7 * day,
    expiredStatus: 404,
    stopStatus: 200,
    fifteenMinuteRule: false,
    subscriptionReadyInMs: 0,
    backfillInMs: Infinity,
    bodylessStartKeepsWebhook: false,
    listOmitsStatus: false,
    olderRangeCode: false,
    wideWindow: 'refuse',
    omittedWindowFails: false,
    lookbackInMs: 7 * day,
    shuffledPages: false,
    emptyFirstPage: false,
    loopingNextPage: false,
    nextPageVersion: 'v1.0',
    foreignOrigin: undefined,
    blobContentType: 'application/json; charset=utf-8',
    throttleShape: 'json',
    throttleRetryAfterInSeconds: undefined,
    singleQuotedBlobErrors: false,
    failing: false,
    exceptionTextShape: '2020',
    clientIdAsTenant: false,
    gzip: false,
    clockSkewInMs: 0,
    insecureWebhooks: false,
    webhookAttempts: 6,
    webhookRetryInMs: 60_000,
  };
}
