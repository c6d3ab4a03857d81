// Made by scripts/generate-records.ts from data/ (see data/NOTICE.md). Do not edit.

import type { AuditRecord, ModifiedProperty, NameValuePair } from './audit-record.js';

/** AgentAdminActivity (Common schema). */
export interface AgentAdminActivityRecord extends AuditRecord {
  /** Unique identifier of the Agent */
  AgentID?: string;
  /** The name of the Agent */
  AgentName?: string;
  /** The type of the Agent - Microsoft (1P), External (3P), Shared by users (Shared), Built by your org (External). */
  AgentType?: number;
  /** Collection of GUID of Users and Groups associated with the agent activity. */
  UserAssignments?: string[];
  /** Whether the activity associated with the agent was captured for the entire organization or not. True when it applies to all users in the organization. False when it applies to specific users/group. */
  ForAllUsers?: boolean | string;
}

/** AgentSettingsAdminActivity (Common schema). */
export interface AgentSettingsAdminActivityRecord extends AuditRecord {
  /** The tenant wide setting name that was updated by the admin. */
  Property?: string;
  /** Collection of GUID of Users or Groups that were removed. */
  RemovedIdentities?: string[];
  /** Collection of GUID of Users or Groups that were added. */
  AddedIdentities?: string[];
  /** The new value of the setting. */
  NewValue?: string;
  /** Boolean value indicating if the tenant wide setting impacted all users. */
  ForAllUsers?: boolean | string;
  /** The old value or the new setting. */
  OldValue?: string;
}

/** SharePoint Base schema. */
export interface SharePointBaseRecord extends AuditRecord {
  /** The GUID of the site where the file or folder accessed by the user is located. */
  Site?: string;
  /** The type of object that was accessed or modified. See the ItemType table for details on the types of objects. */
  ItemType?: string | number;
  /** Identifies that an event occurred in SharePoint. Possible values are SharePoint or ObjectModel. */
  EventSource?: string | number;
  /** The entity that triggered the audited operation. Possible values are SharePoint or ObjectModel. */
  SourceName?: string;
  /** Information about the user's client or browser. This information is provided by the client or browser. */
  UserAgent?: string;
  /** Information about device sync operations. This information is reported only if it's present in the request. */
  MachineDomainInfo?: string;
  /** Information about device sync operations. This information is reported only if it's present in the request. */
  MachineId?: string;
  /** The Guid of uniquely an identifiable item of list. This information is present only if it is applicable. */
  ListItemUniqueId?: string;
  /** The Guid of the list. This information is present only if it is applicable. */
  ListId?: string;
  /** The ID of the application performing the operation. */
  ApplicationId?: string;
  /** The display name of the application performing the operation. */
  ApplicationDisplayName?: string;
  /** This is set to `True` if SharePoint Workflows triggered the audited event. */
  IsWorkflow?: boolean | string;
}

/** SharePoint file operations. */
export interface SharePointFileOperationRecord extends SharePointBaseRecord {
  /** The URL of the site where the file or folder accessed by the user is located. */
  SiteUrl?: string;
  /** The URL of the folder that contains the file accessed by the user. The combination of the values for the _SiteURL_, _SourceRelativeURL_, and _SourceFileName_ parameters is the same as the value for the ObjectID property, which is the full path name for the file accessed by the user. */
  SourceRelativeUrl?: string;
  /** The name of the file or folder accessed by the user. */
  SourceFileName?: string;
  /** The file extension of the file that was accessed by the user. This property is blank if the object that was accessed is a folder. */
  SourceFileExtension?: string;
  /** The URL of the destination folder where a file is copied or moved. The combination of the values for _SiteURL_, _DestinationRelativeURL_, and _DestinationFileName_ parameters is the same as the value for the ObjectID property, which is the full path name for the file that was copied. This property is displayed only for FileCopied and FileMoved events. */
  DestinationRelativeUrl?: string;
  /** The name of the file that is copied or moved. This property is displayed only for FileCopied and FileMoved events. */
  DestinationFileName?: string;
  /** The file extension of a file that is copied or moved. This property is displayed only for FileCopied and FileMoved events. */
  DestinationFileExtension?: string;
  /** The user that a resource was shared with. */
  UserSharedWith?: string;
  /** The type of sharing permissions that were assigned to the user that the resource was shared with. This user is identified by the _UserSharedWith_ parameter. */
  SharingType?: string;
  /** The original label of the file before it's changed by a user action. */
  SourceLabel?: string;
  /** The final label of the file after it's changed by a user action. */
  DestinationLabel?: string;
  /** The email address of the owner of the sensitivity label. */
  SensitivityLabelOwnerEmail?: string;
  /** The current sensitivity label ID of the file. */
  SensitivityLabelId?: string;
}

/** SharePoint list operations. */
export interface SharePointListOperationRecord extends SharePointBaseRecord {
  /** The title of the SharePoint list. */
  ListTitle?: string;
  /** The name of the SharePoint list. */
  ListName?: string;
  /** The URL of the list relative to the containing website. */
  ListUrl?: string;
  /** Specifies the base type for a list. */
  ListBaseType?: string | number;
  /** The list definition type on which the list is based. */
  ListBaseTemplateType?: string;
  /** This value is set to `True` if the SharePoint list is hidden. */
  IsHiddenList?: boolean | string;
  /** This value is set to `True` if the SharePoint list is of the type Document Library. */
  IsDocLib?: boolean | string;
}

/** SharePoint Sharing schema. */
export interface SharePointSharingOperationRecord extends SharePointBaseRecord {
  /** Stores the UPN or name of the target user or group that a resource was shared with. */
  TargetUserOrGroupName?: string;
  /** Identifies whether the target user or group is a Member, Guest, Group, or Partner. */
  TargetUserOrGroupType?: string;
  /** Conveys follow-up information about the sharing action that has occurred, such as adding a user to a group or granting edit permissions. */
  EventData?: unknown;
  /** The URL of the site where the file or folder accessed by the user is located. */
  SiteUrl?: string;
  /** The URL of the folder that contains the file accessed by the user. The combination of the values for the _SiteURL_, _SourceRelativeURL_, and _SourceFileName_ parameters is the same as the value for the ObjectID property, which is the full path name for the file accessed by the user. */
  SourceRelativeUrl?: string;
  /** The name of the file or folder accessed by the user. */
  SourceFileName?: string;
  /** The file extension of the file that was accessed by the user. This property is blank if the object that was accessed is a folder. */
  SourceFileExtension?: string;
  /** The unique sharing ID associated with the sharing operation. */
  UniqueSharingId?: string;
}

/** SharePoint schema. */
export interface SharePointRecord extends SharePointBaseRecord {
  /** Optional string for custom events. */
  CustomEvent?: string;
  /** Optional payload for custom events. */
  EventData?: string;
  /** The property is included for admin events, such as adding a user as a member of a site or a site collection admin group. The property includes the name of the property that was modified (for example, the Site Admin group), the new value of the modified property (such the user who was added as a site admin), and the previous value of the modified object. */
  ModifiedProperties?: (ModifiedProperty | string)[];
}

/** Project schema. */
export interface ProjectRecord extends AuditRecord {
  /** ProjectEntity the audit was for. */
  Entity?: string;
  /** ProjectAction that was taken. */
  Action?: string;
  /** The resource Id the action was taken on behalf of. */
  OnBehalfOfResId?: string;
}

/** Exchange Admin schema. */
export interface ExchangeAdminRecord extends AuditRecord {
  /** This is the user friendly name of the object that was modified by the cmdlet. This is logged only if the cmdlet modifies the object. */
  ModifiedObjectResolvedName?: string;
  /** The name and value for all parameters that were used with the cmdlet that is identified in the Operations property. */
  Parameters?: NameValuePair[] | string;
  /** The property is included for admin events. The property includes the name of the property that was modified, the new value of the modified property, and the previous value of the modified object. */
  ModifiedProperties?: (ModifiedProperty | string)[];
  /** Specifies whether the cmdlet was run by a user in your organization, by Microsoft datacenter personnel or a datacenter service account, or by a delegated administrator. The value False indicates that the cmdlet was run by someone in your organization. The value True indicates that the cmdlet was run by datacenter personnel, a datacenter service account, or a delegated administrator. */
  ExternalAccess?: boolean | string;
  /** The name of the server from which the cmdlet was executed. */
  OriginatingServer?: string;
  /** The name of the tenant. */
  OrganizationName?: string;
  /** Available only for registered/domain joined device. */
  DeviceId?: string;
  /** oid claim of the Microsoft Entra tokens. */
  TokenObjectId?: string;
  /** tid claim of the Microsoft Entra tokens. */
  TokenTenantId?: string;
}

/** Exchange Mailbox schema. */
export interface ExchangeMailboxRecord extends AuditRecord {
  /** Indicates the type of user who accessed the mailbox and performed the operation that was logged. */
  LogonType?: number | string;
  /** Reserved for internal use. */
  InternalLogonType?: number | string;
  /** The Exchange GUID of the mailbox that was accessed. */
  MailboxGuid?: string;
  /** The email address of the person who owns the mailbox that was accessed. */
  MailboxOwnerUPN?: string;
  /** The SID of the mailbox owner. */
  MailboxOwnerSid?: string;
  /** Mailbox owner account's master account SID. */
  MailboxOwnerMasterAccountSid?: string;
  /** The SID of the user who performed the operation. */
  LogonUserSid?: string;
  /** The user-friendly name of the user who performed the operation. */
  LogonUserDisplayName?: string;
  /** This is true if the logon user's domain is different from the mailbox owner's domain. */
  ExternalAccess?: boolean | string;
  /** This is from where the operation originated. */
  OriginatingServer?: string;
  /** The name of the tenant. */
  OrganizationName?: string;
  /** Information about the email client that was used to perform the operation, such as a browser version, Outlook version, and mobile device information. */
  ClientInfoString?: string;
  /** The IP address of the device that was used when the operation was logged. The IP address is displayed in either an IPv4 or IPv6 address format. */
  ClientIPAddress?: string;
  /** The machine name that hosts the Outlook client. */
  ClientMachineName?: string;
  /** The email client that was used to access the mailbox. */
  ClientProcessName?: string;
  /** The version of the email client. */
  ClientVersion?: string;
  /** Unique identifier for the session. It helps to differentiate attacker actions vs day-to-day user activities on the same account (useful for compromised accounts) */
  SessionId?: string;
  /** Application Identifier */
  AppId?: string;
  /** Original caller(service/protocol) identifier of the request. */
  ClientAppId?: string;
  /** The executing service/protocol identifier. */
  HostAppId?: string;
  /** Collection of operation-specific properties. */
  OperationProperties?: unknown[];
  /** Identifier for the client request. */
  ClientRequestId?: string;
  /** Tenant identifier for external users. */
  ExternalUserTenantId?: string;
  /** IP address of the actor performing the operation. */
  ActorIP?: string;
  /** Name of the cloud instance (e.g., Public, GCC, GCC-H) */
  ActorInfoString?: string;
  /** Available only for registered/domain joined device. */
  DeviceId?: string;
  /** Name of the cloud instance (e.g., Public, GCC, GCC-H) */
  CloudInstanceName?: string;
  /** oid claim of the Microsoft Entra tokens. */
  TokenObjectId?: string;
  /** tid claim of the Microsoft Entra tokens. */
  TokenTenantId?: string;
  /** Specifies the authentication scheme used by the client to access the service. */
  AuthType?: string;
  /** Indicates the type of token presented during authentication, providing context on the token’s role and scope. */
  TokenType?: string;
  /** Represents the total number of recipients, to whom email was sent. */
  recipientCount?: number;
  /** Captures the list of mailbox recipients, maximum 1000. */
  recipientList?: EmailAddress[];
}

/** ExchangeMailboxAuditGroupRecord schema (Exchange Mailbox schema). */
export interface ExchangeMailboxAuditGroupRecord extends ExchangeMailboxRecord {
  /** The folder where a group of items is located. */
  Folder?: ExchangeFolder;
  /** Indicates if the operation involved more than one mailbox. */
  CrossMailboxOperation?: boolean | string;
  /** Set only if the CrossMailboxOperations parameter is True. Specifies the target mailbox GUID. */
  DestMailboxId?: string;
  /** Set only if the CrossMailboxOperations parameter is True. Specifies the UPN of the owner of the target mailbox. */
  DestMailboxOwnerUPN?: string;
  /** Set only if the CrossMailboxOperations parameter is True. Specifies the SID of the target mailbox. */
  DestMailboxOwnerSid?: string;
  /** Set only if the CrossMailboxOperations parameter is True. Specifies the SID for the master account SID of the target mailbox owner. */
  DestMailboxOwnerMasterAccountSid?: string;
  /** The destination folder, for operations such as Move. */
  DestFolder?: ExchangeFolder;
  /** Information about the source folders involved in an operation; for example, if folders are selected and then deleted. */
  Folders?: ExchangeFolder[];
  /** Information about each item in the group. */
  AffectedItems?: ExchangeItem[];
  /** Microsoft Teams-related data for group operations. */
  Teams?: unknown;
}

