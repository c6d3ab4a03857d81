// Made by scripts/generate-records.ts from data/ (see data/NOTICE.md). Do not edit.

export const UserType = {
  /** A regular user without admin permissions. */
  Regular: 0,
  /** A reserved value, not for use. */
  Reserved: 1,
  /** An administrator in your Microsoft 365 organization. */
  Admin: 2,
  /** A Microsoft datacenter administrator or datacenter system account. */
  DcAdmin: 3,
  /** An audit event triggered by server-side logic. For example, Windows services or background processes. */
  System: 4,
  /** An audit event triggered by a Microsoft Entra application. */
  Application: 5,
  /** A service principal. */
  ServicePrincipal: 6,
  /** A customer created or managed policy. */
  CustomPolicy: 7,
  /** A Microsoft-managed or system policy. */
  SystemPolicy: 8,
  /** A partner tenant's user working on behalf of the customer tenant (in GDAPscenarios). */
  PartnerTechnician: 9,
  /** A guest or anonymous user. */
  Guest: 10,
} as const;
export type UserType = (typeof UserType)[keyof typeof UserType];

export const AuditLogScope = {
  /** This event was created by a Microsoft 365 service. */
  Online: 0,
  /** This event was created by an on-premises server. */
  Onprem: 1,
} as const;
export type AuditLogScope = (typeof AuditLogScope)[keyof typeof AuditLogScope];

export const ItemType = {
  /** The item is none of the other item types (that are listed in this table). */
  Invalid: 0,
  /** The item is a file. */
  File: 1,
  /** The item is a folder. */
  Folder: 5,
  /** The item is a web. */
  Web: 6,
  /** The item is a site. */
  Site: 7,
  /** The item is a tenant. */
  Tenant: 8,
  /** The item is a document library. */
  DocumentLibrary: 9,
  /** The item is a Page. */
  Page: 11,
} as const;
export type ItemType = (typeof ItemType)[keyof typeof ItemType];

export const EventSource = {
  /** The event source is SharePoint. */
  SharePoint: 0,
  /** The event source is ObjectModel. */
  ObjectModel: 1,
} as const;
export type EventSource = (typeof EventSource)[keyof typeof EventSource];

