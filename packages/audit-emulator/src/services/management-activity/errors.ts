/** An answer of the service that is an error; thrown by rules, rendered in one place. */
export class FeedError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'FeedError';
    this.status = status;
    this.code = code;
  }
}

type Make = (...values: string[]) => FeedError;

const make =
  (status: number, code: string, text: string): Make =>
  (...values) =>
    new FeedError(
      status,
      code,
      text.replaceAll(/\{(\d)\}/g, (_, index: string) => values[Number(index)] ?? ''),
    );

const range =
  'Start time and end time must both be specified (or both omitted) and must be less than or equal to 24 hours apart, ';

type Rule =
  | 'permission'
  | 'missingParameter'
  | 'parameterType'
  | 'expirationPast'
  | 'tenantMismatch'
  | 'tenantUnknown'
  | 'tenantMisconfigured'
  | 'tenantNotGuid'
  | 'contentType'
  | 'webhook'
  | 'noSubscription'
  | 'subscriptionDisabled'
  | 'alreadyEnabled'
  | 'olderRange'
  | 'nextPage'
  | 'contentUnknown'
  | 'contentExpired'
  | 'contentId'
  | 'oneLanguage'
  | 'languageSyntax'
  | 'range'
  | 'throttled'
  | 'internal';

/**
 * The documented codes with their texts; statuses where the documents are silent are those working clients report.
 * @see https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-reference#errors
 */
export const af: Readonly<Record<Rule, Make>> = {
  permission: make(
    401,
    'AF10001',
    'The permission set ({0}) sent in the request does not include the expected permission.',
  ),
  missingParameter: make(400, 'AF20001', 'Missing parameter: {0}.'),
  parameterType: make(400, 'AF20002', 'Invalid parameter type: {0}. Expected type: {1}'),
  expirationPast: make(400, 'AF20003', 'Expiration {0} provided is set to past date and time.'),
  tenantMismatch: make(
    400,
    'AF20010',
    'The tenant ID passed in the URL ({0}) does not match the tenant ID passed in the access token ({1}).',
  ),
  tenantUnknown: make(
    400,
    'AF20011',
    'Specified tenant ID ({0}) does not exist in the system or has been deleted.',
  ),
  tenantMisconfigured: make(
    400,
    'AF20012',
    'Specified tenant ID ({0}) is incorrectly configured in the system.',
  ),
  tenantNotGuid: make(400, 'AF20013', 'The tenant ID passed in the URL ({0}) is not a valid GUID.'),
  contentType: make(400, 'AF20020', 'The specified content type is not valid.'),
  webhook: make(400, 'AF20021', 'The webhook endpoint ({0}) could not be validated. {1}'),
  noSubscription: make(400, 'AF20022', 'No subscription found for the specified content type.'),
  subscriptionDisabled: make(400, 'AF20023', 'The subscription was disabled by {0}.'),
  alreadyEnabled: make(400, 'AF20024', 'The subscription is already enabled. No property change.'),
  olderRange: make(400, 'AF20030', `${range}with the start time no more than 7 days in the past.`),
  nextPage: make(400, 'AF20031', 'Invalid nextPage Input: {0}.'),
  contentUnknown: make(404, 'AF20050', 'The specified content ({0}) does not exist.'),
  contentExpired: make(
    404,
    'AF20051',
    'Content requested with the key {0} has already expired. Content older than 7 days cannot be retrieved.',
  ),
  contentId: make(400, 'AF20052', 'Content ID {0} in the URL is invalid.'),
  oneLanguage: make(400, 'AF20053', 'Only one language may be present in the Accept-Language header.'),
  languageSyntax: make(400, 'AF20054', 'Invalid syntax in Accept-Language header.'),
  range: make(
    400,
    'AF20055',
    `${range}with the start time prior to end time and start time no more than 7 days in the past. ` +
      'StartTime:{0}, EndTime:{1}',
  ),
  throttled: make(429, 'AF429', 'Too many requests. Method={0}, PublisherId={1}'),
  internal: make(500, 'AF50000', 'An internal error occurred. Retry the request.'),
};

/** The text a listing without a window was answered with in 2019: an exception cut at its first colon. */
export function omittedWindow(): FeedError {
  return new FeedError(400, 'String reference not set to an instance of a String.\r\nParameter name', 's');
}

/** What a tenant whose auditing is off answers: exception text, cut at a colon, the head as code. */
export function auditingOff(
  shape: '2019' | '2020',
  who: { method: string; tenantId: string; contentType: string; appId: string; publisherId: string },
): FeedError {
  const context = `TenantId=${who.tenantId},ContentType=${who.contentType},ApplicationId=${who.appId},PublisherId=${who.publisherId}`;
  const failure =
    `Microsoft.Office.Compliance.Audit.DataServiceException: Tenant ${who.tenantId} does not exist.\r\n` +
    '   at Microsoft.Office.Compliance.Audit.API.AzureManager.GetSubscriptionTableClientForTenant(Guid tenantID, Boolean throwIfTenantNull)\r\n' +
    '--- End of stack trace from previous location where exception was thrown ---\r\n';
  if (shape === '2019') return new FeedError(400, `${who.method} [${context}] failed. Exception`, failure);
  return new FeedError(
    400,
    `${who.method} [CorrId=00000000-0000-4000-8000-000000000000][${context}][AppId`,
    // One character is lost at the cut.
    `${who.appId.slice(1)}] failed. Exception: ${failure}`,
  );
}
