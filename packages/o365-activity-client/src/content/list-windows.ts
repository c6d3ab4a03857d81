import { ApiError, ArgumentError, ResponseFormatError, paged, parseEnvelope } from '@repo/client-core';
import type { Gap, OperationOptions, Page, PagedAsyncIterable } from '@repo/client-core';
import type { z } from 'zod';
import { RetentionGapError } from '../errors.js';
import type { ContentType } from '../models.js';
import { callOptions } from '../http/service.js';
import type { Service } from '../http/service.js';
import { formatTime } from '../http/time.js';
import { clamp, firstPiece, windowOf } from './windows.js';
import type { TimeRange, Window } from './windows.js';

/** A span of `contentCreated` (when blobs became available), start inclusive, end exclusive. */
export interface ListOptions extends TimeRange, OperationOptions {
  /** Told of the part of the span that is too old to be listed. Without it that is a RetentionGapError. */
  onGap?(gap: Gap): void;
}

/** Where a listing goes on: the next page, and what of the range is left after this window. */
interface Position {
  next?: string;
  /** Where the window of the next page begins. */
  from?: number;
  rest: Window;
}

const rangeCodes = new Set(['AF20030', 'AF20055']);
const unsubscribedCodes = new Set(['AF20022', 'AF20023']);
/** A new subscription is not known everywhere at once. */
const afterStartInMs = 5000;
/** More than any listing has; a server that never ends must not keep us for ever. */
const maxPagesPerWindow = 10_000;

/** Lists content or notifications: legal windows, opaque next pages, nothing lost in silence. */
export function listWindows<T>(
  service: Service,
  target: { operation: string; path: string; schema: z.ZodType<T[]>; contentType: ContentType },
  options: ListOptions,
): PagedAsyncIterable<T> {
  const { operation, path, schema, contentType } = target;
  const range = windowOf(options, 'options');
  let started = false;

  /** Asks; where that is wanted, a subscription that is missing is started first and the question put again. */
  async function request(address: string | Window): Promise<{ items: T[]; next?: string }> {
    try {
      return await ask(address);
    } catch (error) {
      if (!service.startMissing || started) throw error;
      if (!ApiError.isInstance(error) || !unsubscribedCodes.has(error.code)) throw error;
      started = true;
      await startSubscription(service, contentType, options);
      await service.clock.sleep(afterStartInMs, options.abortSignal);
      return ask(address);
    }
  }

  async function ask(address: string | Window): Promise<{ items: T[]; next?: string }> {
    let items: T[] = [];
    const call = {
      ...callOptions(options),
      operation,
      method: 'GET',
      check: (one: { json(): unknown }) => void (items = parseEnvelope(schema, one.json(), operation)),
    } as const;
    const reply =
      typeof address === 'string'
        ? await service.follow(address, call)
        : await service.feed(
            path,
            { contentType, startTime: formatTime(address.start), endTime: formatTime(address.end) },
            call,
          );
    const next = reply.headers.get('nextpageuri')?.trim();
    return { items, ...(next && { next }) };
  }

  /** What of the rest can still be listed; tells of what cannot. */
  function listable(rest: Window): Window | undefined {
    const { window, gap } = clamp(rest, service.now());
    if (gap && !options.onGap) throw new RetentionGapError(contentType, gap);
    if (gap) options.onGap?.(gap);
    return window;
  }

  /** The first page of the next window. A refused range is cut anew, once: time goes on while requests queue. */
  async function open(window: Window): Promise<{ items: T[]; next?: string; piece: Window } | undefined> {
    const piece = firstPiece(window);
    try {
      return { ...(await request(piece)), piece };
    } catch (error) {
      if (!ApiError.isInstance(error) || !rangeCodes.has(error.code)) throw error;
      const again = listable(window);
      if (again?.start === window.start) throw error;
      if (!again) return undefined;
      const shorter = firstPiece(again);
      return { ...(await request(shorter)), piece: shorter };
    }
  }

  async function* pages(token: string | undefined): AsyncGenerator<Page<T>, void, void> {
    let { next, from, rest }: Position =
      token === undefined ? { rest: range } : readToken(token, contentType);
    let seen = new Set<string>();
    let restarted = false;
    // What is too old is told by the service's clock.
    if (token === undefined) await service.askTime(callOptions(options));
    for (;;) {
      let page: { items: T[]; next?: string };
      if (next === undefined) {
        const window = rest.start < rest.end ? listable(rest) : undefined;
        const opened = window && (await open(window));
        if (!opened) return;
        page = opened;
        from = opened.piece.start;
        rest = { start: opened.piece.end, end: rest.end };
        seen = new Set();
      } else {
        if (seen.has(next) || seen.size >= maxPagesPerWindow)
          throw new ResponseFormatError(
            `${operation}: the service names a next page that was read before. List the range again from its start.`,
          );
        seen.add(next);
        try {
          page = await request(next);
        } catch (error) {
          // The page is not known any more: its window is listed from the start, once.
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
      yield { items: page.items, ...(more && { continuationToken: writeToken(position, contentType) }) };
      if (!more) return;
    }
  }

  return paged(pages);
}

async function startSubscription(
  service: Service,
  contentType: ContentType,
  options: OperationOptions,
): Promise<void> {
  try {
    await service.feed(
      'subscriptions/start',
      { contentType },
      {
        ...callOptions(options),
        operation: 'subscriptions.start',
        method: 'POST',
        change: contentType,
        body: new Uint8Array(),
      },
    );
  } catch (error) {
    // Another collector of this app was faster.
    if (!ApiError.isInstance(error) || error.code !== 'AF20024') throw error;
  }
}

function writeToken(position: Position, contentType: ContentType): string {
  return btoa(JSON.stringify({ v: 1, t: contentType, ...position }));
}

function readToken(token: string, contentType: ContentType): Position {
  try {
    const { v, t, next, from, rest } = JSON.parse(atob(token)) as Position & { v: unknown; t: unknown };
    if (v === 1 && t === contentType && Number.isFinite(rest.start) && Number.isFinite(rest.end))
      return { ...(next && { next }), ...(Number.isFinite(from) && { from }), rest };
  } catch {
    // Said below.
  }
  throw new ArgumentError(
    'continuationToken',
    'was not made by this listing',
    'Pass one from an earlier page.',
  );
}
