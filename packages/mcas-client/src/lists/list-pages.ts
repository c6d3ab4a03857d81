import {
  ArgumentError,
  checkOptions,
  createFingerprint,
  decodeToken,
  encodeToken,
  isNumber,
  isOneOf,
  isText,
  paged,
} from '@repo/client-core';
import type { OperationOptions, OptionTable, Page, PagedAsyncIterable } from '@repo/client-core';
import type { RawFilters } from '../filters/operators.js';
import { readEnvelope } from '../http/read-envelope.js';
import type { Transport } from '../http/transport.js';
import { packHashes, unpackHashes } from '../scan/reader/recent-ids.js';
import { ListWalk } from './list-walk.js';
import type { WalkField, WalkPosition } from './list-walk.js';

/** What all lists take beside their filters. */
export interface ListPaging<SortField extends string = string> {
  sortField?: SortField | (string & {}) | undefined;
  sortDirection?: 'asc' | 'desc' | undefined;
  /** Records to pass over. Default 0. */
  skip?: number | undefined;
  /** Records a page, 1 to 100. Default 100, the most the service gives. */
  limit?: number | undefined;
}

/** One page of a list. */
export interface ListPage<T> extends Page<T> {
  /** How many there were in all at the first page, as far as the service knows. */
  total?: number;
}

export interface ListCall {
  operation: string;
  path: string;
  filters: RawFilters;
  paging: ListPaging;
  /** Sort fields that are times: with them the list is walked by time. The first is the default. */
  timeFields?: Readonly<Record<string, WalkField>> | undefined;
  /** Sent beside filters and paging. */
  extra?: Readonly<Record<string, unknown>> | undefined;
}

const maxListLimit = 100;
const tokenVersion = 2;

const pagingTable: OptionTable<ListPaging> = {
  sortField: isText,
  sortDirection: isOneOf(['asc', 'desc']),
  skip: isNumber({ whole: true, max: Number.MAX_SAFE_INTEGER }),
  limit: isNumber({ min: 1, max: maxListLimit, whole: true }),
};

/** Ends only when the service says so; a page that comes twice is an error. Rows that leave meanwhile hide no other. */
export function listPages<T extends { _id?: unknown }>(
  transport: Transport,
  { operation, path, filters, paging, timeFields = {}, extra = {} }: ListCall,
  options: OperationOptions = {},
): PagedAsyncIterable<T, ListPage<T>> {
  const { skip = 0, limit = maxListLimit, ...sort } = checkOptions(paging, pagingTable, 'query');
  const sortField = sort.sortField ?? Object.keys(timeFields)[0];
  const field = sortField === undefined ? undefined : timeFields[sortField];
  const sortDirection = sort.sortDirection ?? (field && 'desc');
  const fingerprint = createFingerprint({ filters, sortField, sortDirection, extra });
  const binding = { kind: operation, version: tokenVersion, fingerprint };
  const settings = { operation, filters, skip, limit, sortDirection: sortDirection ?? 'desc', field };

  return paged<T, ListPage<T>>(async function* pages(token) {
    const walk = new ListWalk(
      settings,
      token === undefined ? undefined : unpack(decodeToken(token, binding)),
    );
    for (;;) {
      const page = await transport.send(
        {
          operation,
          method: 'POST',
          path,
          body: {
            ...extra,
            ...walk.request,
            ...(sortField !== undefined && { sortField }),
            ...(sortDirection !== undefined && { sortDirection }),
          },
          idempotent: true,
          parse: (reply) => readEnvelope<T>(reply, operation),
        },
        options,
      );
      const rows = walk.take(page) as T[] | undefined;
      if (rows === undefined) continue;
      const { total } = walk;
      const result = { items: rows, ...(total !== undefined && { total }) };
      if (!page.hasNext) return yield result;
      const state = pack(walk.position);
      yield { ...result, continuationToken: encodeToken({ ...binding, state }) };
    }
  });
}

function pack({ seen, ...position }: WalkPosition): object {
  return { ...position, seen: packHashes(seen) };
}

function unpack(state: unknown): WalkPosition {
  const { skip, time, unsorted, seen, total } = (state ?? {}) as Record<string, unknown>;
  if (!Number.isInteger(skip) || typeof seen !== 'string')
    throw new ArgumentError('continuationToken', 'is damaged', 'Start the list again without it.');
  return {
    skip: skip as number,
    time: typeof time === 'number' ? time : undefined,
    unsorted: unsorted === true,
    seen: [...unpackHashes(seen)],
    total: typeof total === 'number' ? total : undefined,
  };
}
