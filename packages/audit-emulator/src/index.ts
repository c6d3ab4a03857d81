export { createEmulator } from './emulator.js';
export type { Emulator, EmulatorOptions } from './emulator.js';
export { createClock } from './clock.js';
export type { ClockMode, EmulatorClock } from './clock.js';
export { contoso } from './contoso.js';
export { createCertificate } from './certificate.js';
export type { Certificate, CertificateRequest } from './certificate.js';
export type { Endpoints } from './endpoints.js';
export type { Fault, FaultEffect, FaultRule, Faults, StatusEffect } from './faults.js';
export type { RequestRecord } from './journal.js';
export type { Keeper } from './keep.js';
export type { QuotaLimits, QuotaReport, Quotas } from './quotas.js';
export type { Listening, ListenOptions } from './listen.js';
export type { ServiceName } from './service.js';
export type { WireEffect } from './wire.js';
export type { World } from './world.js';
export { contentTypes } from './data/audit/shapes.js';
export { contentTypeOf, generateAuditRecords } from './data/audit/generate.js';
export { documentedRecords } from './data/audit/samples.js';
export { auditScenario, auditScenarioNames } from './data/audit/scenarios.js';
export { generateActivities } from './data/mcas/activities.js';
export { generateSharing } from './data/mcas/sharing.js';
export type { Random } from './random.js';
export type { Claims, Verdict, TokenRequest, TokenMint } from './entra/tokens.js';
export type { Resource } from './entra/resources.js';
export type { RegisteredCertificate } from './entra/certificates.js';
export type {
  Tenant,
  ClientSecret,
  FederatedCredential,
  RefreshToken,
  App,
  AppInit,
  EntraState,
} from './entra/state.js';
export type { McasOptions } from './mcas/options.js';
export type { McasRecord, McasActivity, McasAlert } from './mcas/records.js';
export type { ApiToken, DiscoveryUpload, McasState } from './mcas/state.js';
export type { ContentType, GeneratedRecord } from './data/audit/shapes.js';
export type { AuditScenarioName, AuditScenario } from './data/audit/scenarios.js';
export type { FeedQuota } from './activity/quota.js';
export type { StoredBlob, TenantStatus } from './activity/store.js';
export type { ActivitySwitches } from './activity/switches.js';
export type { Webhook, NotificationSent, Webhooks } from './activity/webhooks.js';
export type { Subscription } from './activity/subscriptions.js';
export type { SubscriptionStore } from './activity/subscription-store.js';
export type { PublishOptions, RecordsInput, LiveOptions } from './activity/week.js';
export type { ActivityState } from './activity/state.js';
export type { Meter } from './log-analytics/quota.js';
export type { ColumnType, Column } from './log-analytics/columns.js';
export type { DataFlow, DataCollectionRule } from './log-analytics/rules.js';
export type {
  LogAnalyticsSettings,
  DataCollectorSettings,
  LogsIngestionSettings,
  QuerySettings,
} from './log-analytics/settings.js';
export type { Row, Entry, TableSubType, Table } from './log-analytics/tables.js';
export type { Workspace } from './log-analytics/workspaces.js';
export type { Loss, LogAnalyticsState } from './log-analytics/state.js';
export type { SecretVersion, KeyVaultState } from './key-vault/state.js';
export type { GraphObject, GraphMessage, GraphState } from './graph/state.js';
export type { Call } from './service.js';
export type { GenerateOptions } from './data/audit/generate.js';
export type { ActivityRequest } from './data/mcas/activities.js';
