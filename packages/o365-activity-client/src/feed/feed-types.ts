import type { CompleteUntil, DrivableFeed, Gap, LatenessHistogram } from '@repo/client-core';
import type { ContentBlob, ContentType } from '../models.js';

/** `oldest`, `now`, or a time (see `TimeInput`). */
export type ContentFeedStart = 'oldest' | 'now' | Date | number | (string & {});

/** How what appears late, in spans that were listed before, is looked for. */
export interface LateContentOptions {
  /** The last 24 hours are listed again this often. Default one hour. */
  lastDayIntervalInMs?: number | undefined;
  /** All that the service still lists is listed again this often. Default 24 hours. */
  retentionIntervalInMs?: number | undefined;
  /** What this may cost, in listing requests. Default 200, a tenth of the service's baseline. */
  maxRequestsPerMinute?: number | undefined;
}

export interface ContentFeedOptions {
  /** Default: all five. */
  contentTypes?: readonly ContentType[] | undefined;
  /**
   * Where a first run starts: `oldest` is all that the service still lists when a type is first asked for, `now` only
   * what becomes available from then on. Required without a saved cursor, and then for content types the cursor does
   * not know.
   */
  startFrom?: ContentFeedStart | undefined;
  /**
   * Blobs appear late in spans that were listed: so far back is listed again each time. Default two hours; grows up to
   * 20 hours when one blob in a hundred is later.
   */
  overlapInMs?: number | undefined;
  /** Time between two listings of a content type that is up to date. Default one minute. */
  pollIntervalInMs?: number | undefined;
  /** What appears later than `overlapInMs` is found by listing again. `false`: never. */
  lateContent?: false | LateContentOptions | undefined;
}

/** What to list: one content type, at most 24 hours of `contentCreated`. */
export interface ContentFeedQuery {
  contentType: ContentType;
  from: string;
  to: string;
  /** Listed again to find what appeared late; the cursor does not move. */
  sweep: boolean;
  /** A span before `from` that is lost: the feed was not driven for longer than the service keeps content. */
  gap?: Gap;
}

/** The whole response to one query. */
export interface ContentFeedListing {
  query: ContentFeedQuery;
  blobs: readonly ContentBlob[];
  /** The service's time when it was asked, ms since the epoch: what it lists ends there, whatever `to` says. */
  listedAt?: number | undefined;
  /** How many requests the listing took, for the budget of sweeps. Default 1. */
  requests?: number | undefined;
}

/** One blob to read. */
export interface BlobUnit {
  /** The blob's `contentId`. */
  id: string;
  blob: ContentBlob;
}

/** Where one content type stands. */
export interface ContentTypeStatus {
  contentType: ContentType;
  /** Undefined until the type has been listed. */
  completeUntil?: CompleteUntil;
  /** Blobs that were first listed later than `completeUntil` allowed for. They were handed out all the same. */
  lateArrivals: number;
  /** Time between `contentCreated` and the first listing, of what this feed has found while it was up to date. */
  lateness: LatenessHistogram;
}

/** The feed of one tenant. Never past an unread blob: what is neither acknowledged nor failed is listed again. */
export interface ContentFeed extends DrivableFeed<ContentFeedQuery, ContentFeedListing, BlobUnit> {
  /** The least of all content types; undefined until each has been listed. */
  completeUntil(): CompleteUntil | undefined;
  /** Each content type by itself. */
  status(): ContentTypeStatus[];
}
