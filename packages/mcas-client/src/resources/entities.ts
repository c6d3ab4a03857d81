import { ArgumentError } from '@repo/client-core';
import type { OperationOptions, PagedAsyncIterable } from '@repo/client-core';
import { toRawFilters } from '../filters/to-raw-filters.js';
import type { EntityKey, RawFilters } from '../filters/operators.js';
import { entityFilterRules } from '../filters/entity-filters.js';
import type { EntityFilters } from '../filters/entity-filters.js';
import { listPages } from '../lists/list-pages.js';
import type { ListPage, ListPaging } from '../lists/list-pages.js';
import type { Entity } from '../models/others.js';
import { readRecord } from '../http/read-reply.js';
import type { Transport } from '../http/transport.js';

export interface EntityListQuery extends ListPaging {
  filters?: EntityFilters | undefined;
  rawFilters?: RawFilters | undefined;
}

/** Users and accounts. */
export interface Entities {
  list(query?: EntityListQuery, options?: OperationOptions): PagedAsyncIterable<Entity, ListPage<Entity>>;
  /** `saas` is the application (11161 for Entra ID), `inst` its instance, mostly 0. */
  get(key: EntityKey, options?: OperationOptions): Promise<Entity>;
  /** Of a user its accounts; of an account its user and siblings. */
  getTree(key: EntityKey, options?: OperationOptions): Promise<Record<string, unknown>>;
}

/** The key in a path: base64 of JSON, percent-encoded since base64 knows `/` and `+`. */
export function entityPath({ id, saas = 11161, inst = 0 }: EntityKey): string {
  if (typeof id !== 'string' || id === '')
    throw new ArgumentError('key.id', 'is empty', 'Give { id, saas, inst }.');
  const bytes = new TextEncoder().encode(JSON.stringify({ id, saas, inst }));
  return encodeURIComponent(btoa(String.fromCharCode(...bytes)));
}

export function createEntities(transport: Transport): Entities {
  const read = async (
    operation: string,
    key: EntityKey,
    rest: string,
    options?: OperationOptions,
  ): Promise<object> =>
    transport.send(
      {
        operation,
        method: 'GET',
        path: `/api/v1/entities/${entityPath(key)}/${rest}`,
        idempotent: true,
        parse: (reply) => readRecord(reply, operation),
      },
      options,
    );
  return {
    list({ filters, rawFilters, ...paging } = {}, options) {
      return listPages<Entity>(
        transport,
        {
          operation: 'entities.list',
          path: '/api/v1/entities/',
          filters: toRawFilters(filters, entityFilterRules, rawFilters),
          paging,
        },
        options,
      );
    },
    get: async (key, options) => (await read('entities.get', key, '', options)) as Entity,
    getTree: async (key, options) =>
      (await read('entities.getTree', key, 'retrieve_tree/', options)) as Record<string, unknown>,
  };
}
