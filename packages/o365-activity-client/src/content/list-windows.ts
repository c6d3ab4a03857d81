import { ApiError, ResponseFormatError, paged, parseEnvelope } from '@repo/client-core';
import type { Gap, OperationOptions, Page, PagedAsyncIterable, TimeRange } from '@repo/client-core';
import type { z } from 'zod';
import { RetentionGapError } from '../errors.js';
import { callOptions } from '../http/service.js';
import type { Service } from '../http/service.js';
import { formatTime } from '../http/time.js';
import type { ContentType } from '../models.js';
import { startSubscription } from '../resources/subscriptions.js';
import { readListToken, writeListToken } from './list-token.js';
import type { ListPosition } from './list-token.js';
import { clamp, firstPiece, toWindow } from './windows.js';
import type { Window } from './windows.js';

/** A span of `contentCreated` (when blobs became available), start inclusive, end exclusive. */
export interface ListOptions extends TimeRange, OperationOptions {
  /** Called with the part of the span that is too old to be listed. Without it that is a RetentionGapError. */
  onGap?: ((gap: Gap) => void) | undefined;
}

/** What is listed: content or notifications of one type. */
interface ListTarget<T> {
  operation: string;
  path: string;
  schema: z.ZodType<T[]>;
  contentType: ContentType;
}

interface ListPage<T> {
  items: T[];
  next?: string;
}

const rangeCodes = new Set(['AF20030', 'AF20055']);
const unsubscribedCodes = new Set(['AF20022', 'AF20023']);
/** A new subscription is not known everywhere immediately. */
const delayAfterStartInMs = 5000;
/** More than any listing has; a server that never ends must not hold the caller. */
const maxPagesPerWindow = 10_000;

/** Lists content or notifications: legal windows, opaque next pages, nothing lost silently. */
export function listWindows<T>(
  service: Service,
  target: ListTarget<T>,
  options: ListOptions,
): PagedAsyncIterable<T> {
  const range = toWindow(options, 'options');
  return paged((token) => new WindowListing(service, target, options).pages(range, token));
}

/** One walk over the windows of a range. */
class WindowListing<T> {
  readonly #service: Service;
  readonly #target: ListTarget<T>;
  readonly #options: ListOptions;
  #started = false;

  constructor(service: Service, target: ListTarget<T>, options: ListOptions) {
    this.#service = service;
    this.#target = target;
    this.#options = options;
  }

  async *pages(range: Window, token: string | undefined): AsyncGenerator<Page<T>, void, void> {
    const { operation, contentType } = this.#target;
    const query = { operation, contentType, range };
    let { next, from, rest }: ListPosition =
      token === undefined ? { rest: range } : readListToken(token, query);
    let seen = new Set<string>();
    let restarted = false;
    // The service's clock decides what is too old.
    if (token === undefined) await this.#service.askTime(callOptions(this.#options));
    for (;;) {
      let page: ListPage<T>;
      if (next === undefined) {
        const window = rest.start < rest.end ? this.#clampToRetention(rest) : undefined;
        const opened = window && (await this.#openWindow(window));
        if (!opened) return;
        page = opened;
        from = opened.piece.start;
        rest = { start: opened.piece.end, end: rest.end };
        seen = new Set();
      } else {
        this.#checkLoop(seen, next);
        try {
          page = await this.#request(next);
        } catch (error) {
          // The service no longer knows the page: list its window again from the start, once.
          if (!ApiError.isInstance(error) || error.code !== 'AF20031') throw error;
          if (restarted || from === undefined) throw error;
          restarted = true;
          next = undefined;
          rest = { start: from, end: rest.end };
          continue;
        }
      }
      next = page.next;
      restarted &&= next !== undefined;
      const more = next !== undefined || rest.start < rest.end;
      const position = { ...(next !== undefined && { next, from }), rest };
      yield { items: page.items, ...(more && { continuationToken: writeListToken(position, query) }) };
      if (!more) return;
    }
  }

  #checkLoop(seen: Set<string>, next: string): void {
    if (seen.has(next) || seen.size >= maxPagesPerWindow)
      throw new ResponseFormatError(
        `${this.#target.operation} of ${this.#target.contentType}: the service returned a next page that was already read. List the range again from its start.`,
      );
    seen.add(next);
  }

  /** What can still be listed. Reports what cannot. */
  #clampToRetention(rest: Window): Window | undefined {
    const { window, gap } = clamp(rest, this.#service.now());
    if (gap && !this.#options.onGap) throw new RetentionGapError(this.#target.contentType, gap);
    if (gap) this.#options.onGap?.(gap);
    return window;
  }

  /** The first page of the next window. A refused range is clamped again, once: requests wait in queues. */
  async #openWindow(window: Window): Promise<(ListPage<T> & { piece: Window }) | undefined> {
    const piece = firstPiece(window);
    try {
      return { ...(await this.#request(piece)), piece };
    } catch (error) {
      if (!ApiError.isInstance(error) || !rangeCodes.has(error.code)) throw error;
      const clamped = this.#clampToRetention(window);
      if (clamped?.start === window.start) throw error;
      if (!clamped) return undefined;
      const shorter = firstPiece(clamped);
      return { ...(await this.#request(shorter)), piece: shorter };
    }
  }

  /** With `startMissing`, a missing subscription is started and the request sent again. */
  async #request(address: string | Window): Promise<ListPage<T>> {
    try {
      return await this.#send(address);
    } catch (error) {
      if (!this.#service.startMissing || this.#started) throw error;
      if (!ApiError.isInstance(error) || !unsubscribedCodes.has(error.code)) throw error;
      this.#started = true;
      await startSubscription(this.#service, this.#target.contentType, callOptions(this.#options));
      await this.#service.clock.sleep(delayAfterStartInMs, this.#options.abortSignal);
      return this.#send(address);
    }
  }

  async #send(address: string | Window): Promise<ListPage<T>> {
    const { operation, schema, contentType, path } = this.#target;
    let items: T[] = [];
    const call = {
      ...callOptions(this.#options),
      operation,
      method: 'GET',
      check: (answer: { json(): unknown }) => void (items = parseEnvelope(schema, answer.json(), operation)),
    } as const;
    const reply =
      typeof address === 'string'
        ? await this.#service.follow(address, call)
        : await this.#service.feed(
            path,
            { contentType, startTime: formatTime(address.start), endTime: formatTime(address.end) },
            call,
          );
    const next = reply.headers.get('nextpageuri')?.trim();
    return { items, ...(next && { next }) };
  }
}
