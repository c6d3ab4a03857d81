import { ApiError } from '@repo/client-core';
import type { Clock, Gap } from '@repo/client-core';
import type { BlobUnit, ContentBlob, ContentType, O365ActivityClient } from 'o365-activity-client';
import type { ContentFeed } from 'o365-activity-client/feed';
import type { DiscoverOptions, SourceProgress } from '../ports.js';

interface ContentDiscoveryOptions {
  clock: Clock;
  onContentTypeError?: ((contentType: ContentType, error: ApiError) => void) | undefined;
  retryListingInMs?: number | undefined;
}

type ListQuery = Extract<ReturnType<ContentFeed['next']>, { list: unknown }>['list'];

/** Each type is lost by itself. */
const nameGap = (type: ContentType, gap: Gap): Gap => ({ ...gap, reason: `${type}: ${gap.reason}` });

/** Lists what a feed asks for. A type that cannot be listed does not stop the others. */
export class ContentDiscovery {
  readonly #client: O365ActivityClient;
  readonly #feed: ContentFeed;
  readonly #options: ContentDiscoveryOptions;
  /** Why a type cannot be listed; undefined once it was. */
  readonly #types = new Map<ContentType, ApiError | undefined>();

  constructor(client: O365ActivityClient, feed: ContentFeed, options: ContentDiscoveryOptions) {
    this.#client = client;
    this.#feed = feed;
    this.#options = options;
  }

  async *discover(options: DiscoverOptions): AsyncGenerator<BlobUnit, void, void> {
    const { abortSignal, follow = false, onPosition } = options;
    const how = { ...options, onGap: onceEach(options.onGap) };
    let positioned = false;
    for (;;) {
      // Where to begin, and what is too old, is a question of the service's clock.
      const now = (await this.#client.serverTime(abortSignal ? { abortSignal } : {})).getTime();
      const step = this.#feed.next(now);
      if (!positioned) onPosition?.();
      positioned = true;
      if (!('waitUntil' in step)) yield* this.#list(step.list, how);
      else if (follow) await this.#options.clock.sleep(Math.max(1, step.waitUntil - now), abortSignal);
      else return this.#throwWhenNoneListed();
    }
  }

  progress(): SourceProgress[] {
    return this.#feed.status().map(({ contentType, completeUntil }) => ({
      type: contentType,
      completeUntil: completeUntil && Date.parse(completeUntil.time),
      latenessInMs: completeUntil?.latenessInMs,
      waiting: this.#types.get(contentType)?.message,
    }));
  }

  async *#list(query: ListQuery, options: DiscoverOptions): AsyncGenerator<BlobUnit, void, void> {
    const { contentType, from, to, gap } = query;
    const { abortSignal, onGap, onListed } = options;
    if (gap) onGap?.(nameGap(contentType, gap));
    const blobs: ContentBlob[] = [];
    const { clock, onContentTypeError, retryListingInMs = 60_000 } = this.#options;
    const askedAt = clock.now();
    try {
      // Page by page: a long listing that is cut off has delivered what it found.
      for await (const { items } of listPages(this.#client, contentType, { from, to }, options)) {
        blobs.push(...items);
        yield* this.#feed.announce(items.map((blob) => ({ id: blob.contentId, blob })));
      }
    } catch (error) {
      if (abortSignal?.aborted || !ApiError.isInstance(error)) throw error;
      this.#types.set(contentType, error);
      onContentTypeError?.(contentType, error);
      // A run that ends leaves it to the next one.
      const delay = options.follow ? retryListingInMs : 86_400_000;
      this.#feed.postpone(query, (await this.#client.serverTime()).getTime() + delay);
      return;
    }
    this.#types.set(contentType, undefined);
    // Only a whole listing moves the cursor.
    const listedAt = (await this.#client.serverTime()).getTime() - (clock.now() - askedAt);
    const units = this.#feed.listed({ query, blobs, listedAt });
    onListed?.(contentType);
    yield* units;
  }

  /** One type that cannot be listed is named in the progress; when none can, that is the run's error. */
  #throwWhenNoneListed(): void {
    const errors = [...this.#types.values()];
    const [first] = errors;
    if (first && errors.every((error) => error !== undefined)) throw first;
  }
}

/** All blobs of a range, the oldest first. */
export async function* listRange(
  client: O365ActivityClient,
  { from, to, types }: { from: number; to: number; types: readonly ContentType[] },
  options: DiscoverOptions,
): AsyncGenerator<BlobUnit, void, void> {
  const range = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const blobs: ContentBlob[] = [];
  for (const type of types)
    for await (const { items } of listPages(client, type, range, options)) blobs.push(...items);
  blobs.sort((one, two) => (one.contentCreated < two.contentCreated ? -1 : 1));
  for (const blob of blobs) yield { id: blob.contentId, blob };
}

function listPages(
  client: O365ActivityClient,
  contentType: ContentType,
  { from, to }: { from: string; to: string },
  { abortSignal, onGap }: DiscoverOptions,
): AsyncIterable<{ items: ContentBlob[] }> {
  const callbacks = { onGap: (gap: Gap) => onGap?.(nameGap(contentType, gap)) };
  const range = { from, to, ...callbacks };
  return client.content.list(contentType, abortSignal ? { ...range, abortSignal } : range).byPage();
}

/** A type that cannot be listed is asked for again, and has the same gap each time. */
function onceEach(onGap: DiscoverOptions['onGap']): (gap: Gap) => void {
  const known = new Set<string>();
  return (gap) => {
    const key = `${gap.from} ${gap.reason}`;
    if (known.has(key)) return;
    known.add(key);
    onGap?.(gap);
  };
}