export const SharePointAuditOperation = {
  /** The recipient of an invitation to view or edit a shared file (or folder) has accessed the shared file by clicking on the link in the invitation. */
  AccessInvitationAccepted: 'AccessInvitationAccepted',
  /** User sends an invitation to another person (inside or outside their organization) to view or edit a shared file or folder on a SharePoint or OneDrive site. The details of the event entry identifies the name of the file that was shared, the user the invitation was sent to, and the type of the sharing permission selected by the person who sent the invitation. */
  AccessInvitationCreated: 'AccessInvitationCreated',
  /** An invitation sent to an external user expires. By default, an invitation sent to a user outside of your organization expires after 7 days if the invitation isn't accepted. */
  AccessInvitationExpired: 'AccessInvitationExpired',
  /** The site administrator or owner of a site or document in SharePoint or OneDrive withdraws an invitation that was sent to a user outside your organization. An invitation can be withdrawn only before it's accepted. */
  AccessInvitationRevoked: 'AccessInvitationRevoked',
  /** The user who created and sent an invitation to another person to view or edit a shared file or folder on a SharePoint or OneDrive site resent the invitation. */
  AccessInvitationUpdated: 'AccessInvitationUpdated',
  /** The site administrator or owner of a site or document in SharePoint or OneDrive approves a user request to access the site or document. */
  AccessRequestApproved: 'AccessRequestApproved',
  /** User requests access to a site or document in SharePoint or OneDrive that they don't have permission to access. */
  AccessRequestCreated: 'AccessRequestCreated',
  /** The site administrator or owner of a site or document in SharePoint declines a user request to access the site or document. */
  AccessRequestRejected: 'AccessRequestRejected',
  /** Users can browser-enable form templates that don't contain form code, require full trust, enable rendering on a mobile device, or use a data connection managed by a server administrator. */
  ActivationEnabled: 'ActivationEnabled',
  /** Term store administrator added. */
  AdministratorAddedToTermStore: 'AdministratorAddedToTermStore',
  /** Term store administrator deleted. */
  AdministratorDeletedFromTermStore: 'AdministratorDeletedFromTermStore',
  /** Site administrator or owner adds a permission level to a SharePoint or OneDrive site that allows a user assigned that permission to create a group for that site. */
  AllowGroupCreationSet: 'AllowGroupCreationSet',
  /** App catalog created to make custom business apps available for your SharePoint Environment. */
  AppCatalogCreated: 'AppCatalogCreated',
  /** Document LifeCycle Policy has been removed for a site collection. */
  AuditPolicyRemoved: 'AuditPolicyRemoved',
  /** Document LifeCycle Policy has been updated for a site collection. */
  AuditPolicyUpdate: 'AuditPolicyUpdate',
  /** A video portal owner has allowed video streaming from Azure. */
  AzureStreamingEnabledSet: 'AzureStreamingEnabledSet',
  /** The type of collaboration allowed on sites (for example, intranet, extranet, or public) has been modified. */
  CollaborationTypeModified: 'CollaborationTypeModified',
  /** User has either created, modified or deleted the link between a project and a project site or the user modifies the synchronization setting on the link in Project web app. */
  ConnectedSiteSettingModified: 'ConnectedSiteSettingModified',
  /** A SharePoint Embedded container type was created. */
  ContainerTypeCreated: 'ContainerTypeCreated',
  /** A SharePoint Embedded container type was deleted. */
  ContainerTypeDeleted: 'ContainerTypeDeleted',
  /** The owners of a SharePoint Embedded container type were updated. */
  ContainerTypeOwnersUpdated: 'ContainerTypeOwnersUpdated',
  /** A SharePoint Embedded container type was updated. */
  ContainerTypeUpdated: 'ContainerTypeUpdated',
  /** Target application created in Secure store service. */
  CreateSSOApplication: 'CreateSSOApplication',
  /** User created a custom field or lookup table/item in Project web app. */
  CustomFieldOrLookupTableCreated: 'CustomFieldOrLookupTableCreated',
  /** User deleted a custom field or lookup table/item in Project web app. */
  CustomFieldOrLookupTableDeleted: 'CustomFieldOrLookupTableDeleted',
  /** User modified a custom field or lookup table/item in Project web app. */
  CustomFieldOrLookupTableModified: 'CustomFieldOrLookupTableModified',
  /** Global administrator customized the list of exempt user agents in SharePoint admin center. You can specify which user agents to exempt from receiving an entire web page to index. This configuration means when an exempt user agent encounters an InfoPath form, the form is returned as an XML file instead of an entire web page. This result makes indexing InfoPath forms faster. */
  CustomizeExemptUsers: 'CustomizeExemptUsers',
  /** User created or modified a security delegate in Project web app. */
  DelegateModified: 'DelegateModified',
  /** User deleted a security delegate in Project web app. */
  DelegateRemoved: 'DelegateRemoved',
  /** An SSO application was deleted. */
  DeleteSSOApplication: 'DeleteSSOApplication',
  /** An In-Place Hold was placed on a content source. In-Place Holds are managed by using an eDiscovery site collection (such as the eDiscovery Center) in SharePoint. */
  eDiscoveryHoldApplied: 'eDiscoveryHoldApplied',
  /** An In-Place Hold was removed from a content source. In-Place Holds are managed by using an eDiscovery site collection (such as the eDiscovery Center) in SharePoint. */
  eDiscoveryHoldRemoved: 'eDiscoveryHoldRemoved',
  /** An eDiscovery search was performed using an eDiscovery site collection in SharePoint. */
  eDiscoverySearchPerformed: 'eDiscoverySearchPerformed',
  /** User accepts a resource engagement in Project web app. */
  EngagementAccepted: 'EngagementAccepted',
  /** User modifies a resource engagement in Project web app. */
  EngagementModified: 'EngagementModified',
  /** User rejects a resource engagement in Project web app. */
  EngagementRejected: 'EngagementRejected',
  /** User copies, modifies or delete an enterprise calendar in Project web app. */
  EnterpriseCalendarModified: 'EnterpriseCalendarModified',
  /** User deletes a timesheet in Project web app. */
  EntityDeleted: 'EntityDeleted',
  /** User forces a check-in on a calendar, custom field or lookup table in Project web app. */
  EntityForceCheckedIn: 'EntityForceCheckedIn',
  /** Global administrator adds a user agent to the list of exempt user agents in the SharePoint admin center. */
  ExemptUserAgentSet: 'ExemptUserAgentSet',
  /** Site admin activates a site collection feature. */
  FeatureActivated: 'FeatureActivated',
  /** Site admin deactivates a site collection feature. */
  FeatureDeactivated: 'FeatureDeactivated',
  /** User or system account accesses a file on a SharePoint or OneDrive site. System accounts can also generate FileAccessed events. */
  FileAccessed: 'FileAccessed',
  /** User discards a checked out file. That means any changes they made to the file when it was checked out are discarded, and not saved to the version of the document in the document library. */
  FileCheckOutDiscarded: 'FileCheckOutDiscarded',
  /** User checks in a document that they checked out from a SharePoint or OneDrive document library. */
  FileCheckedIn: 'FileCheckedIn',
  /** User checks out a document located in a SharePoint or OneDrive document library. Users can check out and make changes to documents that have been shared with them. */
  FileCheckedOut: 'FileCheckedOut',
  /** User copies a document from a SharePoint or OneDrive site. The copied file can be saved to another folder on the site. */
  FileCopied: 'FileCopied',
  /** User deletes a document from a SharePoint or OneDrive site. */
  FileDeleted: 'FileDeleted',
  /** User deletes a file from the recycle bin on a SharePoint or OneDrive site. */
  FileDeletedFirstStageRecycleBin: 'FileDeletedFirstStageRecycleBin',
  /** User deletes a file from the second-stage recycle bin on a SharePoint or OneDrive site. */
  FileDeletedSecondStageRecycleBin: 'FileDeletedSecondStageRecycleBin',
  /** User downloads a document from a SharePoint or OneDrive site. */
  FileDownloaded: 'FileDownloaded',
  /** This event has been replaced by the FileAccessed event, and has been deprecated. */
  FileFetched: 'FileFetched',
  /** User or system account modifies the content or the properties of a document located on a SharePoint or OneDrive site. */
  FileModified: 'FileModified',
  /** User moves a document from its current location on a SharePoint or OneDrive site to a new location. */
  FileMoved: 'FileMoved',
  /** User previews a document on a SharePoint or OneDrive site. */
  FilePreviewed: 'FilePreviewed',
  /** User moves a document into the SharePoint or OneDrive Recycle Bin. */
  FileRecycled: 'FileRecycled',
  /** User renames a document on a SharePoint or OneDrive site. */
  FileRenamed: 'FileRenamed',
  /** User restores a document from the recycle bin of a SharePoint or OneDrive site. */
  FileRestored: 'FileRestored',
  /** User downloads a file to their computer from a SharePoint document library or OneDrive using OneDrive sync app (OneDrive.exe). */
  FileSyncDownloadedFull: 'FileSyncDownloadedFull',
  /** This event has been deprecated along with the old OneDrive sync app (Groove.exe). */
  FileSyncDownloadedPartial: 'FileSyncDownloadedPartial',
  /** User uploads a new file or changes to a file in SharePoint document library or OneDrive using OneDrive sync app (OneDrive.exe). */
  FileSyncUploadedFull: 'FileSyncUploadedFull',
  /** This event has been deprecated along with the old OneDrive sync app (Groove.exe). */
  FileSyncUploadedPartial: 'FileSyncUploadedPartial',
  /** User uploads a document to a folder on a SharePoint or OneDrive site. */
  FileUploaded: 'FileUploaded',
  /** This event has been replaced by the FileAccessed event, and has been deprecated. */
  FileViewed: 'FileViewed',
  /** User copies a folder from a SharePoint or OneDrive site to another location in SharePoint or OneDrive. */
  FolderCopied: 'FolderCopied',
  /** User creates a folder on a SharePoint or OneDrive site. */
  FolderCreated: 'FolderCreated',
  /** User deletes a folder from a SharePoint or OneDrive site. */
  FolderDeleted: 'FolderDeleted',
  /** User deletes a folder from the recycle bin on a SharePoint or OneDrive site . */
  FolderDeletedFirstStageRecycleBin: 'FolderDeletedFirstStageRecycleBin',
  /** User deletes a folder from the second-stage recycle bin on a SharePoint or OneDrive site. */
  FolderDeletedSecondStageRecycleBin: 'FolderDeletedSecondStageRecycleBin',
  /** User modifies a folder on a SharePoint or OneDrive site. This event includes folder metadata changes, such as tags and properties. */
  FolderModified: 'FolderModified',
  /** User moves a folder from a SharePoint or OneDrive site. */
  FolderMoved: 'FolderMoved',
  /** User moves a folder into the SharePoint or OneDrive Recycle Bin. */
  FolderRecycled: 'FolderRecycled',
  /** User renames a folder on a SharePoint or OneDrive site. */
  FolderRenamed: 'FolderRenamed',
  /** User restores a folder from the Recycle Bin on a SharePoint or OneDrive site. */
  FolderRestored: 'FolderRestored',
  /** Site administrator or owner creates a group for a SharePoint or OneDrive site, or performs a task that results in a group being created. For example, the first time a user creates a link to share a file, a system group is added to the user's OneDrive site. This event can also be a result of a user creating a link with edit permissions to a shared file. */
  GroupAdded: 'GroupAdded',
  /** User deletes a group from a SharePoint or OneDrive site. */
  GroupRemoved: 'GroupRemoved',
  /** Site administrator or owner changes the settings of a group for a SharePoint or OneDrive site. This can include changing the group's name, who can view or edit the group membership, and how membership requests are handled. */
  GroupUpdated: 'GroupUpdated',
  /** Language added to the terminology store. */
  LanguageAddedToTermStore: 'LanguageAddedToTermStore',
  /** Language removed from the terminology store. */
  LanguageRemovedFromTermStore: 'LanguageRemovedFromTermStore',
  /** Site administrator or owner adds the SharePoint Workflow Task content type to the site. Global administrators can also enable work flows for the entire organization in the SharePoint admin center. */
  LegacyWorkflowEnabledSet: 'LegacyWorkflowEnabledSet',
  /** User modifies a quick launch, Gantt chart formats, or group formats. Or the user creates, modifies, or deletes a view in Project web app. */
  LookAndFeelModified: 'LookAndFeelModified',
  /** User successfully establishes a sync relationship with a SharePoint or OneDrive site. The sync relationship is successful because the user's computer is a member of a domain that's been added to the list of domains (called the safe recipients list) that can access document libraries in your organization. For more information, see Get started with SharePoint Online Management Shell to enable OneDrive sync for domains that are on the safe recipients list. */
  ManagedSyncClientAllowed: 'ManagedSyncClientAllowed',
  /** The maximum quota for a site has been modified. */
  MaxQuotaModified: 'MaxQuotaModified',
  /** The maximum allowable resource usage for a site has been modified. */
  MaxResourceUsageModified: 'MaxResourceUsageModified',
  /** The flag enabling users to have public MySites has been set by the SharePoint administrator. */
  MySitePublicEnabledSet: 'MySitePublicEnabledSet',
  /** Site administrator or owner enables RSS feeds for a SharePoint or OneDrive site. Global administrators can enable RSS feeds for the entire organization in the SharePoint admin center. */
  NewsFeedEnabledSet: 'NewsFeedEnabledSet',
  /** New UI for OneDrive has been enabled. */
  ODBNextUXSettings: 'ODBNextUXSettings',
  /** Site administrator enables Office on Demand, which lets users access the latest version of Office desktop applications. Office on Demand is enabled in the SharePoint admin center and requires an Office 365 subscription that includes full, installed Office applications. */
  OfficeOnDemandSet: 'OfficeOnDemandSet',
  /** User views a page on a SharePoint site or OneDrive site. This does not include viewing document library files from a SharePoint site or One Drive for Business site on a browser. */
  PageViewed: 'PageViewed',
  /** Site administrator creates or changes the result source for People Searches for a SharePoint site. */
  PeopleResultsScopeSet: 'PeopleResultsScopeSet',
  /** User modifies the project permission sync settings in Project web app. */
  PermissionSyncSettingModified: 'PermissionSyncSettingModified',
  /** User creates, modifies or deletes a permissions template in Project web app. */
  PermissionTemplateModified: 'PermissionTemplateModified',
  /** User accesses portfolio content (driver library, driver prioritization, portfolio analyses) in Project web app. */
  PortfolioDataAccessed: 'PortfolioDataAccessed',
  /** User creates, modifies, or deletes portfolio data (driver library, driver prioritization, portfolio analyses) in Project web app. */
  PortfolioDataModified: 'PortfolioDataModified',
  /** Site administrator enables document preview for a SharePoint site. */
  PreviewModeEnabledSet: 'PreviewModeEnabledSet',
  /** User accesses project content in Project web app. */
  ProjectAccessed: 'ProjectAccessed',
  /** User checks in a project that they checked out from a Project web app. */
  ProjectCheckedIn: 'ProjectCheckedIn',
  /** User checks out a project located in a Project web app. Users can check out and make changes to projects that they have permission to open. */
  ProjectCheckedOut: 'ProjectCheckedOut',
  /** User creates a project in Project web app. */
  ProjectCreated: 'ProjectCreated',
  /** User deletes a project in Project web app. */
  ProjectDeleted: 'ProjectDeleted',
  /** User forces a check in on a project in Project web app. */
  ProjectForceCheckedIn: 'ProjectForceCheckedIn',
  /** User modifies a project in Project web app. */
  ProjectModified: 'ProjectModified',
  /** User publishes a project in Project web app. */
  ProjectPublished: 'ProjectPublished',
  /** User restarts a workflow in Project web app. */
  ProjectWorkflowRestarted: 'ProjectWorkflowRestarted',
  /** User access the Project web app settings via CSOM. */
  PWASettingsAccessed: 'PWASettingsAccessed',
  /** User modifies the a Project web app configuration. */
  PWASettingsModified: 'PWASettingsModified',
  /** User cancels or restarts a queue job in Project web app. */
  QueueJobStateModified: 'QueueJobStateModified',
  /** Storage quota warning modified. */
  QuotaWarningEnabledModified: 'QuotaWarningEnabledModified',
  /** Browser-enabled form templates are rendered by InfoPath forms services. */
  RenderingEnabled: 'RenderingEnabled',
  /** User accessed the reporting endpoint in Project web app. */
  ReportingAccessed: 'ReportingAccessed',
  /** User modifies the reporting configuration in Project web app. */
  ReportingSettingModified: 'ReportingSettingModified',
  /** User accesses an enterprise resource content in Project web app. */
  ResourceAccessed: 'ResourceAccessed',
  /** User checks in an enterprise resource that they checked out from Project web app. */
  ResourceCheckedIn: 'ResourceCheckedIn',
  /** User checks out an enterprise resource located in Project web app. */
  ResourceCheckedOut: 'ResourceCheckedOut',
  /** User creates an enterprise resource in Project web app. */
  ResourceCreated: 'ResourceCreated',
  /** User deletes an enterprise resource in Project web app. */
  ResourceDeleted: 'ResourceDeleted',
  /** User forces a check in of an enterprise resource in Project web app. */
  ResourceForceCheckedIn: 'ResourceForceCheckedIn',
  /** User modifies an enterprise resource in Project web app. */
  ResourceModified: 'ResourceModified',
  /** User checks in or out a resource plan in Project web app. */
  ResourcePlanCheckedInOrOut: 'ResourcePlanCheckedInOrOut',
  /** User modifies a resource plan in Project web app. */
  ResourcePlanModified: 'ResourcePlanModified',
  /** User publishes a resource plan in Project web app. */
  ResourcePlanPublished: 'ResourcePlanPublished',
  /** User redacts an enterprise resource removing all personal information in Project web app. */
  ResourceRedacted: 'ResourceRedacted',
  /** Resource quota warning modified. */
  ResourceWarningEnabledModified: 'ResourceWarningEnabledModified',
  /** Group credentials set in Secure store service. */
  SSOGroupCredentialsSet: 'SSOGroupCredentialsSet',
  /** User credentials set in Secure store service. */
  SSOUserCredentialsSet: 'SSOUserCredentialsSet',
  /** Search center URL set. */
  SearchCenterUrlSet: 'SearchCenterUrlSet',
  /** A user has added a secondary owner to their MySite. */
  SecondaryMySiteOwnerSet: 'SecondaryMySiteOwnerSet',
  /** User creates, modifies or deletes a security category in Project web app. */
  SecurityCategoryModified: 'SecurityCategoryModified',
  /** User creates, modifies or deletes a security group in Project web app. */
  SecurityGroupModified: 'SecurityGroupModified',
  /** Global administrator creates a new Send To connection on the Records management page in the SharePoint admin center. A Send To connection specifies settings for a document repository or a records center. When you create a Send To connection, a Content Organizer can submit documents to the specified location. */
  SendToConnectionAdded: 'SendToConnectionAdded',
  /** Global administrator deletes a Send To connection on the Records management page in the SharePoint admin center. */
  SendToConnectionRemoved: 'SendToConnectionRemoved',
  /** User creates a link to a shared file in SharePoint or OneDrive. This link can be sent to other people to give them access to the file. A user can create two types of links: a link that allows a user to view and edit the shared file, or a link that allows the user to just view the file. */
  SharedLinkCreated: 'SharedLinkCreated',
  /** User disables (permanently) a link that was created to share a file. */
  SharedLinkDisabled: 'SharedLinkDisabled',
  /** User unshared a file or folder that was previously shared with other users. This event is logged when a user stops sharing a file with other users. */
  SharingRevoked: 'SharingRevoked',
  /** User shares a file or folder located in SharePoint or OneDrive with another user inside their organization. */
  SharingSet: 'SharingSet',
  /** User requests to be added as a site collection administrator for a SharePoint site collection. Site collection administrators have full control permissions for the site collection and all subsites. */
  SiteAdminChangeRequest: 'SiteAdminChangeRequest',
  /** Global administrator creates a new site collection in your SharePoint organization. */
  SiteCollectionCreated: 'SiteCollectionCreated',
  /** A SharePoint or global administrator permanently deletes a site from SharePoint Admin Center Deleted Sites. */
  SitePermanentlyDeleted: 'SitePermanentlyDeleted',
  /** Site administrator or owner renames a SharePoint or OneDrive site */
  SiteRenamed: 'SiteRenamed',
  /** A SharePoint or global administrator restores a site from SharePoint Admin Center Deleted Sites. */
  SiteRestored: 'SiteRestored',
  /** User creates, modifies or deletes a status report in Project web app. */
  StatusReportModified: 'StatusReportModified',
  /** User clicks Sync in the action tray on in SharePoint or OneDrive to synchronize any changes to file in a document library to their computer. */
  SyncGetChanges: 'SyncGetChanges',
  /** The Syntex Billing subscription settings have changed. This event is triggered when a Syntex trial expires. */
  SyntexBillingSubscriptionSettingsChanged: 'SyntexBillingSubscriptionSettingsChanged',
  /** User accesses the status of one or more tasks in Project web app. */
  TaskStatusAccessed: 'TaskStatusAccessed',
  /** User approves a status update of one or more tasks in Project web app. */
  TaskStatusApproved: 'TaskStatusApproved',
  /** User rejects a status update of one or more tasks in Project web app. */
  TaskStatusRejected: 'TaskStatusRejected',
  /** User saves a status update of one or more tasks in Project web app. */
  TaskStatusSaved: 'TaskStatusSaved',
  /** User submits a status update of one or more tasks in Project web app. */
  TaskStatusSubmitted: 'TaskStatusSubmitted',
  /** A SharePoint administrator, global administrator, or brand manager creates a custom theme that applies across all SharePoint sites in your organization. */
  TenantWideThemeCreated: 'TenantWideThemeCreated',
  /** A SharePoint administrator, global administrator, or brand manager deletes a custom theme that applies across all SharePoint sites in your organization. */
  TenantWideThemeDeleted: 'TenantWideThemeDeleted',
  /** A SharePoint administrator, global administrator, or brand manager updates a custom theme that applies across all SharePoint sites in your organization. */
  TenantWideThemeUpdated: 'TenantWideThemeUpdated',
  /** User accesses a timesheet in Project web app. */
  TimesheetAccessed: 'TimesheetAccessed',
  /** User approves timesheet in Project web app. */
  TimesheetApproved: 'TimesheetApproved',
  /** User rejects a timesheet in Project web app. */
  TimesheetRejected: 'TimesheetRejected',
  /** User saves a timesheet in Project web app. */
  TimesheetSaved: 'TimesheetSaved',
  /** User submits a status timesheet in Project web app. */
  TimesheetSubmitted: 'TimesheetSubmitted',
  /** User tries to establish a sync relationship with a SharePoint or OneDrive site from a computer that isn't a member of your organization's domain or is a member of a domain that hasn't been added to the list of domains (called the safe recipients list) that can access document libraries in your organization. The sync relationship is not allowed, and the user's computer is blocked from syncing, downloading, or uploading files on a document library. */
  UnmanagedSyncClientBlocked: 'UnmanagedSyncClientBlocked',
  /** A SharePoint or global administrator enables or disables site branding. */
  UpdateDisableSiteBranding: 'UpdateDisableSiteBranding',
  /** Target application updated in Secure store service. */
  UpdateSSOApplication: 'UpdateSSOApplication',
  /** Site administrator or owner adds a person to a group on a SharePoint or OneDrive site. Adding a person to a group grants the user the permissions that were assigned to the group. */
  UserAddedToGroup: 'UserAddedToGroup',
  /** Site administrator or owner removes a person from a group on a SharePoint or OneDrive site. After the person is removed, they no longer are granted the permissions that were assigned to the group. */
  UserRemovedFromGroup: 'UserRemovedFromGroup',
  /** A SharePoint or global administrator, or a site owner applies a web theme. */
  WebThemeApplied: 'WebThemeApplied',
  /** User creates, modifies, or deletes an Enterprise Project Type or Workflow phases or stages in Project web app. */
  WorkflowModified: 'WorkflowModified',
} as const;
export type SharePointAuditOperation =
  (typeof SharePointAuditOperation)[keyof typeof SharePointAuditOperation];

