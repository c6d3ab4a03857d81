/** What one code of the service means for the caller. */
interface CodeMeaning {
  hint?: string;
  retryable?: boolean | 'once';
  throttled?: true;
}

const report = 'This is a defect of the call that was made: please report it with the request id.';

/**
 * Codes of the Management Activity API. Whether another attempt can help is decided by the code: the same
 * throttling has been answered with 403 and with 429.
 */
export const codeMeanings: Readonly<Record<string, CodeMeaning>> = {
  AF429: {
    throttled: true,
    hint: 'The quota counts all programs that read this tenant: lower requestsPerMinute or try later.',
  },
  AF10001: {
    retryable: false,
    hint: 'An administrator must grant the app ActivityFeed.Read (and ActivityFeed.ReadDlp for DLP.All) of "Office 365 Management APIs" and consent to it; then fetch a new token.',
  },
  AF20001: { retryable: false, hint: report },
  AF20002: { retryable: false, hint: report },
  AF20003: { retryable: false, hint: 'Give a webhook expiration in the future, or none.' },
  AF20010: { retryable: false, hint: 'The credential signs in to another tenant than the client was given.' },
  AF20011: { retryable: false, hint: 'Check the tenant id; a deleted tenant cannot be read.' },
  AF20012: { retryable: false, hint: 'The tenant is set up incorrectly: ask Microsoft support.' },
  AF20013: { retryable: false, hint: 'Give the tenant as its GUID or as a verified domain.' },
  AF20020: { retryable: false, hint: 'Use one of the five values of ContentType.' },
  AF20021: {
    retryable: false,
    hint: 'The webhook must begin with https:// and answer the validation request with 200: start the listener first.',
  },
  AF20022: { retryable: false, hint: 'Start it first: subscriptions.ensure([contentType]).' },
  AF20023: {
    retryable: false,
    hint: 'An administrator or the service has disabled the subscription: subscriptions.start(contentType) switches it on again.',
  },
  AF20024: { retryable: false },
  AF20030: { retryable: false, hint: 'Check the clock of this machine, or set correctClockSkew.' },
  AF20031: { retryable: false, hint: 'The page is gone: list the range again from its start.' },
  AF20050: { retryable: false, hint: 'The content does not exist (any more).' },
  AF20051: { retryable: false, hint: 'The content has expired.' },
  AF20052: { retryable: false, hint: 'Use contentUri exactly as it was listed.' },
  AF20053: { retryable: false, hint: 'Give one language only.' },
  AF20054: { retryable: false, hint: 'Give a language as in en-US.' },
  AF20055: { retryable: false, hint: 'Check the clock of this machine, or set correctClockSkew.' },
  AF50000: {
    retryable: true,
    hint: 'The service failed; it is safe to try again later, at times after an hour.',
  },
  AF50005: { retryable: true },
  AF50006: { retryable: true },
};

/** For a tenant without auditing the service sends an exception's text where the code should be. */
export const auditingOffHint =
  'Unified auditing is off or the tenant is not provisioned for it: an administrator switches it on in the Purview portal (Audit), or with Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true; it takes up to an hour.';
