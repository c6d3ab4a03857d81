import { ArgumentError } from '@repo/client-core';
import type { ContentType } from '../models.js';
import type { Window } from './windows.js';

/** Where a listing goes on: the next page, and what of the range is left after this window. */
export interface ListPosition {
  next?: string;
  /** Where the window of the next page begins. */
  from?: number;
  rest: Window;
}

export function writeListToken(position: ListPosition, contentType: ContentType): string {
  return btoa(JSON.stringify({ v: 1, t: contentType, ...position }));
}

export function readListToken(token: string, contentType: ContentType): ListPosition {
  try {
    const { v, t, next, from, rest } = JSON.parse(atob(token)) as ListPosition & { v: unknown; t: unknown };
    if (v === 1 && t === contentType && Number.isFinite(rest.start) && Number.isFinite(rest.end))
      return { ...(next && { next }), ...(Number.isFinite(from) && { from }), rest };
  } catch {
    // Thrown below.
  }
  throw new ArgumentError(
    'continuationToken',
    'was not made by this listing',
    'Pass one from an earlier page.',
  );
}