export const ProjectAction = {
  /** The user accepted an event or workflow. */
  Accepted: 'Accepted',
  /** The user accessed an entity. */
  Accessed: 'Accessed',
  /** The user activated an entity, event or workflow. */
  Activated: 'Activated',
  /** The user cancelled an event or workflow. */
  Cancelled: 'Cancelled',
  /** The user check in an entity. */
  CheckedIn: 'CheckedIn',
  /** The user checkout an entity. */
  CheckedOut: 'CheckedOut',
  /** The user copied an entity. */
  Copied: 'Copied',
  /** The user created an entity. */
  Created: 'Created',
  /** The user deactivated an entity. */
  Deactivated: 'Deactivated',
  /** The user deleted an entity. */
  Deleted: 'Deleted',
  /** The user exported an entity. */
  Exported: 'Exported',
  /** The user caused an entity to be force checked in. */
  ForceCheckedIn: 'ForceCheckedIn',
  /** The user modified an entity. */
  Modified: 'Modified',
  /** The user published an entity. */
  Published: 'Published',
  /** The user redacted an entity. */
  Redacted: 'Redacted',
  /** The user rejected an entity. */
  Rejected: 'Rejected',
  /** The user restarted an event or workflow. */
  Restarted: 'Restarted',
  /** The user saved an entity. */
  Saved: 'Saved',
  /** The user sent an entity. */
  Sent: 'Sent',
  /** The user submitted an entity for review or workflow. */
  Submitted: 'Submitted',
} as const;
export type ProjectAction = (typeof ProjectAction)[keyof typeof ProjectAction];

