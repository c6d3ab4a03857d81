import { ArgumentError, ResponseFormatError } from '@repo/client-core';
import type { OperationOptions } from '@repo/client-core';
import type { RawFilters } from '../filters/operators.js';
import { readText } from '../http/read-reply.js';
import type { Transport } from '../http/transport.js';
import { uploadLog } from '../discovery/upload-log.js';
import type { LogSource, UploadLogOptions, UploadLogResult } from '../discovery/upload-log.js';
import type { Storage } from '../discovery/storage.js';

/** Appliances that block scripts are made for, with the service's numbers. */
export const BlockScriptFormat = {
  BlueCoatProxySg: 102,
  CiscoAsa: 104,
  FortiGate: 108,
  PaloAlto: 112,
  Zscaler: 120,
  JuniperSrx: 129,
  Websense: 135,
} as const;
export type BlockScriptFormat = (typeof BlockScriptFormat)[keyof typeof BlockScriptFormat] | (number & {});

/** A continuous report. Dates are ISO 8601 text, `lastAlertProcessingTime` is milliseconds since the epoch. */
export interface DiscoveryReport {
  _id?: string;
  displayName?: string;
  /** 1 input, 3 view, 5 preview. */
  streamType?: number;
  [field: string]: unknown;
}

/** How many discovered apps a category has. */
export interface DiscoveryCategory {
  /** For example `SAASDB_CATEGORY_CLOUD_STORAGE`. */
  id: string;
  total: number;
  [field: string]: unknown;
}

export interface CategoryQuery {
  /** `_id` of a report. */
  streamId: string;
  /** Days. */
  timeFrame?: number | undefined;
  filters?: RawFilters | undefined;
  sortField?: 'score' | (string & {}) | undefined;
  sortDirection?: 'asc' | 'desc' | undefined;
  skip?: number | undefined;
  limit?: number | undefined;
}

/** Cloud discovery: what the logs of firewalls and proxies say about the use of apps. */
export interface Discovery {
  /** The continuous reports, all at once: the service knows no pages here. */
  listReports(options?: OperationOptions): Promise<DiscoveryReport[]>;
  listCategories(query: CategoryQuery, options?: OperationOptions): Promise<DiscoveryCategory[]>;
  /**
   * Puts a log of any size into discovery, in one call: asks for an address, uploads in one piece or in blocks, and
   * says that it is whole. Nothing is processed when any of that fails, but for the last: when its
   * answer is lost, the upload may be done.
   * @throws ArgumentError for an empty log, or one over the documented 5 GB.
   */
  uploadLog(log: LogSource, options: UploadLogOptions): Promise<UploadLogResult>;
  /** Commands that block the apps tagged as unsanctioned, as text for the appliance. */
  getBlockScript(format: BlockScriptFormat, options?: OperationOptions): Promise<string>;
}

export function createDiscovery(transport: Transport, storage: Storage): Discovery {
  return {
    listReports: (options) =>
      transport.send(
        {
          operation: 'discovery.listReports',
          method: 'GET',
          path: '/api/discovery/streams/',
          idempotent: true,
          parse: (reply) => reportsOf(reply.json()),
        },
        options,
      ),
    async listCategories(query, options) {
      if (!query.streamId)
        throw new ArgumentError('query.streamId', 'is missing', 'Give the _id of a report: listReports().');
      return transport.send(
        {
          operation: 'discovery.listCategories',
          method: 'POST',
          path: '/api/v1/discovery/discovered_apps/categories/',
          body: query,
          idempotent: true,
          parse: (reply) => listOf<DiscoveryCategory>(reply.json(), 'discovery.listCategories'),
        },
        options,
      );
    },
    uploadLog: (log, options) => uploadLog(transport, storage, log, options),
    getBlockScript: (format, options) =>
      transport.send(
        {
          operation: 'discovery.getBlockScript',
          method: 'GET',
          path: `/api/discovery_block_scripts/?format=${encodeURIComponent(format)}&type=banned`,
          idempotent: true,
          parse: (reply) => readText(reply, 'discovery.getBlockScript'),
        },
        options,
      ),
  };
}

/** The documents show one report and speak of a list; older ones show an array, a client reads `.streams`. */
function reportsOf(answer: unknown): DiscoveryReport[] {
  const streams = (answer as { streams?: unknown } | null)?.streams;
  if (streams !== undefined) return listOf(streams, 'discovery.listReports');
  if (Array.isArray(answer)) return listOf(answer, 'discovery.listReports');
  if (typeof answer === 'object' && answer !== null)
    return Object.keys(answer).length === 0 ? [] : [answer as DiscoveryReport];
  return listOf(answer, 'discovery.listReports');
}

function listOf<T>(value: unknown, operation: string): T[] {
  if (!Array.isArray(value)) throw new ResponseFormatError(`${operation}: the answer is JSON, but no list.`);
  return value as T[];
}
