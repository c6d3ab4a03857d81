import { ArgumentError, ResponseFormatError } from '@repo/client-core';
import type { OperationOptions, PagedAsyncIterable } from '@repo/client-core';
import type { McasClient } from '../client.js';
import type { ListPage } from '../lists/list-pages.js';
import type { SendPagesQuery } from '../lists/send-pages.js';
import type { PolicyType } from './constants.js';

/** What these operations return: no document describes it. */
export interface UndocumentedRecord {
  _id?: string;
  [field: string]: unknown;
}

export interface DiscoveredAppsQuery extends Omit<SendPagesQuery, 'body'> {
  /** `_id` of a report: `discovery.listReports()`. */
  streamId: string;
  /** Days. */
  timeframe?: 7 | 30 | 90 | undefined;
}

export type UndocumentedRecords = PagedAsyncIterable<UndocumentedRecord, ListPage<UndocumentedRecord>>;

/** Not in Microsoft's reference: each is a call that its PowerShell module makes. */
export interface Undocumented {
  /** `POST /api/v1/governance/`: what was done to accounts and files. Filters `appId`, `status`, `type`. */
  listGovernanceLog(query?: SendPagesQuery, options?: OperationOptions): UndocumentedRecords;
  /** `POST /cas/api/v1/policies/`. */
  listPolicies(query?: SendPagesQuery, options?: OperationOptions): UndocumentedRecords;
  /** `GET /cas/api/v1/policies/<type>/<id>/`. */
  getPolicy(type: PolicyType, id: string, options?: OperationOptions): Promise<UndocumentedRecord>;
  /** `POST /cas/api/v1/discovery/discovered_apps/`. */
  listDiscoveredApps(query: DiscoveredAppsQuery, options?: OperationOptions): UndocumentedRecords;
  /** `POST /cas/api/v1/discovery/discovered_apps/tags/`. */
  listDiscoveredAppTags(query?: SendPagesQuery, options?: OperationOptions): UndocumentedRecords;
  /** `POST /cas/api/v1/app_permissions/`: OAuth apps. */
  listAppPermissions(query?: SendPagesQuery, options?: OperationOptions): UndocumentedRecords;
  /** `GET /cas/api/tags/?target=ip`. */
  listIpTags(options?: OperationOptions): Promise<UndocumentedRecord[]>;
  /** `GET /cas/api/v1/user_tags/`. */
  listUserGroups(options?: OperationOptions): Promise<UndocumentedRecord[]>;
  /** `GET /cas/api/v1/discovery/data_sources/`: the first 100. */
  listDataSources(options?: OperationOptions): Promise<UndocumentedRecord[]>;
  /** `GET /cas/api/v1/autocomplete/activity-types/`: names of activity types of an application. */
  listActivityTypes(
    appId: number,
    search?: string,
    options?: OperationOptions,
  ): Promise<UndocumentedRecord[]>;
}

const tagsPath = '/cas/api/tags/?enabledOnly=true&sort=name&sortDirectory=asc&target=ip';
const sourcesPath =
  '/cas/api/v1/discovery/data_sources/?skip=0&limit=100&sortField=created&sortDirection=desc';

export function createUndocumented(client: McasClient): Undocumented {
  const pages = (path: string) => (query?: SendPagesQuery, options?: OperationOptions) =>
    client.sendPages<UndocumentedRecord>(path, query, options);
  const all = async (path: string, options?: OperationOptions): Promise<UndocumentedRecord[]> =>
    readRecords(await client.send('GET', path, undefined, options), path);
  return {
    listGovernanceLog: pages('/api/v1/governance/'),
    listPolicies: pages('/cas/api/v1/policies/'),
    async getPolicy(type, id, options) {
      if (!/^[\w-]+$/.test(type) || !/^[\w-]+$/.test(id))
        throw new ArgumentError('id', 'is not the id of a policy', 'Take type and _id of a listed policy.');
      const answer = await client.send('GET', `/cas/api/v1/policies/${type}/${id}/`, undefined, options);
      return answer as UndocumentedRecord;
    },
    listDiscoveredApps({ streamId, timeframe = 90, ...query }, options) {
      if (!streamId)
        throw new ArgumentError('query.streamId', 'is missing', 'Give the _id of a report: listReports().');
      const path = '/cas/api/v1/discovery/discovered_apps/';
      return client.sendPages<UndocumentedRecord>(path, { ...query, body: { streamId, timeframe } }, options);
    },
    listDiscoveredAppTags: pages('/cas/api/v1/discovery/discovered_apps/tags/'),
    listAppPermissions: pages('/cas/api/v1/app_permissions/'),
    listIpTags: (options) => all(tagsPath, options),
    listUserGroups: (options) => all('/cas/api/v1/user_tags/', options),
    listDataSources: (options) => all(sourcesPath, options),
    async listActivityTypes(appId, search = '', options) {
      if (!Number.isInteger(appId))
        throw new ArgumentError('appId', 'is not a number', 'Give the id of an application, see Service.');
      const service = encodeURIComponent(`eq(i:${appId},)`);
      const path = `/cas/api/v1/autocomplete/activity-types/?search=${encodeURIComponent(search)}&service=${service}`;
      return all(path, options);
    },
  };
}

/** An array, or an object that holds one under `data` or `records`. */
function readRecords(answer: unknown, path: string): UndocumentedRecord[] {
  if (Array.isArray(answer)) return answer as UndocumentedRecord[];
  const { data, records } = (answer ?? {}) as { data?: unknown; records?: unknown };
  if (Array.isArray(data)) return data as UndocumentedRecord[];
  if (Array.isArray(records)) return records as UndocumentedRecord[];
  throw new ResponseFormatError(`send: the answer of ${path} holds no list.`, { operation: 'send' });
}