export const ProjectEntity = {
  /** Represents an enterprise custom field. */
  CustomField: 'CustomField',
  /** Represents a portfolio driver. */
  Driver: 'Driver',
  /** Represents a portfolio prioritization. */
  DriverPrioritization: 'DriverPrioritization',
  /** Represents a resource engagement. */
  Engagement: 'Engagement',
  /** Represents a enterprise resource calendar. */
  EnterpriseCalendar: 'EnterpriseCalendar',
  /** Represents an enterprise project type. */
  EnterpriseProjectType: 'EnterpriseProjectType',
  /** Represents a fiscal period. */
  FiscalPeriod: 'FiscalPeriod',
  /** Represents a Gantt chart format. */
  GanttChartFormat: 'GanttChartFormat',
  /** Represents a view grouping format. */
  GroupingFormat: 'GroupingFormat',
  /** Represents a timesheet line classification. */
  LineClassification: 'LineClassification',
  /** Represents a enterprise lookup table. */
  LookupTable: 'LookupTable',
  /** Represents a security permission template. */
  PermissionTemplate: 'PermissionTemplate',
  /** Represents a portfolio analysis. */
  PortfolioAnalysis: 'PortfolioAnalysis',
  /** Represents a project. */
  Project: 'Project',
  /** Represents a queue job. */
  QueueJob: 'QueueJob',
  /** Represents a quick launch item. */
  QuickLaunch: 'QuickLaunch',
  /** Represents the reporting endpoint. */
  Reporting: 'Reporting',
  /** Represents an enterprise resource. */
  Resource: 'Resource',
  /** Represents a resource plan associated with A project. */
  ResourcePlan: 'ResourcePlan',
  /** Represents a security category. */
  SecurityCategory: 'SecurityCategory',
  /** Represents a security group. */
  SecurityGroup: 'SecurityGroup',
  /** Represents a Project web app setting. */
  Setting: 'Setting',
  /** Represents a task status update. */
  Statusing: 'Statusing',
  /** Represents a status report. */
  StatusReport: 'StatusReport',
  /** Represents a period of time for a timesheet. */
  TimeReportingPeriod: 'TimeReportingPeriod',
  /** Represents a timesheet entity. */
  Timesheet: 'Timesheet',
  /** Represents a timesheet audit log. */
  TimesheetAuditLog: 'TimesheetAuditLog',
  /** Represents the manager of a timesheet. */
  TimesheetManager: 'TimesheetManager',
  /** Represents a user delegation for another user. */
  UserDelegate: 'UserDelegate',
  /** Represents a view definition. */
  View: 'View',
  /** Represents a phase in a workflow. */
  WorkflowPhase: 'WorkflowPhase',
  /** Represents a stage in a workflow. */
  WorkflowStage: 'WorkflowStage',
} as const;
export type ProjectEntity = (typeof ProjectEntity)[keyof typeof ProjectEntity];

