export { McasClient } from './client.js';
export type { McasClientOptions } from './client.js';
export { apiToken } from './auth.js';
export type { ApiTokenCredential } from './auth.js';
export { EventCategory, IpCategory, Service, Severity } from './constants.js';
export type { Activities, ActivityFeedback, ActivityListQuery } from './activities.js';
export type { ScanPage, ScanQuery, ScanSortField, SortDirection } from './scan/query.js';
export { createFeed, slicesOf } from './feed/feed.js';
export type { ActivityFeed, SavedRecord, Slice } from './feed/feed.js';
export type { FeedOptions } from './feed/options.js';
export type { FollowOptions, FollowPage } from './feed/follow.js';
export type { ListPage, ListPaging } from './list-pages.js';
export type { AlertListQuery, Alerts } from './alerts.js';
export type { FollowAlertsOptions, FollowAlertsPage } from './follow-alerts.js';
export {
  foldCase,
  isoTime,
  numberedToArray,
  pythonKey,
  textToInteger,
  textToNull,
  tupleToObject,
} from './normalise.js';
export type { CasePolicy } from './normalise.js';
export {
  normaliseActivity,
  normaliseAlert,
  normaliseEntity,
  normaliseFile,
  normaliseIpRange,
} from './normalise-records.js';
export { BlockScriptFormat } from './discovery/discovery.js';
export type { CategoryQuery, Discovery, DiscoveryCategory, DiscoveryReport } from './discovery/discovery.js';
export type { LogSource, UploadLogOptions, UploadLogResult } from './discovery/upload.js';
export { BenignReason, FalsePositiveReason } from './close-alerts.js';
export type { AlertSelection, CloseDetails, CloseResult, CloseWithReason } from './close-alerts.js';
export { BulkError } from './bulk-error.js';
export type { BulkOutcome } from './bulk-error.js';
export type { Entities, EntityListQuery } from './entities.js';
export type { FileListQuery, Files } from './files.js';
export type { IpRangeInput, IpRangeListQuery, IpRanges } from './ip-ranges.js';
export type { SendMethod, SendOptions } from './send.js';
export type { AlertFilters, EntityFilters, FileFilters, IpRangeFilters } from './filters/other-filters.js';
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
  TimeRange,
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
