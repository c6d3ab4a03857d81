export { createEmulator } from './server/emulator.js';
export type { Emulator, EmulatorOptions } from './server/emulator.js';
export { defineService } from './server/define-service.js';
export type { ServiceDefinition } from './server/define-service.js';
export type { Service } from './server/service.js';
export type { QuotaMeter } from './server/quota-meter.js';
export type { StateBasics } from './server/state-basics.js';
export { createClock } from './server/clock.js';
export type { ClockMode, EmulatorClock } from './server/clock.js';
export { contoso } from './data/contoso.js';
export { createCertificate } from './tls/certificate.js';
export type { Certificate, CertificateRequest } from './tls/certificate.js';
export type { Endpoints } from './connect/endpoints.js';
export type { Fault, FaultEffect, FaultRule, Faults, StatusEffect } from './server/faults.js';
export type { RequestRecord } from './server/journal.js';
export type { Keeper } from './server/snapshot.js';
export type { QuotaLimits, QuotaReport, Quotas } from './server/quotas.js';
export type { Listening, ListenOptions } from './server/listen.js';
export type { WireEffect } from './server/wire-effects.js';
export type { EmulatorState } from './server/emulator-state.js';
export { contentTypes } from './data/audit/shapes.js';
export { contentTypeOf, generateAuditRecords } from './data/audit/generate.js';
export { generateOrdinaryWeek } from './data/audit/ordinary/ordinary-week.js';
export type { OrdinaryRecord, OrdinaryWeekOptions } from './data/audit/ordinary/ordinary-week.js';
export { countLookAlikes, lookAlikesPerThousandUsers } from './data/audit/ordinary/look-alikes.js';
export type { LookAlikeName } from './data/audit/ordinary/look-alikes.js';
export { documentedRecords } from './data/audit/samples.js';
export {
  auditScenario,
  auditScenarioNames,
  weekScenarioNames,
} from './data/audit/scenarios/audit-scenario.js';
export { generateActivities } from './data/mcas/activities.js';
export { generateSharing } from './data/mcas/sharing.js';
export type { Random } from './data/random.js';
export type { Claims, Verdict, TokenRequest, TokenMint } from './services/entra/tokens.js';
export type { Resource } from './server/resource.js';
export type { RegisteredCertificate } from './services/entra/certificates.js';
export type {
  Tenant,
  ClientSecret,
  FederatedCredential,
  RefreshToken,
  App,
  AppInit,
  EntraState,
} from './services/entra/state.js';
export type { McasSettings } from './services/mcas/settings.js';
export type { McasRecord, McasActivity, McasAlert } from './services/mcas/records.js';
export type { ApiToken, DiscoveryUpload, McasState } from './services/mcas/state.js';
export type { ContentType, GeneratedRecord } from './data/audit/shapes.js';
export type {
  AuditScenarioName,
  AuditScenario,
  AuditScenarioOptions,
} from './data/audit/scenarios/audit-scenario.js';
export type { FeedQuota } from './services/management-activity/quota.js';
export type { StoredBlob, TenantStatus } from './services/management-activity/content/store.js';
export type { ManagementActivitySettings } from './services/management-activity/settings.js';
export type { NotificationSent, Webhooks } from './services/management-activity/subscriptions/webhooks.js';
export type { Subscription, Webhook } from './services/management-activity/subscriptions/subscription.js';
export type { SubscriptionStore } from './services/management-activity/subscriptions/subscription-store.js';
export type {
  PublishOptions,
  RecordsInput,
  LiveOptions,
} from './services/management-activity/content/week.js';
export type { ManagementActivityState } from './services/management-activity/state.js';
export type { Meter } from './services/log-analytics/quota.js';
export type { ColumnType, Column } from './services/log-analytics/columns.js';
export type { DataFlow, DataCollectionRule } from './services/log-analytics/rules.js';
export type {
  LogAnalyticsSettings,
  DataCollectorSettings,
  LogsIngestionSettings,
  QuerySettings,
} from './services/log-analytics/settings.js';
export type { Row, Entry, TableSubType, Table } from './services/log-analytics/tables.js';
export type { Workspace } from './services/log-analytics/workspaces.js';
export type { Loss, LogAnalyticsState } from './services/log-analytics/state.js';
export type { SecretVersion, KeyVaultState } from './services/key-vault/state.js';
export type { GraphObject, GraphMessage, GraphState } from './services/graph/state.js';
export type { Call } from './server/service.js';
export type { GenerateOptions } from './data/audit/generate.js';
export type { ActivityRequest } from './data/mcas/activities.js';
export type { ClassicScenarioName } from './data/audit/scenarios/classic-plots.js';
export type { CollaborationScenarioName } from './data/audit/scenarios/collaboration-plots.js';
export type { IdentityScenarioName } from './data/audit/scenarios/identity-plots.js';
export type { MailScenarioName } from './data/audit/scenarios/mail-plots.js';
export type { Person } from './data/audit/shapes.js';
