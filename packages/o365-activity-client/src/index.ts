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
export type { EnsureOutcome, StartOptions, Subscriptions, WebhookRegistration } from './subscriptions.js';
export type { Content, Notifications } from './content.js';
export type { ListOptions } from './listing.js';
export type { TimeInput } from './time.js';
export type { TimeRange } from './windows.js';
export type { RecordListQuery, RecordQuery, Records } from './records-resource.js';
export type { BlobReadOptions, BlobResult } from './read-blobs.js';
export { createFeed } from './feed.js';
export type { ActivityFeed, BlobUnit, FeedListing, FeedOptions, FeedQuery, FeedStart } from './feed-types.js';
export type { FollowOptions, FollowPage } from './follow.js';
export { createWebhookHandler } from './webhook.js';
export type {
  WebhookContent,
  WebhookHandler,
  WebhookOptions,
  WebhookRequest,
  WebhookResponse,
} from './webhook.js';
export type { DlpSensitiveTypesOptions, Resources } from './resources.js';
export type { RawRecord } from './record-head.js';
export type {
  AppAccessContext,
  AuditRecord,
  ModifiedProperty,
  NameValuePair,
} from './records/audit-record.js';
export { BlobUnavailableError, RetentionGapError } from './errors.js';
export * from '@repo/client-core/public';