export const LogonType = {
  /** The mailbox owner. */
  Owner: 0,
  /** A person with administrative privileges for someone's mailbox. */
  Admin: 1,
  /** A person with the delegate privileges for someone's mailbox. */
  Delegated: 2,
  /** A transport service in the Microsoft datacenter. */
  Transport: 3,
  /** A service account in the Microsoft datacenter */
  SystemService: 4,
  /** Reserved for internal use. */
  BestAccess: 5,
  /** A delegated administrator. */
  DelegatedAdmin: 6,
} as const;
export type LogonType = (typeof LogonType)[keyof typeof LogonType];

export const CredentialType = {
  /** Other authentication. */
  Other: -1,
  /** User credential is username and password. */
  Password: 0,
  /** User credential is mobile phone. */
  MobilePhone: 1,
  /** User credential is secret question. */
  SecretQuestion: 2,
  /** User credential is secure PIN. */
  SecurePin: 3,
  /** User credential is secure PIN reset. */
  SecurePinReset: 4,
  /** User credential is EasyID. */
  EasyID: 11,
  /** User credential is PasswordIndexCredentialType. */
  PasswordIndexCredentialType: 14,
  /** User credential is a device. */
  Device: 16,
  /** User credential is ForeignRealmIndex. */
  ForeignRealmIndex: 17,
} as const;
export type CredentialType = (typeof CredentialType)[keyof typeof CredentialType];

