export { createContentFeed } from './feed/create-content-feed.js';
export type {
  BlobUnit,
  ContentFeed,
  ContentFeedListing,
  ContentFeedOptions,
  ContentFeedQuery,
  CompleteUntil,
  ContentFeedStart,
  ContentTypeStatus,
  LateContentOptions,
} from './feed/feed-types.js';
export type { LatenessHistogram } from './feed/lateness.js';
export type { ContentBlob, ContentType } from './models.js';
export type { Delta, Feed, Gap, SavedFeed, SeenEntry } from '@repo/client-core';
