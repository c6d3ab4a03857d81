import { ArgumentError, ResponseFormatError } from '@repo/client-core';
import type { OperationOptions, PagedAsyncIterable } from '@repo/client-core';
import type { IpCategory } from '../constants.js';
import { toRawFilters } from '../filters/to-raw-filters.js';
import type { RawFilters } from '../filters/operators.js';
import { ipRangeFilterRules } from '../filters/ip-range-filters.js';
import type { IpRangeFilters } from '../filters/ip-range-filters.js';
import { listPages } from '../lists/list-pages.js';
import type { ListPage, ListPaging } from '../lists/list-pages.js';
import type { IpRange } from '../models/others.js';
import { readNothing, segment } from '../http/read-reply.js';
import type { Transport } from '../http/transport.js';

export interface IpRangeListQuery extends ListPaging<'category' | 'tags' | 'name'> {
  filters?: IpRangeFilters | undefined;
  rawFilters?: RawFilters | undefined;
}

/** What a range is made of. */
export interface IpRangeInput {
  /** Unique in the tenant. */
  name: string;
  category: IpCategory;
  /** In CIDR notation. */
  subnets: string[];
  organization?: string | undefined;
  /** Ids of IP tags. */
  tags?: string[] | undefined;
}

/** Named IP ranges (data enrichment). */
export interface IpRanges {
  list(query?: IpRangeListQuery, options?: OperationOptions): PagedAsyncIterable<IpRange, ListPage<IpRange>>;
  /** Gives the id of the new range. */
  create(range: IpRangeInput, options?: OperationOptions): Promise<string>;
  /**
   * The service replaces a whole range and empties what is left out; so this reads the range first and sends it with
   * the changes. Two requests at least; a change by someone else in between is lost.
   */
  update(id: string, changes: Partial<IpRangeInput>, options?: OperationOptions): Promise<void>;
  /** Sends the range as it is given: optional fields that are left out become empty. */
  replace(id: string, range: IpRangeInput, options?: OperationOptions): Promise<void>;
  delete(id: string, options?: OperationOptions): Promise<void>;
}

export function createIpRanges(transport: Transport): IpRanges {
  const list: IpRanges['list'] = ({ filters, rawFilters, ...paging } = {}, options) =>
    listPages<IpRange>(
      transport,
      {
        operation: 'ipRanges.list',
        path: '/api/v1/subnet/',
        filters: toRawFilters(filters, ipRangeFilterRules, rawFilters),
        paging,
      },
      options,
    );

  async function replace(id: string, range: IpRangeInput, options?: OperationOptions): Promise<void> {
    check(range);
    await transport.send(
      {
        operation: 'ipRanges.replace',
        method: 'POST',
        path: `/api/v1/subnet/${segment('id', id)}/update_rule/`,
        body: { ...range, _id: id, ...(range.organization && { overrideOrganization: true }) },
        idempotent: false,
        change: id,
        parse: (reply) => readNothing(reply, 'ipRanges.replace'),
      },
      options,
    );
  }

  return {
    list,
    replace,
    async create(range, options) {
      check(range);
      const operation = 'ipRanges.create';
      return transport.send(
        {
          operation,
          method: 'POST',
          path: '/api/v1/subnet/create_rule/',
          body: range,
          idempotent: false,
          change: range.name,
          parse: (reply) => {
            const id = reply.json();
            if (typeof id === 'string') return id;
            throw new ResponseFormatError(
              `${operation}: the answer is not the id of the new range. Look whether it was made.`,
              {
                status: reply.status,
              },
            );
          },
        },
        options,
      );
    },
    async update(id, changes, options) {
      segment('id', id);
      // Reading one range is not documented; listing is.
      for await (const found of list({}, options)) {
        if (found._id !== id) continue;
        // `undefined` is no wish to empty a field.
        const wanted = Object.entries(changes).filter(([, value]) => value !== undefined);
        return replace(id, { ...inputOf(found), ...Object.fromEntries(wanted) }, options);
      }
      throw new ArgumentError('id', 'is no range of this tenant', 'Take the _id of a listed range.');
    },
    async delete(id, options) {
      await transport.send(
        {
          operation: 'ipRanges.delete',
          method: 'DELETE',
          path: `/api/v1/subnet/${segment('id', id)}/`,
          idempotent: false,
          change: id,
          parse: (reply) => readNothing(reply, 'ipRanges.delete'),
        },
        options,
      );
    },
  };
}

/** A listed range as it is written: subnets as CIDR, tags as ids. */
function inputOf({ name = '', category = 0, subnets = [], organization, tags = [] }: IpRange): IpRangeInput {
  const ids = tags.map((tag) =>
    typeof tag === 'object' && tag !== null
      ? String((tag as { _id?: unknown; id?: unknown })._id ?? (tag as { id?: unknown }).id)
      : String(tag),
  );
  return {
    name,
    category: category as IpCategory,
    subnets: subnets.map(({ originalString, address, mask }) => originalString ?? `${address}/${mask}`),
    ...(organization && { organization }),
    ...(ids.length > 0 && { tags: ids }),
  };
}

function check({ name, subnets }: IpRangeInput): void {
  if (typeof name !== 'string' || name === '')
    throw new ArgumentError('range.name', 'is empty', 'Give a unique name.');
  if (!Array.isArray(subnets) || subnets.length === 0)
    throw new ArgumentError(
      'range.subnets',
      'is empty',
      'Give at least one subnet, for example 192.0.2.0/24.',
    );
}