export const LoginType = {
  /** Other i type. */
  Other: -1,
  /** Login with initial authentication */
  InitialAuth: 1,
  /** Login with cookie. */
  CookieCopy: 2,
  /** Login with silent re-authentication. */
  SilentReAuth: 3,
} as const;
export type LoginType = (typeof LoginType)[keyof typeof LoginType];

export const AuthenticationMethod = {
  /** The authentication method is a Min */
  Min: 0,
  /** The authentication method is a password. */
  Password: 1,
  /** The authentication method is a digest. */
  Digest: 2,
  /** The authentication method is a ProxyAuth. */
  ProxyAuth: 3,
  /** The authentication method is an InfoCard */
  InfoCard: 4,
  /** The authentication method is a DAToken. */
  DAToken: 5,
  /** The authentication method is a Sha1RememberMyPassword. */
  Sha1RememberMyPassword: 6,
  /** The authentication method is an LMPasswordHash. */
  LMPasswordHash: 7,
  /** The authentication method is an ADFSFederatedToken. */
  ADFSFederatedToken: 8,
  /** The authentication method is an EID. */
  EID: 9,
  /** The authentication method is a DeviceID. */
  DeviceID: 10,
  /** The authentication method is MD5. */
  MD5: 11,
  /** The authentication method is a EncProxyPasswordHash. */
  EncProxyPasswordHash: 12,
  /** The authentication method is a LWAFederation. */
  LWAFederation: 13,
  /** The authentication method is a Sha1HashedPassword. */
  Sha1HashedPassword: 14,
  /** The authentication method is a secure Pin. */
  SecurePin: 15,
  /** The authentication method is a secure PIN reset. */
  SecurePinReset: 16,
  /** The authentication method is a SAML20PostSimpleSign. */
  SAML20PostSimpleSign: 17,
  /** The authentication method is a SAML20Post. */
  SAML20Post: 18,
  /** The authentication method is a one-time code. */
  OneTimeCode: 19,
} as const;
export type AuthenticationMethod = (typeof AuthenticationMethod)[keyof typeof AuthenticationMethod];

export const MemberRoleType = {
  /** A user who is a member of the team. */
  Member: 0,
  /** A user who is the owner of the team. */
  Owner: 1,
  /** A user who is not a member of the team. */
  Guest: 2,
} as const;
export type MemberRoleType = (typeof MemberRoleType)[keyof typeof MemberRoleType];

export const AddOnType = {
  /** A Microsoft Teams bot. */
  Bot: 1,
  /** A Microsoft Teams connector. */
  Connector: 2,
  /** A Microsoft Teams tab. */
  Tab: 3,
} as const;
export type AddOnType = (typeof AddOnType)[keyof typeof AddOnType];

export const FileVerdict = {
  /** No threats detected. */
  Good: 0,
  /** Malware found in attachment. */
  Bad: 1,
  /** Scan / analysis error. */
  Error: -1,
  /** Scan / analysis timeout. */
  Timeout: -2,
  /** Scan / analysis not complete. */
  Pending: -3,
} as const;
export type FileVerdict = (typeof FileVerdict)[keyof typeof FileVerdict];

export const PolicyType = {
  /** High Confidence Spam (HSPM) action in the anti-spam policy. */
  AntiSpamHSPM: 1,
  /** Spam (SPM) action in the anti-spam policy. */
  AntiSpamSPM: 2,
  /** Bulk action in the anti-spam policy. */
  AntiSpamBulk: 3,
  /** Phish (PHSH) action in the anti-spam policy. */
  AntiSpamPHSH: 4,
  /** Domain Impersonation (DIMP) action in the anti-phishing policy. */
  AntiPhishDIMP: 5,
  /** User Impersonation (UIMP) action in the anti-phishing policy. */
  AntiPhishUIMP: 6,
  /** Spoof action in the anti-phishing policy. */
  AntiPhishSPOOF: 7,
  /** Mailbox intelligence action in the anti-phishing policy. */
  AntiPhishGIMP: 8,
  /** Malware policy action in the anti-malware policy. */
  AntiMalwareAMP: 9,
  /** Policy action in the Safe Attachments policy. */
  SafeAttachmentSAP: 10,
  /** Policy action in the Exchange mail flow rule (also known as transport rule). */
  ExchangeTransportRuleETR: 11,
  /** Malware policy action in the anti-malware policy applied to zero-hour auto purge (ZAP). */
  AntiMalwareZAPM: 12,
  /** Phishing policy action in the anti-phishing policy applied to ZAP. */
  AntiPhishZAPP: 13,
  /** Spam policy action in the anti-spam policy applied to ZAP. */
  AntiPhishZAPS: 14,
  /** High confidence Phish policy action in anti-spam policy. */
  AntiSpamHighConfidencePhishEmailHPHISH: 15,
  /** Policy action in the outbound spam policy. */
  AntiSpamOutboundSpamPolicyOSPM: 17,
} as const;
export type PolicyType = (typeof PolicyType)[keyof typeof PolicyType];

