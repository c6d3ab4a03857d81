import type { Delta, Feed, Gap, TimeInput } from '@repo/client-core';
import type { ContentBlob, ContentType } from '../models.js';

/** `oldest`, `now`, or a time. */
export type ContentFeedStart = 'oldest' | 'now' | TimeInput;

export interface ContentFeedOptions {
  /** Default: all five. */
  contentTypes?: readonly ContentType[];
  /**
   * Where a first run starts: `oldest` is all that the service still lists when a type is first asked for, `now` only
   * what comes. Required
   * without a saved cursor, and then for content types the cursor does not know.
   */
  startFrom?: ContentFeedStart;
  /** Blobs appear late in spans that were listed: so far back is listed again each time. Default two hours. */
  overlapInMs?: number;
  /** Time between two listings of a content type that is up to date. Default one minute. */
  pollIntervalInMs?: number;
}

/** What to list: one content type, at most 24 hours of `contentCreated`. */
export interface ContentFeedQuery {
  contentType: ContentType;
  from: string;
  to: string;
  /** A span before `from` that is lost: the feed stood still for longer than the service keeps content. */
  gap?: Gap;
}

/** The whole answer to one query. */
export interface ContentFeedListing {
  query: ContentFeedQuery;
  blobs: readonly ContentBlob[];
  /** The service's time when it was asked, ms since the epoch: what it lists ends there, whatever `to` says. */
  listedAt?: number;
}

/** One blob to read. */
export interface BlobUnit {
  /** The blob's `contentId`. */
  id: string;
  blob: ContentBlob;
}

/** The feed of one tenant. Never past an unread blob: what is neither acknowledged nor failed is listed again. */
export interface ContentFeed extends Feed<ContentFeedQuery, ContentFeedListing, BlobUnit> {
  announce(units: BlobUnit[]): BlobUnit[];
  /** The state as it is, when nothing was acknowledged for long: an empty listing moves the cursor too. */
  checkpoint(): Delta;
  /** The listing failed: its content type is not asked for before that time (ms since the epoch). */
  postpone(query: ContentFeedQuery, until: number): void;
}
