import { ArgumentError, ResponseFormatError, paged } from '@repo/client-core';
import type { OperationOptions, Page, PagedAsyncIterable } from '@repo/client-core';
import { canonical, fingerprint } from '../filters/fingerprint.js';
import type { RawFilters } from '../filters/operators.js';
import { readEnvelope } from '../http/read-envelope.js';
import { readToken, writeToken } from '../http/continuation-token.js';
import type { Transport } from '../http/transport.js';

/** What all lists take beside their filters. */
export interface ListPaging<SortField extends string = string> {
  sortField?: SortField | (string & {});
  sortDirection?: 'asc' | 'desc';
  /** Records to pass over. Default 0. */
  skip?: number;
  /** Records a page, 1 to 100. Default 100, the most the service gives. */
  limit?: number;
}

/** One page of a list. */
export interface ListPage<T> extends Page<T> {
  /** How many there are in all, as far as the service knows. */
  total?: number;
}

export interface ListCall {
  operation: string;
  path: string;
  filters: RawFilters;
  paging: ListPaging;
}

const maxListLimit = 100;

/** Pages by `skip` and `limit`. Ends only when the service says so; a page that comes twice is an error. */
export function listPages<T extends { _id?: unknown }>(
  transport: Transport,
  { operation, path, filters, paging }: ListCall,
  options: OperationOptions = {},
): PagedAsyncIterable<T, ListPage<T>> {
  const { skip: first = 0, limit = maxListLimit, sortField, sortDirection } = paging;
  if (!Number.isInteger(limit) || limit < 1 || limit > maxListLimit)
    throw new ArgumentError('query.limit', `is ${limit}`, 'A list takes 1 to 100 records a page.');
  if (!Number.isInteger(first) || first < 0)
    throw new ArgumentError('query.skip', `is ${first}`, 'Give 0 or more.');
  const print = fingerprint({ filters, sortField, sortDirection });
  const broken = (what: string): ResponseFormatError =>
    new ResponseFormatError(`${operation}: the service ${what}. The list stops here, incomplete.`);

  return paged<T, ListPage<T>>(async function* pages(token) {
    let skip = token === undefined ? first : skipOf(readToken(operation, print, token));
    let lastPage = '';
    let lastIds = new Set<unknown>();
    for (;;) {
      const body = {
        filters,
        skip,
        limit,
        ...(sortField && { sortField }),
        ...(sortDirection && { sortDirection }),
      };
      const { data, hasNext, total } = await transport.send(
        {
          operation,
          method: 'POST',
          path,
          body,
          idempotent: true,
          parse: (reply) => readEnvelope<T>(reply, operation),
        },
        options,
      );
      const ids = data.map((record) => (record as T | null)?._id);
      const page = canonical(ids.every((id) => id !== undefined) ? ids : data);
      if (data.length > 0 && page === lastPage)
        throw broken(`gave the same page for skip ${skip}; it seems to ignore what it is asked`);
      if (data.length === 0 && hasNext) throw broken(`says that more follows an empty page at skip ${skip}`);
      // New records push older ones onto the next page.
      const items = data.filter((_, at) => ids[at] === undefined || !lastIds.has(ids[at]));
      lastPage = page;
      lastIds = new Set(ids);
      skip += data.length;
      const result = { items, ...(total !== undefined && { total }) };
      if (!hasNext) return yield result;
      yield { ...result, continuationToken: writeToken(operation, print, { skip }) };
    }
  });
}

function skipOf(state: unknown): number {
  const { skip } = (state ?? {}) as { skip?: unknown };
  if (!Number.isInteger(skip))
    throw new ArgumentError('continuationToken', 'is damaged', 'Start the list anew.');
  return skip as number;
}
