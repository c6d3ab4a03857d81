export { McasClient } from './client.js';
export type { McasClientOptions } from './client-options.js';
export type { Environment } from './client-from-env.js';
export { apiToken } from './http/api-token.js';
export type { ApiTokenCredential } from './http/api-token.js';
export { EventCategory, IpCategory, IpTag, Service, Severity, UserAgentTag, UserGroup } from './constants.js';
export type { SendPagesQuery } from './lists/send-pages.js';
export type { Activities, ActivityFeedback, ActivityListQuery } from './resources/activities.js';
export { getContinuationToken } from './scan/scan-activities.js';
export type { ScanCertificate } from './scan/scan-certificate.js';
export type { ScanPage, ScanQuery, ScanSortField, SortDirection } from './scan/scan-query.js';
export type { ActivityFeedOptions } from './feed/feed-options.js';
export type { ActivityPage, FollowActivitiesOptions, FollowRetry } from './feed/follow-activities.js';
export type { ListPage, ListPaging } from './lists/list-pages.js';
export type { AlertListQuery, Alerts } from './resources/alerts.js';
export type { FollowAlertsOptions, AlertPage } from './alerts/follow-alerts.js';
export { BlockScriptFormat } from './resources/discovery.js';
export type { CategoryQuery, Discovery, DiscoveryCategory, DiscoveryReport } from './resources/discovery.js';
export type { LogSource, UploadLogOptions, UploadLogResult } from './discovery/upload-log.js';
export { BenignReason, FalsePositiveReason } from './alerts/close-kinds.js';
export type { CloseKind } from './alerts/close-kinds.js';
export type { AlertBefore, AppliedPlan, ClosePlan, PlanCloseRequest } from './alerts/plan-close.js';
export type { ReopenRequest } from './alerts/reopen-alerts.js';
export type { AlertSelection, CloseDetails, CloseResult, CloseWithReason } from './alerts/close-alerts.js';
export { BulkError } from './alerts/bulk-error.js';
export type { BulkOutcome } from './alerts/bulk-error.js';
export type { Entities, EntityListQuery } from './resources/entities.js';
export type { FileListQuery, Files } from './resources/files.js';
export type { IpRangeInput, IpRangeListQuery, IpRanges } from './resources/ip-ranges.js';
export type { SendMethod, SendOptions } from './http/send.js';
export type { AlertFilters } from './filters/alert-filters.js';
export type { EntityFilters } from './filters/entity-filters.js';
export type { FileFilters } from './filters/file-filters.js';
export type { IpRangeFilters } from './filters/ip-range-filters.js';
export type { Alert, AlertEntity } from './models/alert.js';
export type { CloudFile, Entity, IpRange } from './models/others.js';
export type { ActivityFilters } from './filters/activity-filters.js';
export type {
  BooleanFilter,
  EntityKey,
  FieldFilter,
  Is,
  IsOrSet,
  OneOrMore,
  Operands,
  Operator,
  RawFilters,
  RangeValue,
  UserTag,
  Timestamp,
} from './filters/operators.js';
export type {
  Activity,
  ActivityActor,
  ActivityDevice,
  ActivityEntity,
  ActivityEventObject,
  ActivityLocation,
  ActivityMainInfo,
  ActivityUserAgent,
} from './models/activity.js';
export * from '@repo/client-core/public';
export type { TimeInput } from '@repo/client-core';
