// Made by scripts/generate-records.ts from data/ (see data/NOTICE.md). Do not edit.

/**
 * What kind of event a record is. Numbers follow Microsoft Graph's metadata, which observed records agree with;
 * some rows of the schema page were renumbered. An unknown number is a newer type: keep it.
 */
export const RecordType = {
  /** Events from the Exchange admin audit log. */
  ExchangeAdmin: 1,
  /** Events from an Exchange mailbox audit log for actions that are performed on a single item, such as creating or receiving an email message. */
  ExchangeItem: 2,
  /** Events from an Exchange mailbox audit log for actions that can be performed on multiple items, such as moving or deleted one or more email messages. */
  ExchangeItemGroup: 3,
  /** SharePoint events. */
  SharePoint: 4,
  SyntheticProbe: 5,
  /** SharePoint file operation events. */
  SharePointFileOperation: 6,
  /** OneDrive events. */
  OneDrive: 7,
  /** Microsoft Entra ID events. */
  AzureActiveDirectory: 8,
  /** Microsoft Entra ID OrgId logon events (deprecated). */
  AzureActiveDirectoryAccountLogon: 9,
  /** Data Center security cmdlet events. */
  DataCenterSecurityCmdlet: 10,
  /** Data loss protection (DLP) events in SharePoint and OneDrive. */
  ComplianceDLPSharePoint: 11,
  Sway: 12,
  /** Data loss protection (DLP) events in Exchange, when configured via Unified DLP Policy. DLP events based on Exchange Transport Rules are not supported. */
  ComplianceDLPExchange: 13,
  /** SharePoint sharing events. */
  SharePointSharingOperation: 14,
  /** Secure Token Service (STS) logon events in Microsoft Entra ID. */
  AzureActiveDirectoryStsLogon: 15,
  /** Public Switched Telephone Network (PSTN) events from Skype for Business. */
  SkypeForBusinessPSTNUsage: 16,
  /** Blocked user events from Skype for Business. */
  SkypeForBusinessUsersBlocked: 17,
  /** Admin actions in the built-in security features for all cloud mailboxes from the Microsoft Defender portal. */
  SecurityComplianceCenterEOPCmdlet: 18,
  /** Aggregated Exchange mailbox auditing events. */
  ExchangeAggregatedOperation: 19,
  /** Power BI events. */
  PowerBIAudit: 20,
  /** Dynamics 365 events. */
  CRM: 21,
  /** Viva Engage events. */
  Yammer: 22,
  /** Skype for Business events. */
  SkypeForBusinessCmdlets: 23,
  /** Events for eDiscovery activities performed by running content searches and managing eDiscovery cases in the Microsoft Purview portal. */
  Discovery: 24,
  /** Events from Microsoft Teams. */
  MicrosoftTeams: 25,
  MicrosoftTeamsAddOns: 26,
  MicrosoftTeamsSettingsOperation: 27,
  /** Phishing and malware events from the built-in security features for all cloud mailboxes and Microsoft Defender for Office 365. */
  ThreatIntelligence: 28,
  /** Submission events from the built-in security features for all cloud mailboxes and Microsoft Defender for Office 365. */
  MailSubmission: 29,
  /** Microsoft Power Automate (formerly called Microsoft Flow) events. */
  MicrosoftFlow: 30,
  /** Advanced eDiscovery events. */
  AeD: 31,
  /** Microsoft Stream events. */
  MicrosoftStream: 32,
  /** Events related to DLP classification in SharePoint. */
  ComplianceDLPSharePointClassification: 33,
  /** Campaign-related events from Microsoft Defender for Office 365. */
  ThreatFinder: 34,
  /** Microsoft Project events. */
  Project: 35,
  /** SharePoint List events. */
  SharePointListOperation: 36,
  /** SharePoint comment events. */
  SharePointCommentOperation: 37,
  /** Events related to retention policies and retention labels in the Microsoft Purview portal. */
  DataGovernance: 38,
  /** Kaizala events. */
  Kaizala: 39,
  /** Security and compliance alert signals. */
  SecurityComplianceAlerts: 40,
  /** Safe links time-of-block and block override events from Microsoft Defender for Office 365. */
  ThreatIntelligenceUrl: 41,
  /** Events related to insights and reports in the Microsoft Defender portal. */
  SecurityComplianceInsights: 42,
  /** Events related to the detection in the Transport pipeline of email messages that have been tagged (manually or automatically) with sensitivity labels. */
  MIPLabel: 43,
  /** Viva Insights events. */
  WorkplaceAnalytics: 44,
  /** Power Apps events. */
  PowerAppsApp: 45,
  /** Subscription plan events for Power Apps. */
  PowerAppsPlan: 46,
  /** Phishing and malware events for files in SharePoint, OneDrive, and Microsoft Teams from Microsoft Defender for Office 365. */
  ThreatIntelligenceAtpContent: 47,
  /** Events related to data classification content explorer. */
  LabelContentExplorer: 48,
  /** Events related to the Patients app in Microsoft Teams for Healthcare. */
  TeamsHealthcare: 49,
  /** Events related to the MailItemsAccessed mailbox auditing action. */
  ExchangeItemAggregated: 50,
  /** Events related to outbound spam protection. */
  HygieneEvent: 51,
  /** Data Insights REST API events. */
  DataInsightsRestApiAudit: 52,
  /** Events related to the application of information barrier policies. */
  InformationBarrierPolicyApplication: 53,
  /** SharePoint list item events. */
  SharePointListItemOperation: 54,
  /** SharePoint list content type events. */
  SharePointContentTypeOperation: 55,
  /** SharePoint list field events. */
  SharePointFieldOperation: 56,
  /** Teams admin events. */
  MicrosoftTeamsAdmin: 57,
  /** Events related to HR data signals that support the Insider risk management solution. */
  HRSignal: 58,
  /** Teams device events. */
  MicrosoftTeamsDevice: 59,
  /** Teams analytics events. */
  MicrosoftTeamsAnalytics: 60,
  /** Events related to compromised user alerts. */
  InformationWorkerProtection: 61,
  /** Email campaign events from Microsoft Defender for Office 365. */
  Campaign: 62,
  /** Endpoint DLP events. */
  DLPEndpoint: 63,
  /** Automated incident response (AIR) events. */
  AirInvestigation: 64,
  /** Quarantine events. */
  Quarantine: 65,
  /** Microsoft Forms events. */
  MicrosoftForms: 66,
  /** Application audit events. */
  ApplicationAudit: 67,
  /** Events tracked by the Communication compliance offensive language model. */
  ComplianceSupervisionExchange: 68,
  /** Events related to the customer key encryption service. */
  CustomerKeyServiceEncryption: 69,
  /** Events related to sensitivity labels applied to Office documents. */
  OfficeNative: 70,
  /** Auto-labeling events in SharePoint. */
  MipAutoLabelSharePointItem: 71,
  /** Auto-labeling policy events in SharePoint. */
  MipAutoLabelSharePointPolicyLocation: 72,
  /** Teams Shifts events. */
  MicrosoftTeamsShifts: 73,
  SecureScore: 74,
  /** Auto-labeling events in Exchange. */
  MipAutoLabelExchangeItem: 75,
  /** Briefing email events. */
  CortanaBriefing: 76,
  Search: 77,
  /** Events related to alerts generated by Windows Defender for Endpoint. */
  WDATPAlerts: 78,
  /** The schema page and the metadata of Microsoft Graph disagree about this number. */
  PowerPlatformAdminDlp: 79,
  PowerPlatformAdminEnvironment: 80,
  MDATPAudit: 81,
  /** Events generated when the file labeled with a sensitivity label is opened or renamed. */
  SensitivityLabelPolicyMatch: 82,
  /** Event generated when sensitivity labels are applied, updated, or removed from a file. */
  SensitivityLabelAction: 83,
  /** Events generated when a file labeled with a sensitivity label is opened or renamed. */
  SensitivityLabeledFileAction: 84,
  /** Events related to user activities in Attack Simulation & Training in Microsoft Defender for Office 365. */
  AttackSim: 85,
  /** Events related to manual investigations in Automated investigation and response (AIR). */
  AirManualInvestigation: 86,
  /** Security and compliance RBAC events. */
  SecurityComplianceRBAC: 87,
  /** Events related to user training in Attack Simulation & Training in Microsoft Defender for Office 365. */
  UserTraining: 88,
  /** Events related to admin actions in Automated investigation and response (AIR). */
  AirAdminActionInvestigation: 89,
  /** Threat intelligence events in Microsoft Defender for Office 365. */
  MSTIC: 90,
  /** Events related to physical badging signals that support the Insider risk management solution. */
  PhysicalBadgingSignal: 91,
  /** Events related to Teams Easy Approvals */
  TeamsEasyApprovals: 92,
  /** AIP scanner events */
  AipDiscover: 93,
  /** AIP sensitivity label events */
  AipSensitivityLabelAction: 94,
  /** AIP protection events */
  AipProtectionAction: 95,
  /** AIP file deletion events */
  AipFileDeleted: 96,
  /** AIP heartbeat events */
  AipHeartBeat: 97,
  /** Events corresponding to alerts triggered by Microsoft Cloud App Security. */
  MCASAlerts: 98,
  /** Events related to scanning for sensitive data on file shares. */
  OnPremisesFileShareScannerDlp: 99,
  /** Events related to scanning for sensitive data in SharePoint. */
  OnPremisesSharePointScannerDlp: 100,
  /** Events related to using Outlook on the web (OWA) to search for mailbox items. */
  ExchangeSearch: 101,
  /** Events related to searching an organization's SharePoint home site. */
  SharePointSearch: 102,
  /** Privacy insight events. */
  PrivacyDataMinimization: 103,
  LabelAnalyticsAggregate: 104,
  /** MyAnalytics events. */
  MyAnalyticsSettings: 105,
  /** Events related to modifying or deleting a user. */
  SecurityComplianceUserChange: 106,
  /** Exchange DLP classification events. */
  ComplianceDLPExchangeClassification: 107,
  ComplianceDLPEndpoint: 108,
  /** Exact Data Match (EDM) classification events. */
  MipExactDataMatch: 109,
  MSDEResponseActions: 110,
  MSDEGeneralSettings: 111,
  MSDEIndicatorsSettings: 112,
  /** Events related to custom detection actions in Microsoft 365 Defender. */
  MS365DCustomDetection: 113,
  MSDERolesSettings: 114,
  MAPGAlerts: 115,
  MAPGPolicy: 116,
  MAPGRemediation: 117,
  PrivacyRemediationAction: 118,
  PrivacyDigestEmail: 119,
  MipAutoLabelSimulationProgress: 120,
  MipAutoLabelSimulationCompletion: 121,
  MipAutoLabelProgressFeedback: 122,
  DlpSensitiveInformationType: 123,
  MipAutoLabelSimulationStatistics: 124,
  LargeContentMetadata: 125,
  Microsoft365Group: 126,
  CDPMlInferencingResult: 127,
  FilteringMailMetadata: 128,
  CDPClassificationMailItem: 129,
  CDPClassificationDocument: 130,
  OfficeScriptsRunAction: 131,
  FilteringPostMailDeliveryAction: 132,
  CDPUnifiedFeedback: 133,
  TenantAllowBlockList: 134,
  ConsumptionResource: 135,
  HealthcareSignal: 136,
  DlpImportResult: 138,
  CDPCompliancePolicyExecution: 139,
  MultiStageDisposition: 140,
  PrivacyDataMatch: 141,
  FilteringDocMetadata: 142,
  FilteringEmailFeatures: 143,
  PowerBIDlp: 144,
  FilteringUrlInfo: 145,
  FilteringAttachmentInfo: 146,
  /** Reports settings events. */
  CoreReportingSettings: 147,
  /** Events related to importing non-Microsoft data using data connectors in the Microsoft Purview portal. */
  ComplianceConnector: 148,
  PowerPlatformLockboxResourceAccessRequest: 149,
  PowerPlatformLockboxResourceCommand: 150,
  CDPPredictiveCodingLabel: 151,
  CDPCompliancePolicyUserFeedback: 152,
  WebpageActivityEndpoint: 153,
  /** Encrypted message portal event logs generated by external recipients. */
  OMEPortal: 154,
  CMImprovementActionChange: 155,
  FilteringUrlClick: 156,
  /** MIP Label Analytics events. */
  MipLabelAnalyticsAuditRecord: 157,
  FilteringEntityEvent: 158,
  FilteringRuleHits: 159,
  FilteringMailSubmission: 160,
  LabelExplorer: 161,
  MicrosoftManagedServicePlatform: 162,
  PowerPlatformServiceActivity: 163,
  /** Generic Audit Record used for Data Connectors. */
  ScorePlatformGenericAuditRecord: 164,
  FilteringTimeTravelDocMetadata: 165,
  Alert: 166,
  AlertStatus: 167,
  AlertIncident: 168,
  IncidentStatus: 169,
  Case: 170,
  CaseInvestigation: 171,
  RecordsManagement: 172,
  PrivacyRemediation: 173,
  /** Events related to sharing of data ingested via SystemSync. */
  DataShareOperation: 174,
  CdpDlpSensitive: 175,
  EHRConnector: 176,
  FilteringMailGradingResult: 177,
  PublicFolder: 178,
  PrivacyTenantAuditHistoryRecord: 179,
  AipScannerDiscoverEvent: 180,
  /** Events related to the export of SystemSync ingested data from the lake. */
  EduDataLakeDownloadOperation: 181,
  M365ComplianceConnector: 182,
  /** Events related to extractions done by Microsoft Graph Data Connect. */
  MicrosoftGraphDataConnectOperation: 183,
  MicrosoftPurview: 184,
  FilteringEmailContentFeatures: 185,
  /** Activities related to Power Pages site. */
  PowerPagesSite: 186,
  /** The schema page and the metadata of Microsoft Graph disagree about this number. */
  PowerAppsResource: 187,
  /** Microsoft Planner plan events. */
  PlannerPlan: 188,
  /** Microsoft Planner copy plan events. */
  PlannerCopyPlan: 189,
  /** Microsoft Planner task events. */
  PlannerTask: 190,
  /** Microsoft Planner roster and roster membership events. */
  PlannerRoster: 191,
  /** Microsoft Planner plan list events. */
  PlannerPlanList: 192,
  /** Microsoft Planner task list events. */
  PlannerTaskList: 193,
  /** Microsoft Planner tenant settings events. */
  PlannerTenantSettings: 194,
  /** Microsoft Project for the web project events. */
  ProjectForTheWebProject: 195,
  /** Microsoft Project for the web task events. */
  ProjectForTheWebTask: 196,
  /** Microsoft Project for the web roadmap events. */
  ProjectForTheWebRoadmap: 197,
  /** Microsoft Project for the web roadmap item events. */
  ProjectForTheWebRoadmapItem: 198,
  /** Microsoft Project for the web project tenant settings events. */
  ProjectForTheWebProjectSettings: 199,
  /** Microsoft Project for the web roadmap tenant settings events. */
  ProjectForTheWebRoadmapSettings: 200,
  QuarantineMetadata: 201,
  /** Microsoft To Do Audit events. */
  MicrosoftTodoAudit: 202,
  TimeTravelFilteringDocMetadata: 203,
  TeamsQuarantineMetadata: 204,
  SharePointAppPermissionOperation: 205,
  /** Microsoft Teams Sensitivity Label events. */
  MicrosoftTeamsSensitivityLabelAction: 206,
  FilteringTeamsMetadata: 207,
  FilteringTeamsUrlInfo: 208,
  FilteringTeamsPostDeliveryAction: 209,
  MDCAssessments: 210,
  MDCRegulatoryComplianceStandards: 211,
  MDCRegulatoryComplianceControls: 212,
  MDCRegulatoryComplianceAssessments: 213,
  MDCSecurityConnectors: 214,
  MDADataSecuritySignal: 215,
  /** Viva Goals events. */
  VivaGoals: 216,
  /** The schema page and the metadata of Microsoft Graph disagree about this number. */
  FilteringRuntimeInfo: 217,
  /** Events related to admin activities in Attack Simulation & Training in Microsoft Defender for Office 365. */
  AttackSimAdmin: 218,
  /** Events for consent actions performed by tenant admins for Microsoft Graph Data Connect applications. */
  MicrosoftGraphDataConnectConsent: 219,
  FilteringAtpDetonationInfo: 220,
  PrivacyPortal: 221,
  ManagedTenants: 222,
  UnifiedSimulationMatchedItem: 223,
  UnifiedSimulationSummary: 224,
  UpdateQuarantineMetadata: 225,
  MS365DSuppressionRule: 226,
  PurviewDataMapOperation: 227,
  FilteringUrlPostClickAction: 228,
  IrmUserDefinedDetectionSignal: 229,
  /** Teams Updates App Events. */
  TeamsUpdates: 230,
  /** Microsoft Planner roster sensitivity label events. */
  PlannerRosterSensitivityLabel: 231,
  MS365DIncident: 232,
  FilteringDelistingMetadata: 233,
  ComplianceDLPSharePointClassificationExtended: 234,
  /** Microsoft Defender for Identity audit events. */
  MicrosoftDefenderForIdentityAudit: 235,
  SupervisoryReviewDayXInsight: 236,
  /** Microsoft Defender Experts Administrator action events. */
  DefenderExpertsforXDRAdmin: 237,
  CDPEdgeBlockedMessage: 238,
  HostedRpa: 239,
  CdpContentExplorerAggregateRecord: 240,
  CDPHygieneAttachmentInfo: 241,
  CDPHygieneSummary: 242,
  CDPPostMailDeliveryAction: 243,
  CDPEmailFeatures: 244,
  CDPHygieneUrlInfo: 245,
  CDPUrlClick: 246,
  CDPPackageManagerHygieneEvent: 247,
  FilteringDocScan: 248,
  TimeTravelFilteringDocScan: 249,
  MAPGOnboard: 250,
  /** Viva Access Management policy create events. */
  VfamCreatePolicy: 251,
  /** Viva Access Management policy update events. */
  VfamUpdatePolicy: 252,
  /** Viva Access Management policy delete events. */
  VfamDeletePolicy: 253,
  M365DAAD: 254,
  CdpColdCrawlStatus: 255,
  /** Power Platform Administrator activity events. */
  PowerPlatformAdministratorActivity: 256,
  /** Windows365 Customer Lockbox audit events. */
  Windows365CustomerLockbox: 257,
  CdpResourceScopeChangeEvent: 258,
  ComplianceCCExchangeExecutionResult: 259,
  CdpOcrCostEstimatorRecord: 260,
  /** Copilot interaction events. */
  CopilotInteraction: 261,
  CdpOcrBillingRecord: 262,
  ComplianceDLPApplications: 263,
  UAMOperation: 264,
  /** User activities in Viva Learning. */
  VivaLearning: 265,
  /** Admin activities in Viva Learning. */
  VivaLearningAdmin: 266,
  PurviewPolicyOperation: 267,
  PurviewMetadataPolicyOperation: 268,
  /** Audit events for People Admin settings. */
  PeopleAdminSettings: 269,
  CdpComplianceDLPExchangeClassification: 270,
  CdpComplianceDLPSharePointClassification: 271,
  FilteringBulkSenderInsightData: 272,
  FilteringBulkThresholdInsightData: 273,
  PrivacyOpenAccess: 274,
  /** Access Token for Resource issued successfully events. */
  OWAAuth: 275,
  ComplianceDLPApplicationsClassification: 276,
  /** SharePoint eSignature audit events. */
  SharePointESignature: 277,
  /** Audit events for Dynamics 365 Business Central. */
  Dynamics365BusinessCentral: 278,
  /** Audit events for Mesh. */
  MeshWorlds: 279,
  /** Viva Pulse survey response events. */
  VivaPulseResponse: 280,
  /** Viva Pulse survey organizer events. */
  VivaPulseOrganizer: 281,
  /** Viva Pulse admin events. */
  VivaPulseAdmin: 282,
  /** Viva Pulse report related events. */
  VivaPulseReport: 283,
  /** Audit events for user interactions with third-party (non-Microsoft and non-custom-built) AI applications. */
  AIAppInteraction: 284,
  /** ComplianceDLMExchange events. */
  ComplianceDLMExchange: 285,
  /** ComplianceDLMSharePoint events. */
  ComplianceDLMSharePoint: 286,
  /** Microsoft Project for the web assigned to me tenant settings events. */
  ProjectForTheWebAssignedToMeSettings: 287,
  /** Events from the Cloud Policy service. */
  CPSOperation: 288,
  ComplianceDLPExchangeDiscovery: 289,
  PurviewMCRecommendation: 290,
  /** Events from Purview On-Demand classification for Endpoint devices. */
  ComplianceDLPEndpointDiscovery: 291,
  /** Events related to scoped user insights in Insider Risk Management. */
  InsiderRiskScopedUserInsights: 292,
  /** Audit events for retention labels in Microsoft Teams. */
  MicrosoftTeamsRetentionLabelAction: 293,
  /** Audit events for Risk Detection in Microsoft Entra (previously called Azure Active Directory). */
  AadRiskDetection: 294,
  /** Audit events for an admin interacting with Search in Purview Audit. */
  AuditSearch: 295,
  /** Audit events for an admin interacting with Retention Policies in Purview Audit. */
  AuditRetentionPolicy: 296,
  /** Audit events for an admin interacting with configuration settings related to Purview Audit. */
  AuditConfig: 297,
  /** Events related to Microsoft 365 Backup Policies. */
  Microsoft365BackupBackupPolicy: 298,
  /** Events related to Microsoft 365 Backup Restore Tasks. */
  Microsoft365BackupRestoreTask: 299,
  /** Events related to artifacts backed up with Microsoft 365 Backup. */
  Microsoft365BackupRestoreItem: 300,
  /** Events related to items being restored using Microsoft 365 Backup. */
  Microsoft365BackupBackupItem: 301,
  /** Events related to Unified RBAC assignments. */
  URBACAssignment: 302,
  /** Events related to Unified RBAC roles. */
  URBACRole: 303,
  /** Events related to Unified RBAC state enablement. */
  URBACEnableState: 304,
  IRMSecurityAlert: 305,
  /** Events related to Purview Insider Risk cases. */
  PurviewInsiderRiskCases: 306,
  /** Events related to Purview Insider Risk alerts. */
  PurviewInsiderRiskAlerts: 307,
  /** Events related to Purview Insider Risk scoped users. */
  InsiderRiskScopedUsers: 308,
  CdpConsumptionResource: 309,
  /** Audit events for Copilot plugin creation. */
  CreateCopilotPlugin: 310,
  /** Audit events for updating a Copilot plugin. */
  UpdateCopilotPlugin: 311,
  /** Audit events for deleting a Copilot plugin. */
  DeleteCopilotPlugin: 312,
  /** Audit events for enabling a Copilot plugin. */
  EnableCopilotPlugin: 313,
  /** Audit events for disabling a Copilot plugin. */
  DisableCopilotPlugin: 314,
  /** Audit events for creating a Copilot workspace. */
  CreateCopilotWorkspace: 315,
  /** Audit events for updating a Copilot workspace. */
  UpdateCopilotWorkspace: 316,
  /** Audit events for deleting a Copilot workspace. */
  DeleteCopilotWorkspace: 317,
  /** Audit events for enabling a Copilot workspace. */
  EnableCopilotWorkspace: 318,
  /** Audit events for disabling a Copilot workspace. */
  DisableCopilotWorkspace: 319,
  /** Audit events for creating a Copilot promptbook. */
  CreateCopilotPromptBook: 320,
  /** Audit events for updating a Copilot promptbook. */
  UpdateCopilotPromptBook: 321,
  /** Audit events for deleting a Copilot promptbook. */
  DeleteCopilotPromptBook: 322,
  /** Audit events for enabling a Copilot promptbook. */
  EnableCopilotPromptBook: 323,
  /** Audit events for disabling a Copilot promptbook. */
  DisableCopilotPromptBook: 324,
  /** Audit event for updating user or tenant settings related to Copilot. */
  UpdateCopilotSettings: 325,
  P4AIAssessmentRecord: 326,
  P4AIAssessmentLocationResultRecord: 327,
  /** Audit events related to user interactions with third-party (non-Microsoft developed) AI applications which are deployed within the organization's Microsoft tenant. */
  ConnectedAIAppInteraction: 328,
  /** Audit events related to Consent in Microsoft Priva. */
  PrivaPrivacyConsentOperation: 329,
  /** Audit events related to Assessments in Microsoft Priva. */
  PrivaPrivacyAssessmentOperation: 330,
  /** Audit events related to Data Catalog access requests. */
  DataCatalogAccessRequests: 331,
  /** Microsoft Purview Compliance settings change events. */
  ComplianceSettingsChange: 332,
  /** Events from Data Security Investigations in Microsoft Purview. */
  DataSecurityInvestigation: 333,
  /** Audit events for user interactions with Facilitator and activities performed by Facilitator in Microsoft Teams. */
  TeamCopilotInteraction: 334,
  /** Events from Purview Insider Risk Management. */
  IRMActivityAuditTrail: 335,
  /** Events from Content Security Policy in SharePoint. */
  SharePointContentSecurityPolicy: 336,
  /** Events from the Cloud Update's profile configuration. */
  CloudUpdateProfileConfig: 337,
  /** Events from the Cloud Update's tenant configuration. */
  CloudUpdateTenantConfig: 338,
  /** Events from Cloud Update's managed devices configuration. */
  CloudUpdateDeviceConfig: 339,
  DefenderPreviewFeatures: 340,
  /** Events related to Exclusions in Device Discovery settings. */
  DeviceDiscoverySettingsExclusion: 341,
  /** Events related to Authenticated Scans in Device Discovery settings. */
  DeviceDiscoverySettingsAuthenticatedScans: 342,
  CriticalAssetManagementClassification: 343,
  /** Events related to settings in Device Discovery. */
  DeviceDiscoverySettings: 344,
  /** Events related to workspace onboarding in Microsoft Defender USX. */
  USXWorkspaceOnboarding: 345,
  /** Events related to Advanced Configuration in Viva Glint. */
  VivaGlintAdvancedConfiguration: 346,
  /** Events related to Pulse Program in Viva Glint. */
  VivaGlintPulseProgram: 347,
  /** Events related to Pulse Program Respondent Rate in Viva Glint. */
  VivaGlintPulseProgramRespondentRate: 348,
  /** Events related to Questions in Viva Glint. */
  VivaGlintQuestion: 349,
  /** Events related to Roles in Viva Glint. */
  VivaGlintRole: 350,
  /** Events related to Rubicon in Viva Glint. */
  VivaGlintRubicon: 351,
  /** Events related to Support Access in Viva Glint. */
  VivaGlintSupportAccess: 352,
  /** Events related to system activities in Viva Glint. */
  VivaGlintSystem: 353,
  /** Events related to user activities in Viva Glint. */
  VivaGlintUser: 354,
  /** Events related to user group activities in Viva Glint. */
  VivaGlintUserGroup: 355,
  /** Events related to Feedback Programs in Viva Glint. */
  VivaGlintFeedbackProgram: 356,
  /** Events related to Microsoft Fabric. */
  FabricAudit: 357,
  /** Events from Purview Data Classification. */
  TrainableClassifier: 358,
  /** Events from Microsoft Edge WebContentFiltering. */
  WebContentFiltering: 359,
  /** Events related to Noisy Alert Policies in Microsoft Defender. */
  NoisyAlertPolicy: 360,
  /** Events from Purview On-Demand classification for SharePoint and OneDrive. */
  OnDemandSharePointClassification: 361,
  /** Events related to export of AI interactions. */
  AIInteractionsExport: 362,
  /** Events from Microsoft 365 Copilot scheduled prompt. */
  Microsoft365CopilotScheduledPrompt: 363,
  /** Events from Microsoft Places Directory. */
  PlacesDirectory: 364,
  MDAAudit: 365,
  OpticalCharacterRecognition: 366,
  M365SearchSections: 368,
  OfficeClientRestrictedModeAction: 369,
  /** Events from Cross Tenant Access Policies. */
  CrossTenantAccessPolicy: 370,
  /** Events related to back-end automation (without an explicit user interaction) in Microsoft Outlook driven by Agents, Copilot, or other AI scenarios. */
  OutlookCopilotAutomation: 371,
  /** Events related to Network Association in Viva Engage. */
  VivaEngageNetworkAssociation: 372,
  /** Events related to app admin activity. */
  AppAdminActivity: 373,
  /** Events related to app settings admin activity. */
  AppSettingsAdminActivity: 374,
  /** Audit events related to Print Jobs in Microsoft Universal Print. */
  UniversalPrintPrintJob: 375,
  /** Events from notebook execution on Sentinel data lake. */
  SentinelNotebookOnLake: 376,
  /** Events from operations on jobs in Sentinel data lake. */
  SentinelJob: 377,
  /** Events related to Graph in Microsoft Sentinel. */
  SentinelGraph: 378,
  /** Events from running KQL on Sentinel data lake. */
  SentinelKQLOnLake: 379,
  SentinelPackage: 380,
  /** Events related to Outlook Sensitivity Labels in Viva Amplify. */
  VivaAmplifyOutlookSensitivityLabel: 381,
  CopilotActions: 382,
  /** Events related to AI interaction subscriptions. */
  AIInteractionsSubscription: 383,
  /** Events related to AI interaction change notifications. */
  AIInteractionsChangeNotification: 384,
  /** Events related to filtering mail metadata. */
  FilteringMailMetadataExtended: 385,
  /** Events from onboarding to Sentinel data lake. */
  SentinelLakeOnboarding: 386,
  /** Data loading events into Sentinel data lake. */
  SentinelLakeDataOnboarding: 387,
  /** Audit events related to activities performed in Office Restricted Mode. */
  OfficeRestrictedModeAction: 388,
  /** Events related to triggers for Security Copilot agents. */
  CopilotForSecurityTrigger: 389,
  /** Events related to admin activities for Microsoft Copilot agents. */
  CopilotAgentManagement: 390,
  /** Events related to Purview for AI Assessment Fabric Scanner. */
  P4AIAssessmentFabricScannerRecord: 391,
  /** Microsoft Planner goal events. */
  PlannerGoal: 392,
  /** Microsoft Planner goal list events. */
  PlannerGoalList: 393,
  ThreatIntelligenceObject: 394,
  ThreatIntelligenceExport: 395,
  SubmissionAgenticGradingResult: 396,
  AgentAdminActivity: 397,
  DeployFeatureActivity: 398,
  AgentSettingsAdminActivity: 399,
  OrganizationalDataInM365: 400,
  /** Microsoft Planner chat message events. */
  PlannerChatMessage: 401,
  /** Microsoft Planner chat message list events. */
  PlannerChatMessageList: 402,
  /** Events from operations on AI tool in Microsoft Sentinel */
  SentinelAITool: 403,
  M365ODSPAssetMetadata: 404,
  AIExecuteTool: 405,
  AIInvokeAgent: 406,
  AIInferenceCall: 407,
  CdpClassifierHealthRecord: 408,
  SensitiveInfoRemediationAgentData: 409,
  ComplianceDLPEnforcement: 410,
  A365AIExecuteTool: 411,
  A365AIInvokeAgent: 412,
  A365AIInferenceCall: 413,
  /** Viva Engage segmentation events. */
  VivaEngageSegment: 414,
  RTIOperationsAgent: 415,
  ContentStoreMetadata: 416,
  CCRAIPolicyViolation: 417,
  PlannerPlanSensitivityLabel: 418,
  MosAgentInfoRecord: 419,
  A365AIRunSummary: 420,
  UnifiedCatalogConceptAction: 421,
  /** The schema page and the metadata of Microsoft Graph disagree about this number. */
  DefenderCaseManagement: 422,
  CopilotForSecurityLogging: 423,
  /** Events related to Viva Engage hosted events. */
  VivaEngageEvents: 424,
  CallActivityEvent: 425,
  SonarDetonationContentMetadata: 426,
  /** Audit events related to Management events in Microsoft Universal Print. */
  UniversalPrintManagement: 427,
  YammerUserHiding: 428,
  Microsoft365BackupGranularBrowseTask: 429,
  /** Data Security Posture Agent events. */
  PurviewPostureAgent: 430,
  /** The schema page and the metadata of Microsoft Graph disagree about this number. */
  MSDECustomCollection: 431,
  SCPUsageEvent: 432,
  SCPConfigurationEvent: 433,
  MDCConfigurationEvent: 434,
  MDCUsageEvent: 435,
  A365SpanOutputs: 436,
  PowerPlatformTenantIsolation: 437,
  CDPDLMAIInteractionInsights: 438,
  P4AIAssessmentCategoryRecord: 439,
  SentinelLakeEncryption: 440,
  AZFWNetworkRule: 441,
  AZFWDnsQuery: 442,
  AZFWApplicationRuleAggregation: 443,
  /** Teams Evaluation Data Hub data access events. */
  TeamsEvalDataHubDataAccess: 444,
  /** Teams Evaluation Data Hub permission change events. */
  TeamsEvalDataHubPermissionChange: 445,
  TeamsEvalDataHubAdminOperation: 446,
  VivaGlintOrganizationalData: 447,
  AlertSubmission: 448,
  AlertSubmissionResultDetail: 449,
  ComplianceSitGradingSharePoint: 450,
  CompliancePolicyGradingSharePoint: 451,
  AzureAISearchAudit: 452,
  P4AIRiskScoreRecord: 453,
  /** Events from Dragon Copilot administrative operations. */
  DragonCopilotAdmin: 454,
  AISpanOutputs: 455,
  EopSubmissionFeedEntity: 456,
  SonarFileDetonationEntity: 457,
  SonarSubmissionEntity: 458,
  SonarUrlDetonationEntity: 459,
  SubmissionEntity: 460,
  SonarDetonationEntity: 461,
  /** Events related to user security concern in Microsoft Teams. */
  MicrosoftTeamsUserConcern: 462,
  /** Events related to agentic campaigns in Viva Glint. */
  VivaGlintAgenticCampaign: 463,
  MSPVectorSearchContentMetadata: 464,
  FabricPolicy: 465,
  SecurityCopilotAgentIdentityManagement: 466,
  CopilotSessionSharing: 467,
  DragonCopilotAccess: 468,
  DragonCopilotClinicalData: 469,
  DragonCopilotSession: 470,
  MosAgentInfoRecordV2: 471,
  SecurityDevelopmentLifecycleAILog: 472,
  MDASH: 473,
  DefenderSecurityForAIConfiguration: 474,
  SparkCoreCustomLivePool: 475,
} as const;

/** Name of a record type. */
export type RecordTypeName = keyof typeof RecordType;

/** A known record type, as its number. */
export type RecordType = (typeof RecordType)[RecordTypeName];