/** ExchangeMailboxAuditRecord schema (Exchange Mailbox schema). */
export interface ExchangeMailboxAuditRecord extends ExchangeMailboxRecord {
  /** Represents the item upon which the operation was performed */
  Item?: ExchangeItem;
  /** Properties that are modified. */
  ModifiedProperties?: (ModifiedProperty | string)[];
  /** Contains Active Directory lookup details for the mailbox login context. */
  MbxLoginLocalQueueADLookupInfo?: LocalQueueADLookupInfo;
  /** SMTP address of the user who is being impersonated. */
  SendAsUserSmtp?: string;
  /** The Exchange GUID of the mailbox that was accessed to send email as. */
  SendAsUserMailboxGuid?: string;
  /** SMTP address of the user on whose behalf the email is sent. */
  SendOnBehalfOfUserSmtp?: string;
  /** The Exchange GUID of the mailbox that was accessed to send mail on behalf of. */
  SendOnBehalfOfUserMailboxGuid?: string;
  /** First email address for contact information. */
  ContactEmail1EmailAddress?: string;
  /** Display name for first contact email. */
  ContactEmail1DisplayName?: string;
  /** Second email address for contact information. */
  ContactEmail2EmailAddress?: string;
  /** Display name for second contact email. */
  ContactEmail2DisplayName?: string;
  /** Third email address for contact information. */
  ContactEmail3EmailAddress?: string;
  /** Display name for third contact email. */
  ContactEmail3DisplayName?: string;
  /** Identifier for email attachment. */
  AttachmentId?: string;
  /** Size of attachment in bytes. */
  AttachmentSizeInBytes?: number;
  /** Flag indicating whether item should be saved to sent items folder. */
  SaveToSentItems?: boolean | string;
  /** Microsoft Teams-related data. */
  Teams?: unknown;
}

/** ExchangeAggregatedMailboxAuditRecord schema (Exchange Mailbox schema). */
export interface ExchangeAggregatedMailboxAuditRecord extends ExchangeMailboxRecord {
  /** The total number of operations performed on the aggregated set of items. */
  OperationCount?: number;
  /** A collection of aggregated folder objects involved in the operation. */
  Folders?: ExchangeAggregatedFolder[];
  /** A collection of aggregated message objects involved in the operation. */
  Messages?: ExchangeAggregatedMessage[];
}

/** ExchangeAggregatedOperationRecord schema (Exchange Mailbox schema). */
export interface ExchangeAggregatedOperationRecord extends AuditRecord {
  /** The total number of operations included aggregated in this record. */
  OperationCount?: number;
  /** Combined duration of all aggregated operations in seconds. */
  AggregateDurationInSeconds?: number;
}

/** ExchangeItem complex type (Exchange Mailbox schema). */
export interface ExchangeItem {
  /** The store ID. */
  Id?: string;
  /** The subject line of the message that was accessed. */
  Subject?: string;
  /** The name of the folder where the item is located. */
  ParentFolder?: ExchangeFolder;
  /** Parent message if this item is nested. */
  ParentMessage?: ExchangeMessage;
  /** A list of the names and file size of all items that are attached to the message. */
  Attachments?: string;
  /** A permanent, unchanging identifier for the item. */
  ImmutableId?: string;
  /** Internet message identifier. */
  InternetMessageId?: string;
  /** Compliance label applied to the item. */
  ComplianceLabel?: string;
  /** Flag indicating if the item is a record. */
  IsRecord?: boolean | string;
  /** Flag for priority cleanup processing */
  IsPriorityCleanup?: boolean | string;
  /** Size of the Exchange item in bytes. */
  SizeInBytes?: number;
  /** Indicates the sensitivity level of the item (e.g., Normal, Personal, Private, Confidential). */
  Sensitivity?: string;
  [field: string]: unknown;
}

/** LocalQueueADLookupInfo complex type (Exchange Mailbox schema). */
export interface LocalQueueADLookupInfo {
  /** Passport unique identifier (Puid) for a Microsoft account or user object. */
  Puid?: string;
  /** Organization identifier PUID. */
  OrgIdPuid?: string;
  /** SMTP address for AD lookup. */
  Smtp?: string;
  /** Active Directory search scope */
  SearchScope?: string;
  /** Flag indicating if this is a consumer mailbox. */
  ConsumerMailbox?: string;
  [field: string]: unknown;
}

/** EmailAddress complex type (Exchange Mailbox schema). */
export interface EmailAddress {
  /** Email address associated with user. */
  Address?: string;
  /** Display name for email address. */
  Name?: string;
  [field: string]: unknown;
}

/** ExchangeFolder complex type (Exchange Mailbox schema). */
export interface ExchangeFolder {
  /** The store ID of the folder object. */
  Id?: string;
  /** The name of the mailbox folder where the message that was accessed is located. */
  Path?: string;
  /** Folder Name */
  Name?: string;
  /** Member security identifier */
  MemberSid?: string;
  /** Access Rights on the folder */
  MemberRights?: string;
  /** Member user principal name */
  MemberUpn?: string;
  [field: string]: unknown;
}

/** ExchangeMessage complex type (Exchange Mailbox schema). */
export interface ExchangeMessage {
  /** Unique identifier for the Message. */
  Id?: string;
  /** The path where the message is located */
  Path?: string;
  [field: string]: unknown;
}

/** ExchangeFolderItem complex type (Exchange Mailbox schema). */
export interface ExchangeFolderItem {
  /** A guid that identifies the folder item within Exchange. */
  Id?: string;
  /** Immutable identifier for each Exchange folder item. */
  ImmutableId?: string;
  /** Internet message identifier for each folder item. */
  InternetMessageId?: string;
  /** Time when Record/item was created. */
  CreationTime?: string;
  /** Subject of the record/item. */
  Subject?: string;
  /** Size of the record/item in bytes. */
  SizeInBytes?: number;
  /** Sensitivity labels of the record/item. */
  Sensitivity?: string;
  /** A unique identifier for the client request that triggered the operation. */
  ClientRequestId?: string;
  /** Microsoft Teams-related data */
  Teams?: unknown;
  [field: string]: unknown;
}

/** ExchangeMessageItem complex type (Exchange Mailbox schema). */
export interface ExchangeMessageItem {
  /** A guid that identifies the Exchange Message Item. */
  Id?: string;
  /** The size of the message in bytes, including any attachments. */
  SizeInBytes?: number;
  [field: string]: unknown;
}

/** ExchangeAggregatedFolder complex type (Exchange Mailbox schema). */
export interface ExchangeAggregatedFolder {
  /** The guid of the aggregated folder. */
  Id?: string;
  /** The path of the aggregated folder. */
  Path?: string;
  /** The collection of Exchange folder items. */
  FolderItems?: ExchangeFolderItem[];
  [field: string]: unknown;
}

/** ExchangeAggregatedMessage complex type (Exchange Mailbox schema). */
export interface ExchangeAggregatedMessage {
  /** The guid of the aggregated message container. */
  Id?: string;
  /** The path of the aggregated message. */
  Path?: string;
  /** The collection of exchange message items. */
  MessageItems?: ExchangeMessageItem[];
  [field: string]: unknown;
}

/** OWA Auth schema (Exchange Mailbox schema). */
export interface OWAAuthRecord extends AuditRecord {
  /** A unique identifier for the resource. */
  UniqueTokenIdentifier?: string;
  /** The resource URL. */
  ResourceURL?: string;
}

/** Azure Active Directory Base schema. */
export interface AzureActiveDirectoryBaseRecord extends AuditRecord {
  /** The type of Microsoft Entra event. */
  AzureActiveDirectoryEventType?: unknown;
  /** The extended properties of the Microsoft Entra event. */
  ExtendedProperties?: NameValuePair[] | string;
  /** This property is included for admin events. The property includes the name of the property that was modified, the new value of the modified property, and the previous value of the modified property. */
  ModifiedProperties?: (ModifiedProperty | string)[];
}

/** Azure Active Directory Account Logon schema. */
export interface AzureActiveDirectoryAccountLogonRecord extends AzureActiveDirectoryBaseRecord {
  /** The application that triggers the account login event, such as Office 15. */
  Application?: string;
  /** Details about the client device, device OS, and device browser that was used for the of the account login event. */
  Client?: string;
  /** This property is from OrgIdLogon.LoginStatus directly. The mapping of various interesting logon failures could be done by alerting algorithms. */
  LoginStatus?: number;
  /** The Tenant Identity Information (TII). */
  UserDomain?: string;
}

/** Azure Active Directory schema. */
export interface AzureActiveDirectoryRecord extends AzureActiveDirectoryBaseRecord {
  /** The user or service principal that performed the action. */
  Actor?: IdentityTypeValuePair[];
  /** The GUID of the organization that the actor belongs to. */
  ActorContextId?: string;
  /** The actor's IP address in IPV4 or IPV6 address format. */
  ActorIpAddress?: string;
  /** The GUID that track the actions across components within the Office 365 service. */
  InterSystemsId?: string;
  /** The GUID that's generated by Azure Active Directory to track the action. */
  IntraSystemId?: string;
  /** The customer support ticket ID for the action in "act-on-behalf-of" situations. */
  SupportTicketId?: string;
  /** The user that the action (identified by the Operation property) was performed on. */
  Target?: IdentityTypeValuePair[];
  /** The GUID of the organization that the targeted user belongs to. */
  TargetContextId?: string;
}

/** Complex Type IdentityTypeValuePair (Azure Active Directory schema). */
export interface IdentityTypeValuePair {
  /** The value of the identity given the type. */
  ID?: string;
  /** The type of the identity. */
  Type?: unknown;
  [field: string]: unknown;
}

/** Azure Active Directory Secure Token Service (STS) Logon schema. */
export interface AzureActiveDirectoryStsLogonRecord extends AzureActiveDirectoryBaseRecord {
  /** The GUID that represents the application that is requesting the login. The display name can be looked up via the Azure Active Directory Graph API. */
  ApplicationId?: string;
  /** Client device information, provided by the browser performing the login. */
  Client?: string;
  /** This property includes various device details, including Id, Display name, OS, Browser, IsCompliant, IsCompliantAndManaged, SessionId, and DeviceTrustType. The DeviceTrustType property can have the following values: 0 - Microsoft Entra registered 1 - Microsoft Entra joined 2 - Hybrid Microsoft Entra joined */
  DeviceProperties?: unknown[];
  /** For failed logins (where the value for the Operation property is UserLoginFailed), this property contains the Azure Active Directory STS (AADSTS) error code. For descriptions of these error codes, see Authentication and authorization error codes. A value of `0` indicates a successful login. */
  ErrorNumber?: string;
  /** For failed logins, this property contains a user-readable description of the reason for the failed login. */
  LogonError?: string;
}

/** DLP schema. */
export interface DLPRecord extends AuditRecord {
  /** Describes metadata about the document in SharePoint or OneDrive that contained the sensitive information. */
  SharePointMetaData?: SharePointMetadata;
  /** Describes metadata about the email message that contained the sensitive information. */
  ExchangeMetaData?: ExchangeMetadata;
  /** Describes metadata about the document in endpoint that contained the sensitive information */
  EndpointMetaData?: EndpointMetadata;
  /** Identifies reasons why a policy no longer applies and/or any information about false positive and/or override noted by the end user. */
  ExceptionInfo?: ExceptionInfo | string;
  /** Information about 1 or more policies that triggered the DLP event. */
  PolicyDetails?: PolicyDetails[];
  /** Indicates whether the event contains the value of the sensitive data type and surrounding context from the source content. Accessing sensitive data requires the "Read DLP policy events including sensitive details" permission in Azure Active Directory. */
  SensitiveInfoDetectionIsIncluded?: boolean | string;
}

