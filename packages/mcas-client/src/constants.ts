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

/** Ids of IP tags, from Microsoft's PowerShell module; filters `ip.tags`, field `location.ipTags`. */
export const IpTag = {
  AnonymousProxy: '000000030000000000000000',
  SatelliteProvider: '000000040000000000000000',
  Botnet: '0000000c0000000000000000',
  MalwareCommandAndControl: '0000000d0000000000000000',
  ExchangeOnline: '0000000e0000000000000000',
  SharePointOnline: '0000000f0000000000000000',
  Office365: '000000170000000000000000',
  MicrosoftCloud: '0000001e0000000000000000',
  DarknetScanning: '0000001f0000000000000000',
  GoogleCloud: '000000280000000000000000',
  AmazonWebServices: '000000290000000000000000',
  Azure: '0000002a0000000000000000',
  InternalNetwork: '000000310000000000000000',
  BruteForce: '000000380000000000000000',
  Tor: '2dfa95cd7922d979d66fcff5',
} as const;
export type IpTag = (typeof IpTag)[keyof typeof IpTag] | (string & {});

/** Ids of user-agent tags, from the same module; filter `userAgent.tags`. */
export const UserAgentTag = {
  NativeClient: '000000000000000000000000',
  OutdatedBrowser: '000000010000000000000000',
  OutdatedOperatingSystem: '000000020000000000000000',
  Robot: '0000002b0000000000000000',
} as const;
export type UserAgentTag = (typeof UserAgentTag)[keyof typeof UserAgentTag] | (string & {});

/** Ids of built-in user groups, seen in records; filter `user.tags`. */
export const UserGroup = {
  ExternalUsers: '000000200000000000000000',
  Application: '0000003b0000000000000000',
} as const;
export type UserGroup = (typeof UserGroup)[keyof typeof UserGroup] | (string & {});
