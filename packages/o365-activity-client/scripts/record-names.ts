/** What observed records call a field that the documents spell otherwise, and which record types a schema is of. */

export const wireNames: Readonly<Record<string, string>> = {
  IntraSystemsId: 'IntraSystemId',
  CrossMailboxOperations: 'CrossMailboxOperation',
  FormsUserTypes: 'FormsUserType',
  FormTypes: 'FormType',
  DeeplinkURL: 'DeepLinkUrl',
  'Delivery Action': 'DeliveryAction',
  'Original Delivery location': 'OriginalDeliveryLocation',
  'Latest Delivery location': 'LatestDeliveryLocation',
  'SensitiveInformationDetailed ClassificationAttributes':
    'SensitiveInformationDetailedClassificationAttributes',
};

/** Fields seen in more than one shape. */
export const wireTypes: Readonly<Record<string, string>> = {
  Parameters: 'NameValuePair[] | string',
  ExtendedProperties: 'NameValuePair[] | string',
  ModifiedProperties: '(ModifiedProperty | string)[]',
  ExceptionInfo: 'ExceptionInfo | string',
  ListBaseType: 'string | number',
  ItemType: 'string | number',
  EventSource: 'string | number',
  Actor: 'IdentityTypeValuePair[]',
  Target: 'IdentityTypeValuePair[]',
  // Documented as collections, seen as numbers.
  FormsUserType: 'number | string | unknown[]',
  FormType: 'number | string | unknown[]',
  // Documented as a text, seen as a list.
  MessageURLs: 'string | string[]',
  ThreatsAndDetectionTech: 'string | string[]',
  // Documented as a number, seen as its name; not the complex type of the same name.
  Policy: 'number | string',
};

/** Listed as tables of fields, but they are lists of values. */
export const notSchemas: ReadonlySet<string> = new Set(['Detection technologies', 'Submission events']);

/** Names that are not derived from the documents' heading. */
export const schemaNames: Readonly<Record<string, string>> = {
  'Common schema': 'Common',
  'Email message events': 'ThreatIntelligence',
  'URL time-of-click events': 'ThreatIntelligenceUrl',
  'File events': 'ThreatIntelligenceAtpContent',
  'Main investigation schema': 'AirInvestigation',
  'Azure Active Directory Secure Token Service (STS) Logon schema': 'AzureActiveDirectoryStsLogon',
  'Attack Sim schema in Microsoft Defender for Office 365 Plan 2': 'AttackSim',
  'Attack Sim Admin schema in Microsoft Defender for Office 365 Plan 2': 'AttackSimAdmin',
  'SharePoint file operations': 'SharePointFileOperation',
  'SharePoint list operations': 'SharePointListOperation',
  'SharePoint Sharing schema': 'SharePointSharingOperation',
};

/** Schemas that the documents describe as the extension of another. */
export const bases: Readonly<Record<string, string>> = {
  SharePoint: 'SharePointBase',
  SharePointFileOperation: 'SharePointBase',
  SharePointListOperation: 'SharePointBase',
  SharePointSharingOperation: 'SharePointBase',
  ExchangeMailboxAuditGroupRecord: 'ExchangeMailbox',
  ExchangeMailboxAuditRecord: 'ExchangeMailbox',
  ExchangeAggregatedMailboxAuditRecord: 'ExchangeMailbox',
  AzureActiveDirectory: 'AzureActiveDirectoryBase',
  AzureActiveDirectoryAccountLogon: 'AzureActiveDirectoryBase',
  AzureActiveDirectoryStsLogon: 'AzureActiveDirectoryBase',
  DataCenterSecurityCmdlet: 'DataCenterSecurityBase',
  Dynamics365EntityOperation: 'Dynamics365Base',
};