/** eDiscovery schema (DLP schema). */
export interface EDiscoveryRecord extends AuditRecord {
  /** The identity (GUID) of the eDiscovery case. */
  CaseId?: string;
  /** The name of the eDiscovery case. */
  CaseName?: string;
  /** The ID of the object (for example, a search, hold, or review set) that was created, accessed, or changed. */
  Object1Id?: string;
  /** The name of the object (for example, a search, hold or review set) that was created, accessed, or changed. */
  Object1Name?: string;
  /** The type of the eDiscovery object that the user created, deleted, or modified. */
  Object1Type?: string;
  /** The ID of the object (for example, a search, hold, or review set) that was created, accessed, or changed. */
  Object2Id?: string;
  /** The name of the object (for example, a search, hold or review set) that was created, accessed, or changed. */
  Object2Name?: string;
  /** The type of the eDiscovery object that the user created, deleted, or modified. */
  Object2Type?: string;
  /** The date and time in Coordinated Universal Time (UTC) when the eDiscovery activity was started. */
  StartTime?: string;
  /** The date and time in Coordinated Universal Time (UTC) when the eDiscovery activity was ended. */
  EndTime?: string;
  /** Whether the specific activity was cancelled by the user. */
  UserCancelled?: boolean | string;
  /** Item IDs associated with the activity. */
  ItemIds?: string[];
  /** Item names associated with the activity. */
  ItemNames?: string[];
  /** A list of source IDs, source names and locations associated to the activity. */
  DataSources?: string[];
  /** The ID of the query associated with the activity. */
  QueryId?: string;
  /** The query text associated with the activity, such as a search statistic process or add to review process. */
  QueryText?: string;
  /** Input file names used to generate the query. This is specific to the search by file gesture. */
  QueryFiles?: string[];
  /** Settings applied to the eDiscovery activity. */
  Settings?: unknown[];
  /** Additional properties related to the eDiscovery activity. */
  ExtendedProperties?: NameValuePair[] | string;
  /** Name of the eDiscovery export. */
  ExportName?: string;
  /** The GUID of the eDiscovery process. */
  JobId?: string;
  /** Used when an audit record is divided into multiple parts due to size. It indicates the sequence of each part within the total splits. */
  RecordNumber?: string;
}

/** SharePointMetadata complex type (DLP schema). */
export interface SharePointMetadata {
  /** The user who triggered the event. Values are the FileOwner, LastModifier, or LastSharer. */
  From?: string;
  /** Date/time stamp in UTC of when event logged. */
  itemCreationTime?: string;
  /** The GUID of the site collection. */
  SiteCollectionGuid?: string;
  /** Name of the SharePoint site. */
  SiteCollectionUrl?: string;
  /** Name of the path. */
  FileName?: string;
  /** The document owner. */
  FileOwner?: string;
  /** The URL of the document */
  FilePathUrl?: string;
  /** The user who last modified the document. */
  DocumentLastModifier?: string;
  /** The user who last modified sharing of the document. */
  DocumentSharer?: string;
  /** A guid that identifies the file. */
  UniqueId?: string;
  /** Timestamp in UTC for when doc was last modified. */
  LastModifiedTime?: string;
  /** Determines if the file is accessible to any external user. */
  IsViewableByExternalUsers?: boolean | string;
  [field: string]: unknown;
}

/** ExchangeMetadata complex type (DLP schema). */
export interface ExchangeMetadata {
  /** The message ID of the email that triggered the event. */
  MessageID?: string;
  /** The user who sent the email. */
  From?: string;
  /** A collection of email addresses that were on the To line of the message. */
  To?: string[];
  /** A collection of email addresses that were on the CC line of the message. */
  CC?: string[];
  /** A collection of email addresses that were on the BCC line of the message. */
  BCC?: string[];
  /** Subject of the email message. */
  Subject?: string;
  /** The time in UTC of when the email was sent. */
  Sent?: string;
  /** The total number of all recipients on the TO, CC, and BCC lines of the message. */
  RecipientCount?: number;
  [field: string]: unknown;
}

/** EndpointMetadata complex type (DLP schema). */
export interface EndpointMetadata {
  /** Information about the type of sensitive information detected. */
  SensitiveInformation?: SensitiveInformation[];
  /** Indicate whether the DLP Rule set to 1/2/3/4/5 depicting audit/warn(block with override)/warn and bypass/block/allow(audit without alerts) respectively. */
  EnforcementMode?: string;
  /** The file extension of the document that contained the sensitive information. */
  FileExtension?: string;
  /** The file type of the document that contained the sensitive information. */
  FileType?: string;
  /** The name of the device on which DLP rule match was detected. */
  DeviceName?: string;
  [field: string]: unknown;
}

/** PolicyDetails complex type (DLP schema). */
export interface PolicyDetails {
  /** The guid of the DLP policy for this event. */
  PolicyId?: string;
  /** The friendly name of the DLP policy for this event. */
  PolicyName?: string;
  /** Information about the rules within the policy that were matched for this event. */
  Rules?: Rules[];
  [field: string]: unknown;
}

/** Rules complex type (DLP schema). */
export interface Rules {
  /** The guid of the DLP rule for this event. */
  RuleId?: string;
  /** The friendly name of the DLP rule for this event. */
  RuleName?: string;
  /** A list of actions taken as a result of a DLP RuleMatch event. */
  Actions?: string[];
  /** A list of actions previously taken that were now undone as a result of a DLPRuleUndo event. */
  OverriddenActions?: string[];
  /** The severity (Low, Medium and High) of the rule match. */
  Severity?: string;
  /** Indicate whether the DLP Rule was set to Enforce, Audit with Notify, or Audit only. */
  RuleMode?: string;
  /** Details about what conditions of the rule were matched for this event. */
  ConditionsMatched?: ConditionsMatched;
  [field: string]: unknown;
}

/** ConditionsMatched complex type (DLP schema). */
export interface ConditionsMatched {
  /** Information about the type of sensitive information detected. */
  SensitiveInformation?: SensitiveInformation[];
  /** Information about document properties that triggered a rule match. */
  DocumentProperties?: unknown[];
  /** A list of key value pairs describing any other conditions that were matched. */
  OtherConditions?: unknown[];
  [field: string]: unknown;
}

/** SensitiveInformation complex type (DLP schema). */
export interface SensitiveInformation {
  /** The aggregated confidence of all pattern matches for the Sensitive Information Type. */
  Confidence?: number;
  /** The total number of sensitive instances detected. */
  Count?: number;
  Location?: string;
  /** A guid that identifies the type of sensitive data detected. */
  SensitiveType?: string;
  /** An array of objects that contain sensitive information data with the following details: matched value and context of matched value. */
  SensitiveInformationDetections?: SensitiveInformationDetections;
  /** Information about the count of sensitive information type detected for each of the three confidence levels (High, Medium and Low) and wether it matches the DLP rule or not. */
  SensitiveInformationDetailedClassificationAttributes?: unknown[];
  /** The name of the sensitive information type. */
  SensitiveInformationTypeName?: string;
  /** The unique count of sensitive instances detected. */
  UniqueCount?: number;
  [field: string]: unknown;
}

/** SensitiveInformationDetailedClassificationAttributes complex type (DLP schema). */
export interface SensitiveInformationDetailedClassificationAttributes {
  /** The confidence level of the pattern that was detected. */
  Confidence?: number;
  /** The number of sensitive instances detected for a particular confidence level. */
  Count?: number;
  /** Indicates if the given count and confidence level of the sensitive type detected results in a DLP rule match. */
  IsMatch?: boolean | string;
  [field: string]: unknown;
}

/** SensitiveInformationDetections complex type (DLP schema). */
export interface SensitiveInformationDetections {
  /** An array of sensitive information that was detected. Information contains key value pairs with Value = matched value (eg. Value of credit card) and Context = an excerpt from source content that contains the matched value. */
  DetectedValues?: unknown[];
  /** Indicates if the logs were truncated due to large number of results. */
  ResultsTruncated?: boolean | string;
  [field: string]: unknown;
}

/** ExceptionInfo complex type (DLP schema). */
export interface ExceptionInfo {
  /** For a DLPRuleUndo event, this indicates why the rule no longer applies, which can be one of 3 reasons: Override, Document Change, or Policy Change */
  Reason?: string;
  /** Indicates whether the user designated this event as a false positive. */
  FalsePositive?: boolean | string;
  /** If the user chose to override policy, any user-specified justification is captured here. */
  Justification?: string;
  /** A collection of GUIDs for each rule that was designated as a false positive or override, or for which an action was undone. */
  Rules?: string[];
  [field: string]: unknown;
}

/** Security and Compliance Center schema. */
export interface SecurityAndComplianceCenterRecord extends AuditRecord {
  /** The date and time when the cmdlet was run. */
  StartTime?: string;
  /** A GUID that can be used to correlate this cmdlet with portal operations. This information is used only by Microsoft support. */
  ClientRequestId?: string;
  /** The build version of the cmdlet when it was run. */
  CmdletVersion?: string;
  /** The GUID for the organization impacted by the cmdlet. (Deprecated: This parameter will eventually stop appearing.) */
  EffectiveOrganization?: string;
  /** The service plan assigned to the user who ran the cmdlet. */
  UserServicePlan?: string;
  /** If the cmdlet was run by an application, as opposed to remote PowerShell, this field contains the application name. */
  ClientApplication?: string;
  /** The name and value for parameters that were used with the cmdlet that do not include personal data. */
  Parameters?: NameValuePair[] | string;
  /** The name and value for parameters that were used with the cmdlet that include personal data. (Deprecated: This field will eventually stop appearing and its content will be merged with the Parameters field.) */
  NonPiiParameters?: string;
}

/** Security and Compliance Alerts schema. */
export interface SecurityAndComplianceAlertsRecord extends AuditRecord {
  /** The Guid of the alert. */
  AlertId?: string;
  /** Type of the alert. Alert types include: <ul><li>System</li><li>Custom</li></ul> */
  AlertType?: unknown;
  /** Name of the alert. */
  Name?: string;
  /** The Guid of the policy that triggered the alert. */
  PolicyId?: string;
  /** Status of the alert. Statuses include: <ul><li><p>Active</li><li>Investigating</li><li>Resolved</li><li>Dismissed</li></ul> */
  Status?: string;
  /** Severity of the alert. Severity levels include: <ul><li>Low</li><li>Medium</li><li>High</li></ul> */
  Severity?: string;
  /** Category of the alert. Categories include: <ul><li>AccessGovernance</li><li>DataGovernance</li><li>DataLossPrevention</li><li>InsiderRiskManagement</li><li>MailFlow</li><li>ThreatManagement</li><li>Other</li></ul> */
  Category?: string;
  /** Source of the alert. Sources include: <ul><li>Office 365 Security & Compliance</li><li>Cloud App Security</li></ul> */
  Source?: string;
  /** Comments left by the users who have viewed the alert. By default, it's "New alert". */
  Comments?: string;
  /** The detailed data blob of the alert or alert entity. */
  Data?: string;
  /** The identifier for the alert entity. This parameter is only applicable to AlertEntityGenerated events. */
  AlertEntityId?: string;
  /** Type of the alert or alert entity. Entity types include: <ul><li>User</li><li>Recipients</li><li>Sender</li><li>MalwareFamily</li></ul> This parameter applies only to AlertEntityGenerated events. */
  EntityType?: string;
}

/** Viva Engage schema. */
export interface VivaEngageRecord extends AuditRecord {
  /** Email of user that performed the operation. */
  ActorUserId?: string;
  /** ID of user that performed the operation. */
  ActorYammerUserId?: number;
  /** Returns "data" if data export includes messages, notes, files, topics, users and groups; returns "user" if data export includes users only. */
  DataExportType?: string;
  /** ID of the file in the operation. */
  FileId?: number;
  /** Name of the file in the operation. Appears blank if not relevant to the operation. */
  FileName?: string;
  /** Name of the group in the operation. Appears blank if not relevant to the operation. */
  GroupName?: string;
  /** Returns "true" if the network's data retention policy is set to Soft Delete; returns "false" if the network's data retention policy is set to Hard Delete. */
  IsSoftDelete?: boolean | string;
  /** The ID of the event/teams meeting in the operation. */
  MeetingId?: string;
  /** ID of the message in the operation. */
  MessageId?: number;
  /** Includes the name of the property that was modified, the new value of the modified object and the previous value of the modified object. */
  ModifiedProperties?: (ModifiedProperty | string)[];
  /** Network ID of the user that performed the operation. */
  YammerNetworkId?: number;
  /** Entra Id of the target user in the operation. */
  TargetObjectId?: string;
  /** Email of target user in the operation. Appears blank if not relevant to the operation. */
  TargetUserId?: string;
  /** ID of target user in the operation. */
  TargetYammerUserId?: number;
  /** ID of the Message thread in the operation. */
  ThreadId?: number;
  /** Version ID of the file in the operation. */
  VersionId?: number;
}

/** Data Center Security Base schema. */
export interface DataCenterSecurityBaseRecord extends AuditRecord {
  /** The type of cmdlet event in lock box. */
  DataCenterSecurityEventType?: unknown;
}

