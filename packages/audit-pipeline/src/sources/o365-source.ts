import { ArgumentError, systemClock } from '@repo/client-core';
import type { ApiError, Clock, Cloud } from '@repo/client-core';
import { BlobUnavailableError, contentTypes as allTypes } from 'o365-activity-client';
import { createContentFeed } from 'o365-activity-client/feed';
import type {
  BlobUnit,
  ContentFeedOptions,
  ContentType,
  O365ActivityClient,
  RawRecord,
} from 'o365-activity-client';
import { UnitUnreadableError } from '../errors.js';
import type { Source, SourceRun } from '../ports.js';
import { ContentDiscovery, listRange } from './discover-content.js';
import { finiteSource } from './finite-source.js';
import { groupRecords } from './group-records.js';

export interface O365SourceOptions extends ContentFeedOptions {
  /** Whose data this is: the tenant's GUID. A state belongs to one tenant and refuses every other. */
  tenantId: string;
  /** The cloud of the tenant; rows do not leave it unless that is allowed. Default: the client's. */
  cloud?: Cloud | undefined;
  /** Default: the machine's clock. */
  clock?: Clock | undefined;
  /** Called with a content type that cannot be listed. It is asked for again; the others go on. */
  onContentTypeError?: ((contentType: ContentType, error: ApiError) => void) | undefined;
  /** After how long it is asked for again, in milliseconds. Default one minute. */
  retryListingInMs?: number | undefined;
}

/** No blob is listed for longer; its id may be forgotten then. */
const rememberedInMs = 8 * 86_400_000;

/**
 * Content blobs of one tenant as units, their records as the bytes the service wrote. The first run must say where it
 * starts (`startFrom`); what is lost because it was too old is passed to the run's `onGap`.
 */
export function o365Source(
  client: O365ActivityClient,
  options: O365SourceOptions,
): Source<BlobUnit, RawRecord> {
  const { tenantId, cloud = client.cloud, clock = systemClock } = options;
  if (!tenantId)
    throw new ArgumentError(
      'options.tenantId',
      'is missing',
      "Give the tenant's GUID: the state belongs to it.",
    );
  const read = readBlob(client);
  return {
    identity: `o365:${tenantId.toLowerCase()}`,
    cloud,
    open: (saved) => {
      const feed = createContentFeed(saved, options);
      const discovery = new ContentDiscovery(client, feed, { ...options, clock });
      return {
        discover: (how) => discovery.discover(how),
        read,
        ack: (id) => feed.ack(id),
        fail: (id, reason) => feed.fail(id, reason),
        checkpoint: () => feed.checkpoint(),
        progress: () => discovery.progress(),
      };
    },
    between: (from, to) => ({
      open: (saved) =>
        finiteSource({
          saved,
          read,
          units: (how) => listRange(client, { from, to, types: options.contentTypes ?? allTypes }, how),
          expires: () => clock.now() + rememberedInMs,
        }),
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
    { abortSignal }: { abortSignal?: AbortSignal | undefined },
  ): AsyncGenerator<RawRecord[], void, void> {
    try {
      yield* groupRecords(client.content.streamRaw(blob, abortSignal ? { abortSignal } : {}));
    } catch (error) {
      if (!BlobUnavailableError.isInstance(error)) throw error;
      throw new UnitUnreadableError(error.code ?? 'expired', { cause: error });
    }
  }
}

/** The id of a record, for skipping duplicates: the service delivers some twice by design. */
export function recordId(record: RawRecord): string | undefined {
  return record.id;
}