/** Record type to schema, where it is not the same name. */
export const schemaOf: Readonly<Record<string, string>> = {
  ExchangeItem: 'ExchangeMailboxAuditRecord',
  ExchangeItemGroup: 'ExchangeMailboxAuditGroupRecord',
  ExchangeItemAggregated: 'ExchangeAggregatedMailboxAuditRecord',
  ExchangeAggregatedOperation: 'ExchangeAggregatedOperationRecord',
  OneDrive: 'SharePoint',
  ComplianceDLPSharePoint: 'DLP',
  ComplianceDLPExchange: 'DLP',
  ComplianceDLPSharePointClassification: 'DLP',
  ComplianceDLPExchangeClassification: 'DLP',
  DLPEndpoint: 'DLP',
  Discovery: 'EDiscovery',
  SecurityComplianceCenterEOPCmdlet: 'SecurityAndComplianceCenter',
  SecurityComplianceAlerts: 'SecurityAndComplianceAlerts',
  PowerBIAudit: 'PowerBI',
  CRM: 'Dynamics365EntityOperation',
  Yammer: 'VivaEngage',
  WorkplaceAnalytics: 'VivaInsights',
  HygieneEvent: 'HygieneEvents',
  OMEPortal: 'EncryptedMessagePortalEvents',
  ComplianceSupervisionExchange: 'CommunicationComplianceExchange',
  CoreReportingSettings: 'Reports',
  DataShareOperation: 'DataShareOperationAuditRecord',
  EduDataLakeDownloadOperation: 'DataLakeExportOperationAuditRecord',
  ProjectForTheWebProject: 'ProjectForThewebProject',
  ProjectForTheWebTask: 'ProjectForThewebTask',
  ProjectForTheWebRoadmap: 'ProjectForThewebRoadmap',
  ProjectForTheWebRoadmapItem: 'ProjectForThewebRoadmapItem',
  ProjectForTheWebProjectSettings: 'ProjectForThewebProjectSetting',
  ProjectForTheWebRoadmapSettings: 'ProjectForThewebRoadmapSetting',
  ProjectForTheWebAssignedToMeSettings: 'ProjectForThewebAssignedToMeSetting',
  SharePointESignature: 'ESignature',
  VivaPulseResponse: 'VivaPulse',
  VivaPulseOrganizer: 'VivaPulse',
  VivaPulseAdmin: 'VivaPulse',
  VivaPulseReport: 'VivaPulse',
  CPSOperation: 'PolicyConfigChangeAuditRecord',
  AadRiskDetection: 'MicrosoftEntraRiskDetection',
  Microsoft365BackupBackupPolicy: 'BackupPolicy',
  Microsoft365BackupRestoreTask: 'RestoreTask',
  Microsoft365BackupRestoreItem: 'RestoreItem',
  Microsoft365BackupBackupItem: 'BackupItem',
  Microsoft365BackupGranularBrowseTask: 'GranularBrowseTask',
  CloudUpdateProfileConfig: 'CloudUpdateProfileConfigAuditRecord',
  CloudUpdateTenantConfig: 'CloudUpdateTenantConfigAuditRecord',
  CloudUpdateDeviceConfig: 'CloudUpdateDeviceConfigAuditRecord',
  VivaGlintAdvancedConfiguration: 'VivaGlint',
  VivaGlintPulseProgram: 'VivaGlint',
  VivaGlintPulseProgramRespondentRate: 'VivaGlint',
  VivaGlintQuestion: 'VivaGlint',
  VivaGlintRole: 'VivaGlint',
  VivaGlintRubicon: 'VivaGlint',
  VivaGlintSupportAccess: 'VivaGlint',
  VivaGlintSystem: 'VivaGlint',
  VivaGlintUser: 'VivaGlint',
  VivaGlintUserGroup: 'VivaGlint',
  VivaGlintFeedbackProgram: 'VivaGlint',
  VivaGlintAgenticCampaign: 'VivaGlint',
  WebContentFiltering: 'MicrosoftEdgeWebContentFiltering',
  OnDemandSharePointClassification: 'DataScanClassification',
  PlacesDirectory: 'MicrosoftPlacesDirectory',
  TeamsEvalDataHubDataAccess: 'TeamsEvaluationDataHub',
  TeamsEvalDataHubPermissionChange: 'TeamsEvaluationDataHub',
};