/** Data Center Security Cmdlet schema. */
export interface DataCenterSecurityCmdletRecord extends DataCenterSecurityBaseRecord {
  /** The start time of the cmdlet execution. */
  StartTime?: string;
  /** The name of the tenant that the elevation/cmdlet was targeted at. */
  EffectiveOrganization?: string;
  /** The start time of the elevation. */
  ElevationTime?: string;
  /** The name of a Microsoft manager. */
  ElevationApprover?: string;
  /** The timestamp for when the elevation was approved. */
  ElevationApprovedTime?: string;
  /** A unique identifier for the elevation request. */
  ElevationRequestId?: string;
  /** The role the elevation was requested for. */
  ElevationRole?: string;
  /** The duration for which the elevation was active. */
  ElevationDuration?: number;
  /** Used for comments and other generic information. */
  GenericInfo?: string;
}

/** Microsoft Teams schema. */
export interface MicrosoftTeamsRecord extends AuditRecord {
  /** For shared channel events, the action taken by the invitee or the channel owner for a share with team invite. */
  Action?: string;
  /** A unique identifier for the add-on that generated the event. */
  AddOnGuid?: string;
  /** The name of the add-on that generated the event. */
  AddOnName?: string;
  /** The type of add-on that generated this event. */
  AddOnType?: number | string;
  /** A unique identifier for the channel being audited. */
  ChannelGuid?: string;
  /** The name of the channel being audited. */
  ChannelName?: string;
  /** The type of channel being audited (Standard/Private). */
  ChannelType?: string;
  /** A list of extra properties. */
  ExtraProperties?: KeyValuePair[];
  /** A collection of chat or channel message hosted contents. */
  HostedContents?: HostedContent[];
  /** For shared channel events, the UPN of the invitee team owner who accepts or declines the invite for a share with team invite. */
  Invitee?: string;
  /** A list of users within a Team. */
  Members?: MicrosoftTeamsMember[];
  /** An identifier for a chat or channel message. */
  MessageId?: string;
  /** Present for any URL sent in Teams messages. */
  MessageURLs?: string | string[];
  /** A collection of chat or channel messages. */
  Messages?: Message[];
  /** The size of a chat or channel message in bytes with UTF-16 encoding. */
  MessageSizeInBytes?: number;
  /** Only present for settings events. Name of the setting that changed. */
  Name?: string;
  /** Only present for settings events. New value of the setting. */
  NewValue?: string;
  /** Only present for settings events. Old value of the setting. */
  OldValue?: string;
  /** A unique identifier of a Microsoft Graph change notification subscription. */
  SubscriptionId?: string;
  /** Only present for tab events. The type of tab that generated the event. */
  TabType?: string;
  /** A unique identifier for the team being audited. */
  TeamGuid?: string;
  /** The name of the team being audited. */
  TeamName?: string;
}

/** MicrosoftTeamsMember complex type (Microsoft Teams schema). */
export interface MicrosoftTeamsMember {
  /** The user principal name of the user. */
  UPN?: string;
  /** The role of the user within the team. */
  Role?: number | string;
  /** The display name of the user. */
  DisplayName?: string;
  [field: string]: unknown;
}

/** KeyValuePair complex type (Microsoft Teams schema). */
export interface KeyValuePair {
  /** The key of the key-value pair. */
  Key?: string;
  /** The value of the key-value pair. */
  Value?: string;
  [field: string]: unknown;
}

/** HostedContent complex type (Microsoft Teams schema). */
export interface HostedContent {
  /** A unique identifier of the message hosted content. */
  Id?: string;
  /** The message hosted content size in bytes. */
  SizeInBytes?: number;
  [field: string]: unknown;
}

/** Message complex type (Microsoft Teams schema). */
export interface Message {
  /** A unique identifier of the group in Azure Active Directory that the message belongs to. */
  AADGroupId?: string;
  /** A unique identifier of the chat or channel message. */
  Id?: string;
  /** A unique identifier of the channel the message belongs to. */
  ChannelGuid?: string;
  /** The name of the channel the message belongs to. */
  ChannelName?: string;
  /** The type of the channel the message belongs to. */
  ChannelType?: string;
  /** The name of the chat the message belongs to. */
  ChatName?: string;
  /** A unique identifier of the chat the message belongs to. */
  ChatThreadId?: string;
  /** A unique identifier of the parent chat or channel message. */
  ParentMessageId?: string;
  /** The size of the message in bytes with UTF-16 encoding. */
  SizeInBytes?: number;
  /** A unique identifier of the team the message belongs to. */
  TeamGuid?: string;
  /** The name of the team the message belongs to. */
  TeamName?: string;
  /** The version of the chat or channel message. */
  Version?: string;
  [field: string]: unknown;
}

/** Microsoft Teams user concern schema. */
export interface MicrosoftTeamsUserConcernRecord extends AuditRecord {
  /** A unique identifier of the user concern report submission. */
  SubmissionId?: string;
  /** A JSON-encoded string containing metadata about the report, including the report reason and details about the reported entity (message, call, or user). */
  ReportMetadata?: string;
}

/** Email message events (Microsoft Defender for Office 365 and Threat Investigation and Response schema). */
export interface ThreatIntelligenceRecord extends AuditRecord {
  /** Data about attachments in the email message that triggered the event. */
  AttachmentData?: AttachmentData[];
  /** The type of detection. For example <ul><li>Inline</li><li>Detected at delivery.</li><li>Delayed: Detected after delivery</li><li>ZAP: Removed after delivery by zero-hour auto purge (ZAP).</li></ul> Events with ZAP detection type are typically preceded by a message with a Delayed detection type. */
  DetectionType?: string;
  /** The detection method or technology used by Defender for Office 365. */
  DetectionMethod?: string;
  /** The Internet Message Id. */
  InternetMessageId?: string;
  /** The Exchange Online Network Message Id. */
  NetworkMessageId?: string;
  /** The MAIL FROM address used in SMTP transmission of the email message between email servers (also known as the `5321.MailFrom` address, P1 sender, or envelope sender). */
  P1Sender?: string;
  /** The From address (also known as the `5322.From` address or P2 sender) that's shown in email clients. */
  P2Sender?: string;
  /** The type of threat policy (for example, Anti-spam or Anti-phish) and related action type (for example, High Confidence Spam, Spam, or Phish) relevant to the email message. */
  Policy?: number | string;
  /** An array of recipients of the email message. */
  Recipients?: string[];
  /** The IPv4 or IPv6 address that submitted the message. */
  SenderIp?: string;
  /** The subject line of the message. */
  Subject?: string;
  /** The message verdict. */
  Verdict?: string;
  /** Date and time in Coordinated Universal Time (UTC) the email message was received or sent. */
  MessageTime?: string;
  /** Deep-link to the email event in Threat Explorer or Real-time detections. */
  EventDeepLink?: string;
  /** The original delivery action on the email message. */
  DeliveryAction?: string;
  /** The original delivery location of the email message. */
  OriginalDeliveryLocation?: string;
  /** The latest delivery location of the email message at the time of the event. */
  LatestDeliveryLocation?: string;
  /** Identifies whether an email message was inbound, outbound, or an intra-org message. */
  Directionality?: string;
  /** The threats and the corresponding detection technologies. This field exposes all the threats on an email message, including the latest addition on spam verdict. For example, `["Phish: [Spoof DMARC]","Spam: [URL malicious reputation]"]`. The different detection threat and detection technologies are described in Detection technologies. */
  ThreatsAndDetectionTech?: string | string[];
  /** The additional actions that were taken on the email, such as ZAP or Manual Remediation. Also includes the corresponding results. */
  AdditionalActionsAndResults?: string[];
  /** The names and GUIDs of the connectors associated with the email. */
  Connectors?: string;
  /** The authentication checks that are done for the email. Also includes the values for SPF, DKIM, DMARC, and CompAuth. */
  AuthDetails?: AuthDetails[];
  /** Overrides that are applicable to the email. These can be system or user overrides. */
  SystemOverrides?: SystemOverrides[];
  /** Indicates the confidence level associated with Phish verdict. It can be Normal or High. */
  'Phish Confidence Level'?: string;
}

/** AttachmentData (Microsoft Defender for Office 365 and Threat Investigation and Response schema). */
export interface AttachmentData {
  /** The file name of the attachment. */
  FileName?: string;
  /** The file type of the attachment. */
  FileType?: string;
  /** The file malware verdict. */
  FileVerdict?: number | string;
  /** The file malware family. */
  MalwareFamily?: string;
  /** The file SHA256 hash. */
  SHA256?: string;
  [field: string]: unknown;
}

/** SystemOverrides (Microsoft Defender for Office 365 and Threat Investigation and Response schema). */
export interface SystemOverrides {
  /** The details about the specific override (such as ETR or Safe Sender) that was applied. */
  Details?: string;
  /** Indicates the override that impacted the delivery in the case of multiple overrides. */
  FinalOverride?: string;
  /** Indicates whether the email was set to allowed or blocked based on the override. */
  Result?: string;
  /** Indicates whether the override was user-configured or tenant-configured. */
  Source?: string;
  [field: string]: unknown;
}

/** AuthDetails (Microsoft Defender for Office 365 and Threat Investigation and Response schema). */
export interface AuthDetails {
  /** The name of the specific auth check, such as DKIM or DMARC. */
  Name?: string;
  /** The value associated with the specific auth check, such as True or False. */
  Value?: string;
  [field: string]: unknown;
}

/** URL time-of-click events (Microsoft Defender for Office 365 and Threat Investigation and Response schema). */
export interface ThreatIntelligenceUrlRecord extends AuditRecord {
  /** Office 365 service from which the URL was clicked (for example, Mail). */
  AppName?: string;
  /** Click action for the URL based on the organization's policies for Safe Links. */
  URLClickAction?: number | string;
  /** Identifier for the Office 365 service from which the URL was clicked (for example, for email, this value is the Exchange Online Network Message Id). */
  SourceId?: string;
  /** The date and time in Coordinated Universal Time (UTC) when the user clicked the URL. */
  TimeOfClick?: string;
  /** URL clicked by the user. */
  URL?: string;
  /** The IPv4 or IPv6 address of the user who clicked the URL. */
  UserIp?: string;
}

/** File events (Microsoft Defender for Office 365 and Threat Investigation and Response schema). */
export interface ThreatIntelligenceAtpContentRecord extends AuditRecord {
  /** Data about the file that triggered the event. */
  FileData?: FileData;
  /** Workload or service where the file was found (for example, SharePoint, OneDrive, or Microsoft Teams) */
  SourceWorkload?: number | string;
  /** The method or technology used by Microsoft Defender for Office 365 for the detection. */
  DetectionMethod?: string;
  /** The date and time in Coordinated Universal Time (UTC) when the file was created or last modified. */
  LastModifiedDate?: string;
  /** Identifier (for example, an email address) for the user who created or last modified the file. */
  LastModifiedBy?: string;
  /** Deep-link to the file event in Threat Explorer or Real-time detections. */
  EventDeepLink?: string;
}

/** FileData (Microsoft Defender for Office 365 and Threat Investigation and Response schema). */
export interface FileData {
  /** Unique identifier for the file in SharePoint, OneDrive, or Microsoft Teams. */
  DocumentId?: string;
  /** Name of the file that triggered the event. */
  FileName?: string;
  /** Path (location) for the file in SharePoint, OneDrive, or Microsoft Teams. */
  FilePath?: string;
  /** The file malware verdict. */
  FileVerdict?: number | string;
  /** The file malware family. */
  MalwareFamily?: string;
  /** The file SHA256 hash. */
  SHA256?: string;
  /** Size for the file in bytes. */
  FileSize?: string;
  [field: string]: unknown;
}

/** Attack Sim schema in Microsoft Defender for Office 365 Plan 2. */
export interface AttackSimRecord extends AuditRecord {
  /** A unique identifier for a group of records that are processed together. */
  'Batch ID'?: string;
  /** A unique identifier for the attack simulation training campaign. */
  'Campaign ID'?: string;
  /** The display name of the user involved in the attack simulation training campaign. */
  UserDisplayName?: string;
  /** The attack technique used in the simulation. */
  AttackTechnique?: string;
  /** The type of attack simulation campaign. The different types are simulation campaign, training campaign, simulation automation. */
  CampaignType?: string;
  /** Campaign launch time. */
  TimeData?: string;
  /** Campaign end time. */
  EndTimeData?: string;
  /** Type of event (user activity or message delivery state). */
  AttackSimEvent?: number | string;
  /** Additional properties associated with the audit record. */
  ExtendedProperties?: NameValuePair[] | string;
}

/** Attack Sim Admin schema in Microsoft Defender for Office 365 Plan 2. */
export interface AttackSimAdminRecord extends AuditRecord {
  /** A unique identifier for a group of records that are processed together. */
  'Batch ID'?: string;
  /** A unique identifier for an attack simulation training campaign. */
  'Campaign ID'?: string;
  /** The attack technique used in a simulation. */
  AttackTechnique?: string;
  /** The type of attack simulation campaign. The different types are simulation campaign, training campaign, simulation automation. */
  CampaignType?: string;
  /** Campaign launch time. */
  TimeData?: string;
  /** Campaign end time. */
  EndTimeData?: string;
  /** The type of attack sim admin event. */
  AttackSimAdminEvent?: number | string;
  /** Additional properties associated with the audit record. */
  ExtendedProperties?: NameValuePair[] | string;
}

