import { ApiError, ArgumentError, systemClock } from '@repo/client-core';
import type { Clock, Cloud, Delta, Gap } from '@repo/client-core';
import { BlobUnavailableError, contentTypes as allTypes } from 'o365-activity-client';
import { createContentFeed } from 'o365-activity-client/feed';
import type {
  BlobUnit,
  ContentBlob,
  ContentType,
  ContentFeedOptions,
  O365ActivityClient,
  RawRecord,
} from 'o365-activity-client';
import { UnitUnreadableError } from '../errors.js';
import type { DiscoverOptions, Source, SourceRun } from '../ports.js';

export interface O365SourceOptions extends ContentFeedOptions {
  /** Whose data this is: the tenant's GUID. A state belongs to one tenant and refuses every other. */
  tenantId: string;
  /** The cloud of the tenant; rows do not leave it unless that is allowed. Default: the client's. */
  cloud?: Cloud;
  /** Wait for more instead of ending when everything up to now has been delivered. Default false. */
  follow?: boolean;
  /** Default: the machine's clock. */
  clock?: Clock;
  /** While following: told of a content type that cannot be listed; it is asked for again, the others go on. */
  onContentTypeError?(contentType: ContentType, error: ApiError): void;
  /** After how long it is asked for again, in milliseconds. Default one minute. */
  retryListingInMs?: number;
}

/** Each type is lost by itself. */
const gapOf = (type: ContentType, gap: Gap): Gap => ({ ...gap, reason: `${type}: ${gap.reason}` });

/** No blob is listed for longer; its id may be forgotten then. */
const rememberedInMs = 8 * 86_400_000;

/**
 * Content blobs of one tenant as units, their records as the bytes the service wrote. The first run must say where it
 * starts (`startFrom`); what is lost because it was too old is told to the run's `onGap`.
 */
export function o365Source(
  client: O365ActivityClient,
  options: O365SourceOptions,
): Source<BlobUnit, RawRecord> {
  const {
    tenantId,
    cloud = client.cloud,
    follow = false,
    clock = systemClock,
    onContentTypeError,
    ...rest
  } = options;
  const { retryListingInMs = 60_000, ...feedOptions } = rest;
  if (!tenantId)
    throw new ArgumentError(
      'options.tenantId',
      'is missing',
      "Give the tenant's GUID: the state belongs to it.",
    );

  function pages(
    contentType: ContentType,
    span: { from: string; to: string },
    { abortSignal, onGap }: DiscoverOptions,
  ): AsyncIterable<{ items: ContentBlob[] }> {
    const told = {
      onGap: (gap: Gap) => onGap?.(gapOf(contentType, gap)),
      ...(abortSignal && { abortSignal }),
    };
    return client.content.list(contentType, { ...span, ...told }).byPage();
  }

  return {
    identity: `o365:${tenantId.toLowerCase()}`,
    ...(cloud && { cloud }),
    open(saved) {
      const feed = createContentFeed(saved, feedOptions);
      return {
        async *discover(asked) {
          const { abortSignal, onListed } = asked;
          // A type that cannot be listed is asked for again, and has the same gap each time.
          const told = new Set<string>();
          const onGap = (gap: Gap): void => {
            const key = `${gap.from} ${gap.reason}`;
            if (told.has(key)) return;
            told.add(key);
            asked.onGap?.(gap);
          };
          const how = { ...asked, onGap };
          for (;;) {
            // Where to begin, and what is too old, is told by the service's clock.
            const now = (await client.serverTime({ ...(abortSignal && { abortSignal }) })).getTime();
            const step = feed.next(now);
            if ('waitUntil' in step) {
              if (!follow) return;
              await clock.sleep(Math.max(1, step.waitUntil - now), abortSignal);
              continue;
            }
            const { contentType, from, to, gap } = step.list;
            if (gap) onGap(gapOf(contentType, gap));
            const blobs: ContentBlob[] = [];
            const askedAt = clock.now();
            try {
              // Page by page: a long listing that is cut off has delivered what it found.
              for await (const { items } of pages(contentType, { from, to }, how)) {
                blobs.push(...items);
                yield* feed.announce(items.map((blob) => ({ id: blob.contentId, blob })));
              }
            } catch (error) {
              // A missing permission of one type must not stop the others.
              if (!follow || !onContentTypeError || abortSignal?.aborted || !ApiError.isInstance(error))
                throw error;
              onContentTypeError(contentType, error);
              feed.postpone(step.list, (await client.serverTime()).getTime() + retryListingInMs);
              continue;
            }
            // Only a whole listing moves the cursor.
            const listedAt = (await client.serverTime()).getTime() - (clock.now() - askedAt);
            const units = feed.listed({ query: step.list, blobs, listedAt });
            onListed?.(contentType);
            yield* units;
          }
        },
        read: readBlob(client),
        ack: (id) => feed.ack(id),
        fail: (id, reason) => feed.fail(id, reason),
        checkpoint: () => feed.checkpoint(),
      };
    },
    between: (from, to) => ({
      open(saved) {
        const done = new Set([...(saved.seen ?? [])].map(({ id }) => id));
        const settle = (id: string): Delta => ({
          cursor: '{"v":1}',
          add: [{ id, expires: clock.now() + rememberedInMs }],
          expire: [],
        });
        return {
          async *discover(how) {
            const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
            const blobs: ContentBlob[] = [];
            for (const type of feedOptions.contentTypes ?? allTypes)
              for await (const { items } of pages(type, span, how)) blobs.push(...items);
            how.onListed?.();
            blobs.sort((a, b) => (a.contentCreated < b.contentCreated ? -1 : 1));
            for (const blob of blobs) {
              // It may be on two pages.
              if (done.has(blob.contentId)) continue;
              done.add(blob.contentId);
              yield { id: blob.contentId, blob };
            }
          },
          read: readBlob(client),
          ack: settle,
          fail: settle,
        };
      },
    }),
  };
}

/** Reads one blob, for a worker that was handed the unit by others. A blob that is gone is unreadable for good. */
export function readBlob(
  client: O365ActivityClient,
): SourceRun<BlobUnit, RawRecord>['read'] & { readonly cloud: Cloud | undefined } {
  return Object.assign(read, { cloud: client.cloud });

  async function* read(
    { blob }: BlobUnit,
    options: { abortSignal?: AbortSignal },
  ): AsyncGenerator<RawRecord, void, void> {
    try {
      yield* client.content.streamRaw(blob, options);
    } catch (error) {
      if (!BlobUnavailableError.isInstance(error)) throw error;
      throw new UnitUnreadableError(error.code === 'BlobExpired' ? 'expired' : error.code, { cause: error });
    }
  }
}

/** The id of a record, for dropping repetitions: the service delivers some twice by design. */
export function recordId(record: RawRecord): string | undefined {
  return record.id;
}