export const PolicyAction = {
  /** Policy action is to move the message to the Junk Email folder. */
  MoveToJMF: 0,
  /** Policy action is to add an X-header to the email message. */
  AddXHeader: 1,
  /** Policy action is to modify subject in the email message with information specified by the threat policy. */
  ModifySubject: 2,
  /** Policy action is to redirect email message to email address specified by the threat policy. */
  Redirect: 3,
  /** Policy action is to delete (drop) the email message. */
  Delete: 4,
  /** Policy action is to quarantine the email message. */
  Quarantine: 5,
  /** Policy is configured to take no action on the email message. */
  NoAction: 6,
  /** Policy action is to Bcc the email message to email address specified by the threat policy. */
  BccMessage: 7,
  /** Policy action is to replace the attachment in the email message as specified by the threat policy. */
  ReplaceAttachment: 8,
} as const;
export type PolicyAction = (typeof PolicyAction)[keyof typeof PolicyAction];

export const URLClickAction = {
  /** User blocked from navigating to the URL by Safe Links. */
  Blockpage: 2,
  /** User presented with the detonation pending page by Safe Links. */
  PendingDetonationPage: 3,
  /** User blocked from navigating to the URL by Safe Links, but the user overrode the block to navigate to the URL. */
  BlockPageOverride: 4,
  /** User presented with the detonation page by Safe Links, but the user overrode the page to navigate to the URL. */
  PendingDetonationPageOverride: 5,
} as const;
export type URLClickAction = (typeof URLClickAction)[keyof typeof URLClickAction];

export const SourceWorkload = {
  SharePoint: 0,
  OneDrive: 1,
  MicrosoftTeams: 2,
} as const;
export type SourceWorkload = (typeof SourceWorkload)[keyof typeof SourceWorkload];

export const AttackSimEventType = {
  /** Message delivered to recipient successfully. */
  MessageDelivered: 1,
  /** Message delivery failed. */
  MessageFailed: 2,
  /** User entered credentials in the phish simulation for techniques such as Credential Harvesting, Link in attachment. */
  CredentialEntered: 6,
  /** User granted permission in the phish simulation for technique such as Oauth consent grant. */
  PermissionGranted: 7,
  /** User clicked on phish simulation URL. */
  LinkClicked: 8,
  /** Attachment opened by user for techniques such as Malware attachment, Link in attachment. */
  AttachmentOpened: 10,
  /** Message opened and read by recipient. */
  MessageRead: 12,
  /** Recipient replied to the message. */
  MessageReplied: 13,
  /** Message forwarded to another user. */
  MessageForwarded: 14,
  /** Message reported as phish by recipient. */
  MessageReported: 15,
  /** Message deleted by recipient. */
  MessageDeleted: 16,
  /** Automatic replies in Outlook enabled for recipient. */
  OutOfOffice: 17,
  /** Positive reinforcement message delivered successfully to recipient. */
  PositiveReinforcementMessageDelivered: 18,
} as const;
export type AttackSimEventType = (typeof AttackSimEventType)[keyof typeof AttackSimEventType];

export const AttackSimAdminEventType = {
  /** When an attack simulation training campaign was launched. The different types of campaigns are simulation, training campaign. */
  CampaignLaunched: 0,
  /** When an attack simulation training campaign was completed. */
  CampaignCompleted: 1,
  /** Admin downloaded a campaign report. */
  CampaignReportDownloaded: 2,
  /** Admin viewed a campaign report. */
  CampaignReportViewed: 3,
  /** When an attack simulation training campaign was cancelled. */
  CampaignCancelled: 4,
  /** When an attack simulation training campaign was scheduled. */
  CampaignScheduled: 5,
  /** When an attack simulation training campaign was deleted. */
  CampaignDeleted: 6,
  /** When a simulation was excluded from reporting. */
  SimulationExcluded: 7,
  /** When an automation was submitted, includes simulation and payload automation. */
  AutomationSubmitted: 8,
  /** When an automation was turned on, includes simulation and payload automation. */
  AutomationTurnOn: 9,
  /** When an automation was turned off, includes simulation and payload automation. */
  AutomationTurnOff: 10,
  /** When a simulation automation was completed. */
  AutomationCompleted: 11,
  /** When an automation was deleted, includes simulation and payload automation. */
  AutomationDeleted: 12,
} as const;
export type AttackSimAdminEventType = (typeof AttackSimAdminEventType)[keyof typeof AttackSimAdminEventType];

export const UserTrainingEventType = {
  /** Training assigned to user. */
  TrainingAssigned: 1,
  /** Training updated for user. */
  TrainingUpdated: 2,
  /** User completed training. */
  TrainingCompleted: 3,
  /** Previously assigned training to user. */
  TrainingPreviouslyAssigned: 4,
  /** User did not complete assigned training. */
  TrainingNotCompleted: 5,
} as const;
export type UserTrainingEventType = (typeof UserTrainingEventType)[keyof typeof UserTrainingEventType];

export const RequestType = {
  /** User request to preview an email message identified as harmful. */
  Preview: 0,
  /** User request to delete an email message identified as harmful. */
  Delete: 1,
  /** User request to release an email message identified as harmful. */
  Release: 2,
  /** User request to export an email message identified as harmful. */
  Export: 3,
  /** User request to view the header of an email message identified as harmful. */
  ViewHeader: 4,
  /** User request to release an email message identified as harmful. */
  ReleaseRequest: 5,
} as const;
export type RequestType = (typeof RequestType)[keyof typeof RequestType];