/** User Training schema. */
export interface UserTrainingRecord extends AuditRecord {
  /** A unique identifier for a group of records that are processed together. */
  'Batch ID'?: string;
  /** A unique identifier for an attack simulation training campaign. */
  'Campaign ID'?: string;
  /** A unique identifier for a training course. */
  'Course ID'?: string;
  /** The display name of the user involved in the attack simulation. */
  UserDisplayName?: string;
  /** The type of attack simulation campaign. The different types are simulation campaign, training campaign, simulation automation. */
  CampaignType?: string;
  /** Campaign launch time. */
  TimeData?: string;
  /** Campaign end time. */
  EndTimeData?: string;
  /** The type of user training event. */
  UserTrainingEvent?: number | string;
  /** Additional properties associated with the audit record. */
  ExtendedProperties?: NameValuePair[] | string;
}

/** Main investigation schema (Automated investigation and response events in Microsoft Defender for Office 365 Plan 2). */
export interface AirInvestigationRecord extends AuditRecord {
  /** Investigation ID/GUID. */
  InvestigationId?: string;
  /** Name of the investigation. */
  InvestigationName?: string;
  /** Type of the investigation. Can take one of the following values: <ul><li>User-Reported Messages</li><li>Zapped Malware</li><li>Zapped Phish</li><li>Url Verdict Change</li></ul> (Currently, manual investigations aren't available.) */
  InvestigationType?: string;
  /** UTC time of the last update for an investigation. */
  LastUpdateTimeUtc?: string;
  /** Start time for an investigation. */
  StartTimeUtc?: string;
  /** State of investigation, Running, Pending Actions, etc. */
  Status?: string;
  /** Deep link URL to an investigation in the Microsoft Defender portal. */
  DeepLinkUrl?: string;
  /** Collection of actions recommended by an investigation. */
  Actions?: string[];
  /** Data string which contains more details about investigation entities, and information about alerts related to the investigation. Entities are available in a separate node within the data blob. */
  Data?: string;
}

/** Hygiene events schema. */
export interface HygieneEventsRecord extends AuditRecord {
  /** System information related to the hygiene event. */
  Audit?: string;
  /** The type of hygiene event. The values for this parameter are Listed or Delisted. */
  Event?: string;
  /** The ID of the hygiene event type. */
  EventId?: number;
  /** The user who was impacted. */
  EventValue?: string;
  /** Details about the hygiene event. */
  Reason?: string;
}

/** Power BI schema. */
export interface PowerBIRecord extends AuditRecord {
  /** The name of the app where the event occurred. */
  AppName?: string;
  /** The name of the dashboard where the event occurred. */
  DashboardName?: string;
  /** The data classification, if any, for the dashboard where the event occurred. */
  DataClassification?: string;
  /** The name of the dataset where the event occurred. */
  DatasetName?: string;
  /** Membership information about the group. */
  MembershipInformation?: MembershipInformationType[];
  /** Permissions list for an organizational app (entire organization, specific users, or specific groups). */
  OrgAppPermission?: string;
  /** The name of the report where the event occurred. */
  ReportName?: string;
  /** Information about the person to whom a sharing invitation is sent. */
  SharingInformation?: SharingInformationType[];
  /** Information about the state of various tenant level switches. */
  SwitchState?: string;
  /** The name of the workspace where the event occurred. */
  WorkSpaceName?: string;
}

/** MembershipInformationType complex type (Power BI schema). */
export interface MembershipInformationType {
  /** The email address of the group. */
  MemberEmail?: string;
  /** Not currently populated. */
  Status?: string;
  [field: string]: unknown;
}

/** SharingInformationType complex type (Power BI schema). */
export interface SharingInformationType {
  /** The email address of the recipient of a sharing invitation. */
  RecipientEmail?: string;
  /** The name of the recipient of a sharing invitation. */
  RecipientName?: string;
  /** The permission being granted to the recipient. */
  ResharePermission?: string;
  [field: string]: unknown;
}

/** Dynamics 365 base schema (Dynamics 365 schema). */
export interface Dynamics365BaseRecord extends AuditRecord {
  /** The unique name of the organization. */
  CrmOrganizationUniqueName?: string;
  /** The URL to the instance. */
  InstanceUrl?: string;
  /** The URL to the record emitting the log. */
  ItemUrl?: string;
  /** The name of the entity. */
  ItemType?: string | number;
  /** The unique identifier of the user GUID in the organization. */
  UserAgent?: string;
  /** A JSON object that contains the property key-value pairs that were created or updated. */
  Fields?: unknown[];
}

/** Dynamics 365 entity operation schema (Dynamics 365 schema). */
export interface Dynamics365EntityOperationRecord extends Dynamics365BaseRecord {
  /** The unique identifier of the entity. */
  EntityId?: string;
  /** The name of the entity in the organization. Example of entities include `contact` or `authentication`. */
  EntityName?: string;
  /** This parameter contains the operation that was performed in related to the entity. For example, if a new contact was created, the value of the Message property is `Create` and the corresponding value of the EntityName property is `contact`. */
  Message?: string;
  /** The parameters of the filter query that was used while executing the FetchXML operation. */
  Query?: string;
  /** Indicates the value for the attribute that is the primary field for the entity. */
  PrimaryFieldValue?: string;
}

/** eSignature schema. */
export interface ESignatureRecord extends AuditRecord {
  /** ID of the electronic signature request. */
  AgreementId?: string;
  /** Sender of the electronic signature request. */
  AgreementSender?: string;
  /** Date & time request was sent. */
  AgreementCreationDateTime?: string;
  /** Status of the request. */
  AgreementStatus?: unknown;
  /** Recipients of the request. */
  AgreementRecipients?: unknown[];
}

/** Viva Insights schema. */
export interface VivaInsightsRecord extends AuditRecord {
  /** The Viva Insights role of the user who performed the action. */
  WpaUserRole?: string;
  /** This property includes the name of the property that was modified, the new value of the modified property, and the previous value of the modified property. */
  ModifiedProperties?: (ModifiedProperty | string)[];
  /** A list of extended properties for the setting that was changed. Each property has a Name and Value. */
  OperationDetails?: unknown[];
}

/** Quarantine schema. */
export interface QuarantineRecord extends AuditRecord {
  /** The type of quarantine request performed by a user. */
  RequestType?: number | string;
  /** Quarantine request come from the Microsoft Defender portal, a cmdlet, or a URLlink. */
  RequestSource?: number | string;
  /** The network message id of quarantined email message. */
  NetworkMessageId?: string;
  /** The recipient of the email message. */
  ReleaseTo?: string;
}

/** Microsoft Forms schema. */
export interface MicrosoftFormsRecord extends AuditRecord {
  /** The role of the user who performed the action. The values for this parameter are Admin, Owner, Responder, or Coauthor. */
  FormsUserType?: number | string | unknown[];
  /** Indicates if the action is from Forms website or from another App. */
  SourceApp?: string;
  /** The name of the current form. */
  FormName?: string;
  /** The Id of the target form. */
  FormId?: string;
  /** Indicates whether this is a Form, Quiz, or Survey. */
  FormType?: number | string | unknown[];
  /** JSON string containing activity parameters. For more information, see Microsoft Forms activities. */
  ActivityParameters?: string;
}

/** MIP label schema. */
export interface MIPLabelRecord extends AuditRecord {
  /** The email address in the From field of the email message. */
  Sender?: string;
  /** All email addresses in the To, CC, and Bcc fields of the email message. */
  Receivers?: string[];
  /** The string in the Subject field of the email message. */
  ItemName?: string;
  /** The GUID of the sensitivity label applied to the email message. */
  LabelId?: string;
  /** The name of the sensitivity label applied to the email message. */
  LabelName?: string;
  /** The actions specified by the sensitivity label that were applied to the email message before the message entered the mail transport pipeline. */
  LabelAction?: string;
  /** The date the sensitivity label was applied to the email message. */
  LabelAppliedDateTime?: string;
  /** Specifies how the sensitivity label was applied to the email message. The Privileged value indicates the label was manually applied by a user. The Standard value indicates the label was auto-applied by a client-side or service-side labeling process. */
  ApplicationMode?: string;
}

/** Encrypted message portal events schema. */
export interface EncryptedMessagePortalEventsRecord extends AuditRecord {
  /** The Id of the message. */
  MessageId?: string;
  /** Recipient email address. */
  Recipient?: string;
  /** Email address of sender. */
  Sender?: string;
  /** Authentication method when accessing the message, i.e. OTP, Yahoo, Gmail, Microsoft. */
  AuthenticationMethod?: number | string;
  /** 0: Success, 1: Failure. */
  AuthenticationStatus?: unknown;
  /** 0: Success, 1: Failure. */
  OperationStatus?: unknown;
  /** Name of the attachment. */
  AttachmentName?: string;
  /** Extra properties, i.e. number of OTP passcode sent, email subject, etc. */
  OperationProperties?: unknown[];
}

/** Communication compliance Exchange schema. */
export interface CommunicationComplianceExchangeRecord extends AuditRecord {
  /** Properties of the email message that triggered the SupervisoryReviewOLAudit event. */
  ExchangeDetails?: unknown;
}

/** Reports schema. */
export interface ReportsRecord extends AuditRecord {
  /** This property includes the name of the property that was modified, the new value of the modified property, and the previous value of the modified property. */
  ModifiedProperties?: (ModifiedProperty | string)[];
}

/** Compliance connector schema. */
export interface ComplianceConnectorRecord extends AuditRecord {
  /** This is a unique identifier of the data connector. */
  JobId?: string;
  /** Unique identifier of the periodic data connector instance. Data connectors import data in periodic intervals. */
  TaskId?: string;
  /** The name of the data connector. */
  JobType?: string;
  /** Unique identifier of the item (for example, an email message) being imported. */
  ItemId?: string;
  /** The size of the item being imported. */
  ItemSize?: number;
  /** The unique identifier of the user from the third-party data source. For example, for a Slack data connector, this property specifies the user Id in Slack workspace. */
  SourceUserId?: string;
  /** Indicates the type of data import failure. For example, the value incorrectusermapping indicates the item wasn't imported because no user mapping between the third-party data source and Microsoft 365 could be found. */
  FailureType?: number | string;
  /** Indicates the type of failure, such as Duplicate message. */
  ResultMessage?: string;
  /** Indicates whether the data connector retried to import the item. */
  IsRetry?: boolean | string;
  /** A list of attachments received from the third-party data source. */
  Attachments?: Attachment[];
}

/** Attachment complex type (Compliance connector schema). */
export interface Attachment {
  /** The name of the attachment. */
  FileName?: string;
  /** Other details about the attachment. */
  Details?: string;
  [field: string]: unknown;
}

/** DataLakeExportOperationAuditRecord (SystemSync schema). */
export interface DataLakeExportOperationAuditRecord extends AuditRecord {
  /** Indicates which data store the data was downloaded from. Refer DataStoreType for all possible values. */
  DataStoreType?: number | string;
  /** Indicates what action user had performed on the data store. Refer DataLakeUserAction for all possible values. */
  UserAction?: unknown;
  /** Indicates when the data export was triggered. */
  ExportTriggeredAt?: string;
  /** The name of the compressed file the admin had downloaded from the Data Lake. */
  NameOfDownloadedZipFile?: string;
}

/** DataShareOperationAuditRecord (SystemSync schema). */
export interface DataShareOperationAuditRecord extends AuditRecord {
  /** Details of the invite sent to the recipient of the Data Share. */
  Invitation?: DataShareInvitationType;
}

/** DataShareInvitationType complex type (SystemSync schema). */
export interface DataShareInvitationType {
  /** System assigned identifier for the Data Share. */
  ShareId?: string;
  /** List of admin users the invite was sent to. */
  Invitees?: string[];
  /** The target tenant whom the invite is intended to. */
  InviteeTenantId?: string;
  /** System assigned name for the Data Share. */
  ShareName?: string;
  /** Frequency at which the data is synced to the destination storage account once share is established. See SyncFrequency for possible values. */
  SyncFrequency?: number | string;
  /** Date and time of first sync. */
  SyncStartTime?: string;
  [field: string]: unknown;
}

