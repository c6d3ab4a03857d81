import { ArgumentError, createFingerprint, decodeToken, encodeToken } from '@repo/client-core';
import type { TokenBinding } from '@repo/client-core';
import type { ContentType } from '../models.js';
import type { Window } from './windows.js';

/** Where a listing goes on: the next page, and what of the range is left after this window. */
export interface ListPosition {
  next?: string | undefined;
  /** Where the window of the next page begins. */
  from?: number | undefined;
  rest: Window;
}

/** What a token belongs to: it is refused by every other listing. */
interface ListQuery {
  operation: string;
  contentType: ContentType;
  range: Window;
}

export function writeListToken(position: ListPosition, query: ListQuery): string {
  return encodeToken({ ...getBinding(query), state: position });
}

/** @throws ArgumentError for a token of another listing, and for one that was changed. */
export function readListToken(token: string, query: ListQuery): ListPosition {
  const position = decodeToken(token, getBinding(query));
  if (isPosition(position)) return position;
  throw new ArgumentError(
    'continuationToken',
    'was not made by this listing',
    'Pass one from an earlier page.',
  );
}

function getBinding(query: ListQuery): TokenBinding {
  return { kind: query.operation, version: 1, fingerprint: createFingerprint(query) };
}

function isPosition(value: unknown): value is ListPosition {
  const { next, from, rest } = (value ?? {}) as Partial<Record<keyof ListPosition, unknown>>;
  const { start, end } = (rest ?? {}) as Partial<Record<keyof Window, unknown>>;
  return (
    Number.isFinite(start) &&
    Number.isFinite(end) &&
    (next === undefined || typeof next === 'string') &&
    (from === undefined || Number.isFinite(from))
  );
}