export const RequestSource = {
  /** The Microsoft Defender portal. */
  SCC: 0,
  /** A cmdlet. */
  Cmdlet: 1,
  /** A link. */
  URLlink: 2,
} as const;
export type RequestSource = (typeof RequestSource)[keyof typeof RequestSource];

export const FormsUserType = {
  /** An administrator who has access to the form. */
  Admin: 0,
  /** A user who is the owner of the form. */
  Owner: 1,
  /** A user who has submitted a response to a form. */
  Responder: 2,
  /** A user who has used a collaboration link provided by the form owner to login and edit a form. */
  Coauthor: 3,
} as const;
export type FormsUserType = (typeof FormsUserType)[keyof typeof FormsUserType];

export const FormType = {
  /** Forms that are created with the New Form option. */
  Form: 0,
  /** Quizzes that are created with the New Quiz option. A quiz is a special type of form that includes additional features such as point values, auto and manual grading, and commenting. */
  Quiz: 1,
  /** Surveys that are created with the New Survey option. A survey is a special type of form that includes additional features such as CMS integration and support for Flow rules. */
  Survey: 2,
} as const;
export type FormType = (typeof FormType)[keyof typeof FormType];

export const FailureType = {
  Default: 0,
  MailboxWrite: 1,
} as const;
export type FailureType = (typeof FailureType)[keyof typeof FailureType];

export const SyncFrequency = {
  /** Indicates the data is synced every hour. */
  Hourly: 0,
  /** Indicates the data is synced once a day. */
  Daily: 1,
} as const;
export type SyncFrequency = (typeof SyncFrequency)[keyof typeof SyncFrequency];

export const DataStoreType = {
  /** Indicates data is downloaded from Canonical store. */
  CanonicalStore: 0,
  /** Indicates data is downloaded from Staging store. */
  StagingStore: 1,
} as const;
export type DataStoreType = (typeof DataStoreType)[keyof typeof DataStoreType];

export const SystemSyncUserAction = {
  /** The admin user triggered export from Data Lake. */
  TriggerExport: 0,
  /** The admin user downloaded the exported data. */
  DownloadZipFile: 1,
} as const;
export type SystemSyncUserAction = (typeof SystemSyncUserAction)[keyof typeof SystemSyncUserAction];

export const PlannerResultStatus = {
  /** The user request succeeded. */
  Success: 1,
  /** The user request failed due to reasons other than authorization. */
  Failure: 2,
  /** The user requested failed due to failed authorization. */
  AuthorizationFailure: 3,
} as const;
export type PlannerResultStatus = (typeof PlannerResultStatus)[keyof typeof PlannerResultStatus];

export const ContainerType = {
  /** Used when the requested plan is not found. */
  Invalid: 0,
  /** The plan is associated with a Microsoft 3365 Group. */
  Group: 2,
  /** The plan is associated with a Teams conversation. */
  TeamsConversation: 3,
  /** The plan is associated with an Office document. */
  OfficeDocument: 4,
  /** The plan is associated with a roster group. */
  Roster: 5,
  /** The plan originates from Microsoft Project. */
  Project: 6,
  /** The plan is associated with a user. */
  User: 7,
  /** The plan is associated with a Teams channel. */
  TeamsChannel: 8,
  /** The plan is associated with a Planner task. */
  PlannerTask: 10,
} as const;
export type ContainerType = (typeof ContainerType)[keyof typeof ContainerType];

export const PlanAccessLevel = {
  /** Access to read Plan. */
  ReadAccess: 1,
  /** Access to read and write to Plan. */
  ReadWriteAccess: 2,
  /** Access to read, write and configure Plan. */
  FullAccess: 3,
} as const;
export type PlanAccessLevel = (typeof PlanAccessLevel)[keyof typeof PlanAccessLevel];

export const SensitivityLabelAssignmentMethod = {
  /** The sensitivity label is automatically applied but not allowed to override a privileged label assignment. */
  Standard: 0,
  /** The sensitivity label is applied manually by a user or by an admin. */
  Privileged: 1,
  /** The sensitivity label is automatically applied and is allowed to override a privileged label assignment. */
  Auto: 2,
} as const;
export type SensitivityLabelAssignmentMethod =
  (typeof SensitivityLabelAssignmentMethod)[keyof typeof SensitivityLabelAssignmentMethod];

export const ThreadType = {
  /** Chat is contained inside of a Task. */
  Task: 0,
} as const;
export type ThreadType = (typeof ThreadType)[keyof typeof ThreadType];

export const CPSScope = {
  /** The policy configuration is scoped to all users in the tenant. */
  Tenant: 1,
  /** The policy configuration is scoped to anonymous users. */
  Anonymous: 2,
  /** The policy configuration is scoped to users in configured Microsoft Entra group(s). */
  User: 3,
} as const;
export type CPSScope = (typeof CPSScope)[keyof typeof CPSScope];

export const ProfileState = {
  /** The profile is enabled and active. */
  Enabled: 1,
  /** The profile is disabled. */
  Disabled: 2,
  /** The profile is enabled, but in paused state. */
  Paused: 3,
} as const;
export type ProfileState = (typeof ProfileState)[keyof typeof ProfileState];

export const UpdateValidationState = {
  /** Update Validation is enabled. */
  Enabled: 1,
  /** Update Validation is disabled. */
  Disabled: 2,
} as const;
export type UpdateValidationState = (typeof UpdateValidationState)[keyof typeof UpdateValidationState];

export const WaveType = {
  /** Wave was configured by administrator using groups. */
  Groups: 1,
  /** Automatically created wave which includes all devices in profile's scope which are not covered by previous waves. */
  RemainingDevices: 2,
} as const;
export type WaveType = (typeof WaveType)[keyof typeof WaveType];

export const RollbackType = {
  /** Rollback was targeted at a specific subset of devices. */
  SpecificDevices: 1,
  /** Rollback was targeted at all devices within the profile's scope. */
  AllDevices: 2,
} as const;
export type RollbackType = (typeof RollbackType)[keyof typeof RollbackType];

export const Channel = {
  /** Monthly Enterprise Channel */
  MonthlyEnterpriseChannel: 1,
  /** Current Channel */
  CurrentChannel: 2,
} as const;
export type Channel = (typeof Channel)[keyof typeof Channel];