/** MicrosoftGraphDataConnectOperation complex type (SystemSync schema). */
export interface MicrosoftGraphDataConnectOperation {
  /** The application identification. */
  ApplicationId?: string;
  /** The application name. */
  ApplicationName?: string;
  /** The pipeline name. */
  PipelineName?: string;
  /** The identification of this pipeline run. */
  PipelineRunId?: string;
  /** The identification of the ADF copy activity. */
  CopyActivityRunId?: string;
  /** Date and time of the extraction. */
  RunStartTime?: string;
  /** Date and time of the extraction. */
  RunEndTime?: string;
  /** The dataset name being extracted. */
  DatasetName?: string;
  /** The set of selected columns being extracted. */
  DatasetColumns?: string;
  /** The scope of the extraction. */
  ScopeList?: string;
  /** The requested scope count for this extraction. */
  ScopeCountRequested?: number;
  /** The delivered scope count for this extraction. */
  ScopeCountDelivered?: number;
  /** The undelivered scope of the extraction. */
  UndeliveredScope?: string;
  /** The number of rows extracted. */
  RowCount?: number;
  /** The extraction status. */
  Status?: string;
  /** The error message in case of failure. */
  Reason?: string;
  [field: string]: unknown;
}

/** MicrosoftGraphDataConnectConsent complex type (AipHeartBeat). */
export interface MicrosoftGraphDataConnectConsent {
  /** The application identification. */
  ApplicationId?: string;
  /** The application version. */
  ApplicationVersion?: string;
  /** The application registration tenant id. */
  AppRegistrationTenantId?: string;
  /** The approver's user principal name. */
  Approver?: string;
  /** The update date time in UTC. */
  ApprovalUpdatedDateInUTC?: string;
  /** The expiry date time in UTC. */
  ApprovalExpiryDateInUTC?: string;
  /** The number of days from update for which the approval is valid. */
  ApprovalValidDays?: number;
  /** The destination sinks. */
  DestinationSinks?: string;
  /** The destination tenant id. */
  DestinationTenantId?: string;
  /** The reason provided by the admin who performed the operation. */
  Reason?: string;
  /** The consent state. */
  State?: string;
  /** Details on the datasets which were consented to as part of this operation. */
  Datasets?: MGDCDataset[];
  [field: string]: unknown;
}

/** Complex Type MGDCDataset (AipHeartBeat). */
export interface MGDCDataset {
  /** The name of the dataset in the consent operation. */
  DatasetName?: string;
  /** The list of columns for the dataset in the consent operation. */
  DatasetColumns?: string;
  /** The deny groups list for the dataset in the consent operation. */
  DenyGroups?: string;
  /** The scope types for the dataset in the consent operation. Possible values are All, List, and FilterUri. */
  Scope?: string;
  /** The scope filter URI for the dataset in the consent operation. */
  ScopeFiltersUris?: string;
  /** The scope group list for the dataset in the consent operation. */
  ScopeList?: string;
  /** The privacy policy types for the dataset in the consent operation. Possible values are None and DenyList. */
  PrivacyPolicyType?: string;
  [field: string]: unknown;
}

/** Viva Glint schema. */
export interface VivaGlintRecord extends AuditRecord {
  /** The Client UUID of the Viva Glint instance. */
  ClientUUID?: string;
  /** The data import source type. */
  ImportType?: string;
  /** This in-platform control determines whether survey data is deleted when a user is removed from the Viva Glint platform. */
  DataDSRControl?: string;
  /** This in-platform control specifies whether the Employee IDs of previously deleted employees are disregarded or retained in the Viva Glint platform. */
  DiscardEmployeeIds?: string;
  /** The name of a Glint data app job that was run. */
  JobName?: string;
  /** The new date to which a closed survey cycle has been extended. */
  ExtendedCompletionDate?: string;
  /** The name of a specific component within the 360 feedback program. */
  FeedBackComponentName?: string;
}

/** Viva Goals schema. */
export interface VivaGoalsRecord extends AuditRecord {
  /** A description of the event or the activity that occurred in Viva Goals. */
  Detail?: string;
  /** The name of the user who triggered the event. */
  Username?: string;
  /** The role of the user who triggered this event in Viva Goals. This value mentions if the user is an organization admin or an owner. */
  UserRole?: string;
  /** The name of the organization in Viva Goals where the event was triggered. */
  OrganizationName?: string;
  /** The owner of the organization in Viva Goals where the event occurred. */
  OrganizationOwner?: string;
  /** The admin(s) of the organization in Viva Goals where the event occurred. There can be one or more admins in the organization. */
  OrganizationAdmins?: string[];
  /** The user agent (browser details) of the user who triggered the event. UserAgent might not be present in case of a system generated event. */
  UserAgent?: string;
  /** A list of attributes that were modified along with its new and old values output as a JSON. */
  ModifiedFields?: unknown[];
  /** Additional properties about the object that was modified. */
  ItemDetails?: unknown[];
}

/** PlannerGoal record type (Microsoft Planner schema). */
export interface PlannerGoalRecord extends AuditRecord {
  /** Id of the plan containing the goal. */
  PlanId?: string;
}

/** PlannerPlan record type (Microsoft Planner schema). */
export interface PlannerPlanRecord extends AuditRecord {
  /** Type of the container associated with the plan. */
  ContainerType?: number | string;
  /** Id of the container associated with the plan. */
  ContainerId?: string;
  /** Id of the container with shared access to the plan. */
  SharedWithContainerId?: string;
  /** Type of the container with shared access to the plan. */
  SharedWithContainerType?: number | string;
  /** Level of access given to container with shared access to the plan. */
  SharedWithContainerAccessLevel?: number | string;
}

/** PlannerCopyPlan record type (Microsoft Planner schema). */
export interface PlannerCopyPlanRecord extends AuditRecord {
  /** Id of the plan being copied. Same as ObjectId. */
  OriginalPlanId?: string;
  /** Type of the container associated with the original plan. */
  OriginalContainerType?: number | string;
  /** Id of the container associated with the original plan. */
  OriginalContainerId?: string;
  /** Id of the new plan. Null when the operation failed. */
  NewPlanId?: string;
  /** Type of the container associated with the new plan. */
  NewContainerType?: number | string;
  /** Id of the container associated with the new plan. */
  NewContainerId?: string;
}

/** PlannerTask record type (Microsoft Planner schema). */
export interface PlannerTaskRecord extends AuditRecord {
  /** Id of the plan containing the task. */
  PlanId?: string;
}

/** PlannerRoster record type (Microsoft Planner schema). */
export interface PlannerRosterRecord extends AuditRecord {
  /** A comma-separated string of member ids changed to the roster. */
  MemberIds?: string;
}

/** PlannerGoalList record type (Microsoft Planner schema). */
export interface PlannerGoalListRecord extends AuditRecord {
  /** A comma-separated string of goal ids queried. */
  GoalList?: string;
}

/** PlannerPlanList record type (Microsoft Planner schema). */
export interface PlannerPlanListRecord extends AuditRecord {
  /** A comma-separated string of plan ids queried. */
  PlanList?: string;
}

/** PlannerTaskList record type (Microsoft Planner schema). */
export interface PlannerTaskListRecord extends AuditRecord {
  /** A comma-separated string of task ids queried. */
  TaskList?: string;
}

/** PlannerTenantSettings record type (Microsoft Planner schema). */
export interface PlannerTenantSettingsRecord extends AuditRecord {
  /** New tenant settings in JSON. */
  TenantSettings?: string;
}

/** PlannerRosterSensitivityLabel record type (Microsoft Planner schema). */
export interface PlannerRosterSensitivityLabelRecord extends AuditRecord {
  /** Id of the roster to which the sensitivity label is changed. */
  Roster?: string;
  /** The assignment method of the sensitivity label. */
  AssignmentMethod?: number | string;
}

/** PlannerChatMessage record type (Microsoft Planner schema). */
export interface PlannerChatMessageRecord extends AuditRecord {
  /** The type of chat. Only option is Task, for a chat scoped to a single Task. */
  ThreadType?: number | string;
  /** Id of the element containing the chat, the Task id. */
  ParentEntityId?: string;
}

/** PlannerChatMessageList record type (Microsoft Planner schema). */
export interface PlannerChatMessageListRecord extends AuditRecord {
  /** A comma-separated string of chat message ids queried. */
  MessageList?: string;
}

/** ProjectForThewebProject record type (Microsoft Project for the web schema). */
export interface ProjectForThewebProjectRecord extends AuditRecord {
  /** Id of the Project being audited. */
  ProjectId?: string;
  /** Additional information. */
  AdditionalInfo?: AdditionalInfo[];
}

/** ProjectForThewebTask record type (Microsoft Project for the web schema). */
export interface ProjectForThewebTaskRecord extends AuditRecord {
  /** Id of the Project being audited. */
  ProjectId?: string;
  /** Id of the Task being audited. */
  TaskId?: string;
  /** Additional information. */
  AdditionalInfo?: AdditionalInfo[];
}

/** ProjectForThewebRoadmap record type (Microsoft Project for the web schema). */
export interface ProjectForThewebRoadmapRecord extends AuditRecord {
  /** Id of the Roadmap being audited. */
  RoadmapId?: string;
  /** Additional information. */
  AdditionalInfo?: AdditionalInfo[];
}

/** ProjectForThewebRoadmapItem record type (Microsoft Project for the web schema). */
export interface ProjectForThewebRoadmapItemRecord extends AuditRecord {
  /** Id of the Roadmap Item being audited. */
  RoadmapItemId?: string;
  /** Additional information. */
  AdditionalInfo?: AdditionalInfo[];
}

/** Complex Type AdditionalInfo (Microsoft Project for the web schema). */
export interface AdditionalInfo {
  /** Id of the environment where action was performed. */
  EnvironmentName?: string;
  [field: string]: unknown;
}

/** ProjectForThewebProjectSetting record type (Microsoft Project for the web schema). */
export interface ProjectForThewebProjectSettingRecord extends AuditRecord {
  /** The value that was set for Project for the web (1= enabled, 0 disabled). */
  ProjectEnabled?: boolean | string;
}

/** ProjectForThewebRoadmapSetting record type (Microsoft Project for the web schema). */
export interface ProjectForThewebRoadmapSettingRecord extends AuditRecord {
  /** The value that was set for Roadmap (1= enabled, 0 disabled). */
  RoadmapEnabled?: boolean | string;
}

/** ProjectForThewebAssignedToMeSetting record type (Microsoft Project for the web schema). */
export interface ProjectForThewebAssignedToMeSettingRecord extends AuditRecord {
  /** The value that was set for AssignedToMe (1= enabled, 0 disabled). */
  AssignedToMeEnabled?: boolean | string;
}

/** Viva Pulse schema. */
export interface VivaPulseRecord extends AuditRecord {
  /** A description of the event or the activity that occurred in Viva Pulse. */
  EventName?: string;
  /** Id of the pulse survey. */
  PulseId?: string;
  /** Additional properties about the event. */
  EventDetails?: unknown[];
}

/** Compliance Manager schema. */
export interface ComplianceManagerRecord extends AuditRecord {
  /** A description of the event that occurred for a Microsoft Purview Compliance Manager. */
  Details?: unknown[];
}

/** Backup Policy schema. */
export interface BackupPolicyRecord extends AuditRecord {
  /** The ID of the policy. */
  PolicyID?: string;
  /** How the policy was created / edited. */
  EditMethodology?: string;
  /** Number of artifacts being added. */
  CountOfArtifactsBeingAdded?: number;
  /** Number of artifacts being removed. */
  CountOfArtifactsBeingRemoved?: number;
  /** Whether it is a SharePoint, Exchange, or OneDriveForBusiness policy. */
  ServiceType?: string;
  /** The ID of the associated Billing Policy. */
  BillingPolicyId?: string;
}

/** Granular Browse Task schema. */
export interface GranularBrowseTaskRecord extends AuditRecord {
  /** The ID of the Browse Task. */
  SessionId?: string;
  /** Restore Point dateTime on which browse session was created. */
  RestoreTime?: string;
  /** Artifact Id for which browse session was created. */
  BackupItemId?: string;
  /** Whether it is a SharePoint, Exchange, or OneDriveForBusiness policy. */
  ServiceType?: string;
}

/** Restore Task schema. */
export interface RestoreTaskRecord extends AuditRecord {
  /** The ID of the Restore Task. */
  TaskID?: string;
  /** How the Restore Task was created / edited. */
  CreationMethodology?: string;
  /** Number of artifacts being added. */
  CountOfArtifactsBeingAdded?: number;
  /** Number of artifacts being removed. */
  CountOfArtifactsBeingRemoved?: number;
  /** Whether it is a SharePoint, Exchange, or OneDriveForBusiness policy. */
  ServiceType?: string;
}

