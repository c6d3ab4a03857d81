/** Application ids of the service catalogue; any other number is valid too. */
export const Service = {
  AmazonWebServices: 11599,
  Box: 10489,
  Dropbox: 11627,
  GoogleWorkspace: 11770,
  MicrosoftAzure: 12260,
  OneDriveForBusiness: 15600,
  CloudAppSecurity: 20595,
  SharePointOnline: 20892,
  ExchangeOnline: 20893,
  SkypeForBusiness: 25275,
  Teams: 28375,
  Yammer: 11522,
  PowerBI: 26324,
  /** Also the `saas` of identities of Entra ID. */
  Office365: 11161,
  Okta: 10980,
  Salesforce: 11114,
  ServiceNow: 14509,
  ActiveDirectory: 20940,
} as const;
export type Service = (typeof Service)[keyof typeof Service];

/** Categories of IP ranges. `None` is not documented, but met. */
export const IpCategory = {
  None: 0,
  Corporate: 1,
  Administrative: 2,
  Risky: 3,
  Vpn: 4,
  CloudProvider: 5,
  Other: 6,
} as const;
export type IpCategory = (typeof IpCategory)[keyof typeof IpCategory];

/** `severityValue` of alerts. `Informational` is met in records, not documented as a filter. */
export const Severity = { Low: 0, Medium: 1, High: 2, Informational: 3 } as const;
export type Severity = (typeof Severity)[keyof typeof Severity];

/** Values of `eventTypeName` that have been seen; the set is open. */
export const EventCategory = {
  Login: 'EVENT_CATEGORY_LOGIN',
  FailedLogin: 'EVENT_CATEGORY_FAILED_LOGIN',
  DownloadFile: 'EVENT_CATEGORY_DOWNLOAD_FILE',
  AcceptShareFile: 'EVENT_CATEGORY_ACCEPT_SHARE_FILE',
  Unspecified: 'EVENT_CATEGORY_UNSPECIFIED',
} as const;
export type EventCategory = (typeof EventCategory)[keyof typeof EventCategory];
