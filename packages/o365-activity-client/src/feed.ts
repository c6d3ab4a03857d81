export { createContentFeed } from './feed/create-content-feed.js';
export type {
  BlobUnit,
  ContentFeed,
  ContentFeedListing,
  ContentFeedOptions,
  ContentFeedQuery,
  ContentFeedStart,
  ContentTypeStatus,
  LateContentOptions,
} from './feed/feed-types.js';
export type { ContentBlob, ContentType } from './models.js';
export type {
  CompleteUntil,
  Delta,
  DrivableFeed,
  Feed,
  LatenessHistogram,
  Gap,
  SavedFeed,
  SeenEntry,
} from '@repo/client-core';