/** Restore Item schema. */
export interface RestoreItemRecord extends AuditRecord {
  /** Time which the item is being restored to. */
  RestoreTime?: string;
  /** Location type that the item is being restored to. */
  RestoreLocationType?: string;
  /** Location that the item is being restored to. */
  RestoreLocation?: string;
  /** The ID of the Restore task. */
  TaskID?: string;
  /** ID of the Backup Item being restored. */
  BackupItemID?: string;
  /** Protection Unit ID of the item being restored. */
  ProtectionUnitID?: string;
  /** Whether the restore operation was successful. */
  SuccessStatus?: string;
  /** Whether the Backup Item is a Site / Account / Mailbox. */
  BackupItemType?: string;
  /** Whether it is a SharePoint, Exchange, or OneDriveForBusiness policy. */
  ServiceType?: string;
}

/** Backup Item schema. */
export interface BackupItemRecord extends AuditRecord {
  /** Policy ID of the Policy the item is getting added to. */
  PolicyID?: string;
  /** ID of the Backup Item. */
  ItemID?: string;
  /** Protection Unit ID of the item being backed up. */
  ProtectionUnitID?: string;
  /** Whether the Backup Item is a Site / Account / Mailbox. */
  BackupItemType?: string;
  /** How the backup item is to be added. */
  EditMethodology?: string;
  /** Whether it is a SharePoint, Exchange, or OneDriveForBusiness policy. */
  ServiceType?: string;
}

/** PolicyConfigChangeAuditRecord (Cloud Policy service schema). */
export interface PolicyConfigChangeAuditRecord extends AuditRecord {
  /** ID of the policy configuration */
  ConfigId?: string;
  /** Given name of policy configuration */
  ConfigName?: string;
  /** Description provided for policy configuration */
  Description?: string;
  /** Scope of policy configuration */
  ConfigScope?: number | string;
  /** List of configured groups */
  Groups?: unknown[];
  /** Priority value of policy configuration */
  Priority?: number;
  /** List of configured policy settings */
  Policies?: Policy[];
  /** List of policy configurations and their priority values */
  Priorities?: PrioritySetting[];
}

/** Complex Type Policy (Cloud Policy service schema). */
export interface Policy {
  /** ID of the policy setting */
  PolicyId?: string;
  /** Name of policy setting */
  PolicyName?: string;
  /** Configured value of policy setting */
  Value?: string;
  /** Configured setting */
  Settings?: Setting[];
  [field: string]: unknown;
}

/** Complex Type Setting (Cloud Policy service schema). */
export interface Setting {
  /** ID of the setting */
  SettingId?: string;
  /** Name of setting */
  SettingName?: string;
  /** Configured value of setting */
  Value?: string;
  [field: string]: unknown;
}

/** Complex Type PrioritySetting (Cloud Policy service schema). */
export interface PrioritySetting {
  /** ID of the policy configuration */
  ConfigId?: string;
  /** Given name of policy configuration */
  ConfigName?: string;
  /** Configured priority of policy configuration */
  Value?: string;
  [field: string]: unknown;
}

/** CloudUpdateProfileConfigAuditRecord (Cloud update profile configuration schema). */
export interface CloudUpdateProfileConfigAuditRecord extends AuditRecord {
  /** Name of profile */
  ProfileName?: string;
  /** State of profile */
  ProfileState?: number | string;
  /** Configured deadline */
  Deadline?: number;
  /** State of Update Validation */
  UpdateValidationState?: number | string;
  /** Collection containing configured waves */
  Waves?: Wave[];
  /** Set delay between waves */
  WaveDelay?: number;
}

/** Complex Type Wave (Cloud update profile configuration schema). */
export interface Wave {
  /** Name of wave */
  Name?: string;
  /** Wave specified by administrator or automatic catch-all wave */
  Type?: number | string;
  /** Collection of groups configured for this wave */
  Groups?: unknown[];
  [field: string]: unknown;
}

/** CloudUpdateTenantConfigAuditRecord (Cloud Update tenant configuration schema). */
export interface CloudUpdateTenantConfigAuditRecord extends AuditRecord {
  /** Collection of configured exclusion windows */
  ProfileExclusionWindows?: ExclusionWindow[];
  /** Collection of configured exclusions */
  ExclusionList?: unknown[];
  /** Tenant Association Key */
  TAK?: string;
}

/** Complex Type ExclusionWindow (Cloud Update tenant configuration schema). */
export interface ExclusionWindow {
  /** Given name of exclusion window */
  Name?: string;
  /** Start date of exclusion windows */
  StartDate?: string;
  /** End date of exclusion windows */
  EndDate?: string;
  /** Collection of groups the exclusion window is scoped to */
  Groups?: unknown[];
  [field: string]: unknown;
}

/** CloudUpdateDeviceConfigAuditRecord (Cloud Update device schema). */
export interface CloudUpdateDeviceConfigAuditRecord extends AuditRecord {
  /** Rollbacks triggered */
  RollbackDevices?: Rollback;
  /** Channel changes triggered */
  ChannelChangeDevices?: ChannelChange;
}

/** Complex Type Rollback (Cloud Update device schema). */
export interface Rollback {
  /** Type of rollback */
  RollbackType?: number | string;
  /** Targeted build number to roll back to */
  RollbackBuildNumber?: string;
  /** Collection of devices targeted by rollback */
  Devices?: string[];
  [field: string]: unknown;
}

/** Complex Type ChannelChange (Cloud Update device schema). */
export interface ChannelChange {
  /** Targeted update channel */
  ChannelChange?: number | string;
  /** Collection of targeted devices */
  Devices?: string[];
  /** Collection of targeted groups */
  Groups?: unknown[];
  [field: string]: unknown;
}

/** Microsoft Entra Risk Detection schema. */
export interface MicrosoftEntraRiskDetectionRecord extends AuditRecord {
  /** The activity type for which risk was detected. */
  Activity?: string;
  /** The date and time in Coordinated Universal Time (UTC) when the risky activity occurred. */
  ActivityDateTime?: string;
  /** Additional Information in JSON format for the detected risk. */
  AdditionalInfo?: string;
  /** An identifier that can used to correlate sign-in activities associated with a risk detection. */
  CorrelationId?: string;
  /** The date and time in Coordinated Universal Time (UTC) when the risk was detected. */
  DetectedDateTime?: string;
  /** Indicates the timing type of the detected risk. Possible values are real-time/offline. */
  DetectionTimingType?: string;
  /** The date and time in Coordinated Universal Time (UTC) when the risk detection was last updated. */
  LastUpdatedDateTime?: string;
  /** Information about the location from which the sign-in activity was detected. */
  Location?: LocationType;
  /** Indicates the Request Id of the sign-in activity for which risk was detected. If risk detection is not associated with sign-in then this property is null. */
  RequestId?: string;
  /** The details of the detected risk. */
  RiskDetail?: string;
  /** The type of event for which risk was detected. */
  RiskEventType?: string;
  /** An unique identifier for the risk detection. */
  RiskId?: string;
  /** The level of the risk detected. */
  RiskLevel?: string;
  /** The risk state of a risky user or a sign-in linked to the risk detection. */
  RiskState?: string;
  /** The source of the detected risk. */
  Source?: string;
  /** The type of token issuer for the sign-in linked to the risk detection. */
  TokenIssuerType?: string;
  /** The user principal name (UPN) of the user for whom the risk was detected. */
  UserDisplayName?: string;
}

/** LocationType complex type (Microsoft Entra Risk Detection schema). */
export interface LocationType {
  /** The city where the sign-in was performed. */
  City?: string;
  /** The country or region where the sign-in was performed. */
  CountryOrRegion?: string;
  /** The geo co-ordinates of the location where the sign-in was performed. */
  GeoCoordinates?: GeoCoordinatesType;
  /** The state where the sign-in was performed. */
  State?: string;
  [field: string]: unknown;
}

/** GeoCoordinatesType complex type (Microsoft Entra Risk Detection schema). */
export interface GeoCoordinatesType {
  /** The altitude of the location where the sign-in was performed. */
  Altitude?: string;
  /** The latitude of the location where the sign-in was performed. */
  Latitude?: string;
  /** The longitude of the location where the sign-in was performed. */
  Longitude?: string;
  [field: string]: unknown;
}

/** Microsoft Edge WebContentFiltering schema. */
export interface MicrosoftEdgeWebContentFilteringRecord extends AuditRecord {
  /** The URL that was browsed. */
  URLPath?: string;
  /** The domain URL that was browsed. */
  DomainURL?: string;
  /** Category of browsed URL. */
  Category?: string;
}

/** Microsoft 365 Copilot scheduled prompt schema. */
export interface Microsoft365CopilotScheduledPromptRecord extends AuditRecord {
  /** The name of automation. */
  ScenarioType?: string;
  /** The Copilot prompt that's run by the LLM. */
  PromptText?: string;
  /** A unique identifier that correlates all activities related to each run of the Copilot prompt. */
  AutomationId?: string;
  /** The schedule for when the Copilot prompt runs, shown in cron format. */
  TriggerMode?: string;
}

/** Microsoft Places Directory schema. */
export interface MicrosoftPlacesDirectoryRecord extends AuditRecord {
  /** The type for the place item that is created/updated/deleted by the request. For example, "Building", "Room", "Desk", and so on. */
  PlaceType?: string;
  /** The name and value for all parameters that were used with the cmdlet that is identified in the Operations property. */
  Parameters?: NameValuePair[] | string;
  /** The property includes the name of the property that was modified, the new value of the modified property, and the previous value of the modified object. */
  ModifiedProperties?: (ModifiedProperty | string)[];
}

/** Teams Evaluation Data Hub schema. */
export interface TeamsEvaluationDataHubRecord extends AuditRecord {}

/** SentinelNotebookOnLake (Microsoft Sentinel data lake and graph schema). */
export interface SentinelNotebookOnLakeRecord extends AuditRecord {
  /** Timestamp when the Spark Notebook execution was submitted/started. */
  EventTime?: string;
  /** Compute selected. */
  Compute?: string;
  /** The workspace the command ran on. */
  DatabaseName?: string;
  /** Name of the table. */
  TableName?: string;
  /** Total duration of the session. */
  SessionDurationInSecs?: string;
  /** Start time for the session. */
  SessionStartTime?: string;
  /** End time for the session. */
  SessionEndTime?: string;
  /** Jupyter KernelId, uniquely identifies the Notebook session. */
  KernalId?: string;
  /** Correlation ID for the various code blocks executed with a Spark session. */
  SessionId?: string;
  /** Interface from where the notebook was run. */
  Interface?: string;
}

/** SentinelJob (Microsoft Sentinel data lake and graph schema). */
export interface SentinelJobRecord extends AuditRecord {
  /** Timestamp when the operation on job was initiated. */
  EventTime?: string;
  /** Type of Job like Notebook, KQL. */
  'Job Type'?: string;
  /** Unique identifier of a job. */
  'Job ID'?: string;
  /** Name of the job. */
  'Job Name'?: string;
  /** Compute configuration of the job. */
  Compute?: string;
  /** Schedule details, if configured for the job. */
  Schedule?: string;
  /** ID of a specific job run instance. */
  'Run ID'?: string;
  /** Status of the job execution. */
  JobRunStatus?: string;
  /** Logs from the notebook run. */
  Logs?: string;
  /** Time taken for job execution. */
  JobExecutionDurationInSecs?: number;
  /** Total Duration of the job operation including session. */
  JobTotalDurationInSecs?: number;
  /** Start time of the job. */
  JobStartTime?: string;
  /** End time of the job. */
  JobEndTime?: string;
  /** Interface from where the job operation was done. */
  Interface?: string;
  /** The list of workspaces read by the job. */
  DatabasesRead?: string[];
  /** The list of workspaces written to by the job */
  DatabasesWrite?: string[];
  /** The list of tables read by the job. */
  TablesRead?: string[];
  /** The list of tables written to by the job. */
  TablesWrite?: string[];
  /** KQL query or notebook executed in the job. */
  Query?: string;
}

/** SentinelKQLOnLake (Microsoft Sentinel data lake and graph schema). */
export interface SentinelKQLOnLakeRecord extends AuditRecord {
  /** Timestamp of KQL query execution. */
  EventTime?: string;
  /** The workspaces the KQL query ran on. */
  DatabaseName?: string[];
  /** Output Table Count. */
  ResultTableCount?: number;
  /** Response from executing the KQL query. */
  QueryResponse?: string;
  /** Total Rows returned from query execution. List of values if multiple queries executed at once. */
  TotalRows?: number[];
  /** The entity that caused the query to fail. For example, if the query result is too large, the ComponentFault is 'Client'. If an internal error occurred, the ComponentFault is 'Server'. */
  ComponentFault?: string;
  /** If KQL query failed, the reason for failure. */
  FailureReason?: string;
  /** Time taken for query execution, in milliseconds. */
  ExecutionDuration?: number;
  /** Total CPU Duration of the run. */
  TotalCPU?: number;
  /** Memory Peak of the KQL query execution. */
  MemoryPeak?: number;
  /** Interface from where the KQL query was executed. */
  Interface?: string;
  /** The list of tables read in the KQL query. */
  TablesRead?: string[];
  /** The KQL query executed in scrubbed form. */
  QueryText?: string;
}

