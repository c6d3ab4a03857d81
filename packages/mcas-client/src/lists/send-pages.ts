import type { OperationOptions, PagedAsyncIterable } from '@repo/client-core';
import { toRawFilters } from '../filters/to-raw-filters.js';
import type { RawFilters } from '../filters/operators.js';
import { checkPath } from '../http/send.js';
import type { Transport } from '../http/transport.js';
import { listPages } from './list-pages.js';
import type { ListPage, ListPaging } from './list-pages.js';

/** Filters, paging, and whatever else the body of such a list takes. */
export interface SendPagesQuery extends ListPaging {
  rawFilters?: RawFilters | undefined;
  /** Sent beside filters and paging. */
  body?: Readonly<Record<string, unknown>> | undefined;
}

export function sendPages<T extends { _id?: unknown }>(
  transport: Transport,
  path: string,
  { rawFilters, body, ...paging }: SendPagesQuery,
  options?: OperationOptions,
): PagedAsyncIterable<T, ListPage<T>> {
  checkPath(path);
  const filters = toRawFilters({}, {}, rawFilters);
  return listPages<T>(transport, { operation: 'sendPages', path, filters, paging, extra: body }, options);
}
