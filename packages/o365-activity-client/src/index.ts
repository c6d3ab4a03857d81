export { O365ActivityClient } from './client.js';
export type { O365ActivityClientOptions } from './options.js';
export { ContentType, contentTypes } from './models.js';
export type {
  ContentBlob,
  ContentNotification,
  DlpSensitiveType,
  Subscription,
  SubscriptionWebhook,
} from './models.js';
export type {
  EnsureOutcome,
  StartOptions,
  Subscriptions,
  WebhookRegistration,
} from './resources/subscriptions.js';
export type { Content, Notifications, ReadOptions } from './resources/content.js';
export type { ListOptions } from './content/list-windows.js';
export type { TimeInput, TimeRange } from '@repo/client-core';
export type { RecordListQuery, RecordQuery, Records } from './resources/records.js';
export type { BlobReadOptions, BlobResult } from './content/read-blobs.js';
export type { InvalidRecordOptions } from './content/record-check.js';
export type { DedupeOptions } from './content/recent-ids.js';
export type {
  BlobUnit,
  ContentFeedOptions,
  ContentFeedStart,
  LateContentOptions,
} from './feed/feed-types.js';
export type { BlobPage, FollowRecordsOptions } from './feed/follow-types.js';
export { createWebhookHandler } from './webhook/create-webhook-handler.js';
export { toFetchHandler } from './webhook/to-fetch-handler.js';
export { WebhookError } from './webhook/webhook-error.js';
export type { WebhookErrorCode } from './webhook/webhook-error.js';
export type {
  WebhookContent,
  WebhookHandler,
  WebhookOptions,
  WebhookRequest,
  WebhookResponse,
} from './webhook/webhook-types.js';
export type { DlpSensitiveTypesOptions, Resources } from './resources/dlp-types.js';
export type { RawRecord } from './content/record-head.js';
export type {
  AppAccessContext,
  AuditRecord,
  ModifiedProperty,
  NameValuePair,
} from './record-types/audit-record.js';
export { BlobUnavailableError, RetentionGapError } from './errors.js';
export * from '@repo/client-core/public';