/** SentinelLakeOnboarding (Microsoft Sentinel data lake and graph schema). */
export interface SentinelLakeOnboardingRecord extends AuditRecord {
  /** Azure subscription chosen for Sentinel data lake billing. */
  BillingAzureSubscriptionId?: string;
  /** Azure resource group chosen for Sentinel data lake billing. */
  BillingAzureResourceGroupName?: string;
  /** Tenant ID associated with the lake setup or update. */
  TenantId?: string;
  /** Status of provisioning the lake. */
  ProvisioningStatus?: string;
}

/** SentinelAITool (Microsoft Sentinel data lake and graph schema). */
export interface SentinelAIToolRecord extends AuditRecord {
  /** Timestamp of the operation. */
  EventOccurenceTime?: string;
  /** Identifier of the AI Tool. */
  ToolID?: string;
  /** Name of the AI Tool. */
  ToolName?: string;
  /** Interface from where the AI Tool was run. */
  Interface?: string;
  /** Parameters given to the tool. */
  InputParameters?: string;
  /** The list of databases read from in the run. */
  DatabasesRead?: string[];
  /** The list of tables read from in the run. */
  TablesRead?: string[];
  /** APIs called by the AI Tool. */
  APIsCalled?: string[];
  /** If the run failed, the reason for failure. */
  FailureReason?: string;
  /** Total Rows returned. */
  TotalRows?: number[];
  /** Total GBs Scanned. */
  DataScanned?: number;
  /** Time taken for query execution, in milliseconds. */
  ExecutionDuration?: number;
  /** Total CPU Duration of the run. */
  TotalCpuHours?: number;
  /** Total SCUs used in the run. */
  TotalSCUHours?: number;
}

/** SentinelGraph (Microsoft Sentinel data lake and graph schema). */
export interface SentinelGraphRecord extends AuditRecord {
  /** Timestamp of the operation. */
  EventTime?: string;
  /** Name of the graph instance. */
  GraphName?: string;
  /** Parameters of graph action. */
  OperationInput?: string;
  /** Collection of response metadata. */
  'GraphQuery Stats'?: string;
  /** Response of the query or action on graph. */
  'GraphQuery Status'?: string;
  /** Interface from where the graph action was taken. */
  Interface?: string;
}

/** DataScanClassification schema (Purview On-demand classification schema). */
export interface DataScanClassificationRecord extends AuditRecord {
  /** Details about sensitive information found in the file after the scan. */
  ClassificationInfo?: SensitiveInformation[];
  /** The guid of the On-demand classification scan. */
  PolicyId?: string;
  /** Whether scan was executed for specific classifiers or all. */
  ClassificationMode?: number;
  /** Comparison of sensitive info discovered before and after the scan. */
  ClassificationPosture?: number;
  /** File classification status. */
  ClassificationResult?: number;
  /** Describes metadata about the document in SharePoint or OneDrive that contained the sensitive information. */
  DocumentMetaData?: unknown;
  /** Details about sensitive information found in the file after the scan. */
  PreviousClassificationInfo?: SensitiveInformation[];
}

/** DocumentMetaData complex type (Purview On-demand classification schema). */
export interface DocumentMetaData {
  /** Datetimestamp in UTC of when event logged. */
  itemCreationTime?: string;
  /** The GUID of the site collection. */
  SiteCollectionGuid?: string;
  /** Name of the SharePoint site. */
  SiteCollectionUrl?: string;
  /** Name of the path. */
  FileName?: string;
  /** The document owner. */
  FileOwner?: string;
  /** Email address of document owner. */
  FileOwnerEmail?: string;
  /** The URL of the document */
  FilePathUrl?: string;
  /** The user who last modified the document. */
  DocumentLastModifier?: string;
  /** A guid that identifies the file. */
  UniqueId?: string;
  /** Timestamp in UTC for when doc was last modified. */
  LastModifiedTime?: string;
  [field: string]: unknown;
}

/** PurviewPostureAgent schema. */
export interface PurviewPostureAgentRecord extends AuditRecord {
  /** Unique identifier for the exploration event. */
  DiscoveryId?: string;
  /** The previous label value before the change. */
  OldLabel?: string;
  /** The new label value after the change. */
  NewLabel?: string;
  /** The name of the file associated with the posture agent event. */
  FileName?: string;
}

/** PostureAgentSearchLocation complex type (PurviewPostureAgent schema). */
export interface PostureAgentSearchLocation {
  /** The type of the search location. */
  Type?: string;
  /** The identifier of the search location. */
  Id?: string;
  [field: string]: unknown;
}

/** Dragon Copilot Admin schema. */
export interface DragonCopilotAdminRecord extends AuditRecord {
  /** The Dragon Copilot environment GUID. Enables customers to scope or filter audit logs by organizational unit. Only present for environment-scoped operations. */
  EnvironmentId?: string;
  /** The Dragon Copilot product the operation is scoped to. Possible values: `Physician`, `Nursing`, `Radiology`. Only present when the operation is product-scoped (for example, `ProvisionedProduct`, `DeprovisionedProduct`). */
  ProductType?: string;
  /** This property is included for certain admin events. The property includes the name of the property that was modified, the new value of the modified property, and the previous value of the modified property. */
  ModifiedProperties?: (ModifiedProperty | string)[];
}

/** Which schema the records of a type have, where the documents give it. */
export interface RecordSchemas {
  ExchangeAdmin: ExchangeAdminRecord;
  ExchangeItem: ExchangeMailboxAuditRecord;
  ExchangeItemGroup: ExchangeMailboxAuditGroupRecord;
  SharePoint: SharePointRecord;
  SharePointFileOperation: SharePointFileOperationRecord;
  OneDrive: SharePointRecord;
  AzureActiveDirectory: AzureActiveDirectoryRecord;
  AzureActiveDirectoryAccountLogon: AzureActiveDirectoryAccountLogonRecord;
  DataCenterSecurityCmdlet: DataCenterSecurityCmdletRecord;
  ComplianceDLPSharePoint: DLPRecord;
  ComplianceDLPExchange: DLPRecord;
  SharePointSharingOperation: SharePointSharingOperationRecord;
  AzureActiveDirectoryStsLogon: AzureActiveDirectoryStsLogonRecord;
  SecurityComplianceCenterEOPCmdlet: SecurityAndComplianceCenterRecord;
  ExchangeAggregatedOperation: ExchangeAggregatedOperationRecord;
  PowerBIAudit: PowerBIRecord;
  CRM: Dynamics365EntityOperationRecord;
  Yammer: VivaEngageRecord;
  Discovery: EDiscoveryRecord;
  MicrosoftTeams: MicrosoftTeamsRecord;
  ThreatIntelligence: ThreatIntelligenceRecord;
  ComplianceDLPSharePointClassification: DLPRecord;
  Project: ProjectRecord;
  SharePointListOperation: SharePointListOperationRecord;
  SecurityComplianceAlerts: SecurityAndComplianceAlertsRecord;
  ThreatIntelligenceUrl: ThreatIntelligenceUrlRecord;
  MIPLabel: MIPLabelRecord;
  WorkplaceAnalytics: VivaInsightsRecord;
  ThreatIntelligenceAtpContent: ThreatIntelligenceAtpContentRecord;
  ExchangeItemAggregated: ExchangeAggregatedMailboxAuditRecord;
  HygieneEvent: HygieneEventsRecord;
  DLPEndpoint: DLPRecord;
  AirInvestigation: AirInvestigationRecord;
  Quarantine: QuarantineRecord;
  MicrosoftForms: MicrosoftFormsRecord;
  ComplianceSupervisionExchange: CommunicationComplianceExchangeRecord;
  AttackSim: AttackSimRecord;
  UserTraining: UserTrainingRecord;
  ComplianceDLPExchangeClassification: DLPRecord;
  CoreReportingSettings: ReportsRecord;
  ComplianceConnector: ComplianceConnectorRecord;
  OMEPortal: EncryptedMessagePortalEventsRecord;
  DataShareOperation: DataShareOperationAuditRecord;
  EduDataLakeDownloadOperation: DataLakeExportOperationAuditRecord;
  PlannerPlan: PlannerPlanRecord;
  PlannerCopyPlan: PlannerCopyPlanRecord;
  PlannerTask: PlannerTaskRecord;
  PlannerRoster: PlannerRosterRecord;
  PlannerPlanList: PlannerPlanListRecord;
  PlannerTaskList: PlannerTaskListRecord;
  PlannerTenantSettings: PlannerTenantSettingsRecord;
  ProjectForTheWebProject: ProjectForThewebProjectRecord;
  ProjectForTheWebTask: ProjectForThewebTaskRecord;
  ProjectForTheWebRoadmap: ProjectForThewebRoadmapRecord;
  ProjectForTheWebRoadmapItem: ProjectForThewebRoadmapItemRecord;
  ProjectForTheWebProjectSettings: ProjectForThewebProjectSettingRecord;
  ProjectForTheWebRoadmapSettings: ProjectForThewebRoadmapSettingRecord;
  VivaGoals: VivaGoalsRecord;
  AttackSimAdmin: AttackSimAdminRecord;
  PlannerRosterSensitivityLabel: PlannerRosterSensitivityLabelRecord;
  OWAAuth: OWAAuthRecord;
  SharePointESignature: ESignatureRecord;
  VivaPulseResponse: VivaPulseRecord;
  VivaPulseOrganizer: VivaPulseRecord;
  VivaPulseAdmin: VivaPulseRecord;
  VivaPulseReport: VivaPulseRecord;
  ProjectForTheWebAssignedToMeSettings: ProjectForThewebAssignedToMeSettingRecord;
  CPSOperation: PolicyConfigChangeAuditRecord;
  AadRiskDetection: MicrosoftEntraRiskDetectionRecord;
  Microsoft365BackupBackupPolicy: BackupPolicyRecord;
  Microsoft365BackupRestoreTask: RestoreTaskRecord;
  Microsoft365BackupRestoreItem: RestoreItemRecord;
  Microsoft365BackupBackupItem: BackupItemRecord;
  CloudUpdateProfileConfig: CloudUpdateProfileConfigAuditRecord;
  CloudUpdateTenantConfig: CloudUpdateTenantConfigAuditRecord;
  CloudUpdateDeviceConfig: CloudUpdateDeviceConfigAuditRecord;
  VivaGlintAdvancedConfiguration: VivaGlintRecord;
  VivaGlintPulseProgram: VivaGlintRecord;
  VivaGlintPulseProgramRespondentRate: VivaGlintRecord;
  VivaGlintQuestion: VivaGlintRecord;
  VivaGlintRole: VivaGlintRecord;
  VivaGlintRubicon: VivaGlintRecord;
  VivaGlintSupportAccess: VivaGlintRecord;
  VivaGlintSystem: VivaGlintRecord;
  VivaGlintUser: VivaGlintRecord;
  VivaGlintUserGroup: VivaGlintRecord;
  VivaGlintFeedbackProgram: VivaGlintRecord;
  WebContentFiltering: MicrosoftEdgeWebContentFilteringRecord;
  OnDemandSharePointClassification: DataScanClassificationRecord;
  Microsoft365CopilotScheduledPrompt: Microsoft365CopilotScheduledPromptRecord;
  PlacesDirectory: MicrosoftPlacesDirectoryRecord;
  SentinelNotebookOnLake: SentinelNotebookOnLakeRecord;
  SentinelJob: SentinelJobRecord;
  SentinelGraph: SentinelGraphRecord;
  SentinelKQLOnLake: SentinelKQLOnLakeRecord;
  SentinelLakeOnboarding: SentinelLakeOnboardingRecord;
  PlannerGoal: PlannerGoalRecord;
  PlannerGoalList: PlannerGoalListRecord;
  AgentAdminActivity: AgentAdminActivityRecord;
  AgentSettingsAdminActivity: AgentSettingsAdminActivityRecord;
  PlannerChatMessage: PlannerChatMessageRecord;
  PlannerChatMessageList: PlannerChatMessageListRecord;
  SentinelAITool: SentinelAIToolRecord;
  Microsoft365BackupGranularBrowseTask: GranularBrowseTaskRecord;
  PurviewPostureAgent: PurviewPostureAgentRecord;
  TeamsEvalDataHubDataAccess: TeamsEvaluationDataHubRecord;
  TeamsEvalDataHubPermissionChange: TeamsEvaluationDataHubRecord;
  DragonCopilotAdmin: DragonCopilotAdminRecord;
  MicrosoftTeamsUserConcern: MicrosoftTeamsUserConcernRecord;
  VivaGlintAgenticCampaign: VivaGlintRecord;
}
