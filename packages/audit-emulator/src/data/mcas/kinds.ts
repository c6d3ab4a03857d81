/** What can happen in the seeded tenant, and how often. */
export interface Kind {
  appId: number;
  appName: string;
  operation: string;
  /** `eventTypeName`: the category, despite its name. */
  category: string;
  eventType: number;
  eventTypeValue: string;
  generic: string;
  recordType: number;
  workload: string;
  weight: number;
  admin?: true;
}

type Base = Pick<Kind, 'appId' | 'appName' | 'eventType' | 'eventTypeValue' | 'recordType' | 'workload'>;

const sharePoint: Base = {
  appId: 20892,
  appName: 'Microsoft SharePoint Online',
  eventType: 233581,
  eventTypeValue: 'EVENT_O365_SHAREPOINT_GENERIC',
  recordType: 6,
  workload: 'SharePoint',
};
const oneDrive: Base = {
  appId: 15600,
  appName: 'Microsoft OneDrive for Business',
  eventType: 233580,
  eventTypeValue: 'EVENT_O365_ONEDRIVE_GENERIC',
  recordType: 6,
  workload: 'OneDrive',
};
const exchange: Base = {
  appId: 20893,
  appName: 'Microsoft Exchange Online',
  eventType: 233582,
  eventTypeValue: 'EVENT_O365_EXCHANGE_GENERIC',
  recordType: 50,
  workload: 'Exchange',
};
const logon: Base = {
  appId: 11161,
  appName: 'Office 365',
  eventType: 2293760,
  eventTypeValue: 'EVENT_AAD_LOGIN',
  recordType: 15,
  workload: 'AzureActiveDirectory',
};

const basic = 'ENUM_ACTIVITY_GENERIC_TYPE_BASIC';
const login = 'ENUM_ACTIVITY_GENERIC_TYPE_LOGIN';
const unspecified = 'EVENT_CATEGORY_UNSPECIFIED';

export const acceptShare: Kind = {
  ...sharePoint,
  operation: 'SharingInvitationAccepted',
  category: 'EVENT_CATEGORY_ACCEPT_SHARE_FILE',
  generic: basic,
  recordType: 14,
  weight: 0,
};
export const createShare: Kind = {
  ...acceptShare,
  operation: 'SharingInvitationCreated',
  category: unspecified,
};
export const accessFile: Kind = {
  ...sharePoint,
  operation: 'FileAccessed',
  category: unspecified,
  generic: basic,
  weight: 20,
};
export const downloadFile: Kind = {
  ...sharePoint,
  operation: 'FileDownloaded',
  category: 'EVENT_CATEGORY_DOWNLOAD_FILE',
  generic: basic,
  weight: 10,
};

/** Acceptances have weight 0: only the story of the last hours has them. */
export const kinds: readonly Kind[] = [
  accessFile,
  downloadFile,
  { ...accessFile, ...oneDrive, operation: 'FilePreviewed', weight: 15 },
  { ...downloadFile, ...oneDrive, weight: 6 },
  { ...accessFile, operation: 'FileModified', weight: 9 },
  { ...exchange, operation: 'MailItemsAccessed', category: unspecified, generic: basic, weight: 12 },
  {
    ...exchange,
    operation: 'Set-Mailbox',
    category: unspecified,
    generic: basic,
    recordType: 1,
    weight: 1,
    admin: true,
  },
  { ...logon, operation: 'OAuth2:Authorize', category: 'EVENT_CATEGORY_LOGIN', generic: login, weight: 22 },
  {
    ...logon,
    eventType: 2293761,
    eventTypeValue: 'EVENT_AAD_LOGIN_FAILED',
    operation: 'UserLoginFailed',
    category: 'EVENT_CATEGORY_FAILED_LOGIN',
    generic: login,
    weight: 5,
  },
];
