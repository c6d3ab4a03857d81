import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  DataCollectorClient,
  LogsIngestionClient,
  clouds,
  entraCredential,
  explainSignature,
  managedIdentity,
} from '../src/index.js';
import { armTemplate, bicep, defineTable, migrationPlan, uniqueRowsFunction } from '../src/tables.js';
import { settleUnknown } from '../src/query.js';
import { openWriter } from '../src/writer/writer.js';
import { fakeService } from './fake-service.js';

const endpoint = 'https://dce-x.westeurope-1.ingest.monitor.azure.com';
const credential = { getToken: async () => ({ token: 't', expiresOnTimestamp: Infinity }) };
const workspaceId = '1090a0a1-f1c5-4000-8000-00000000c050';
const orders = defineTable('Orders_CL', z.object({ Key: z.string() }), { rowId: 'Key' });
const classic = {
  properties: { schema: { name: 'Old_CL', columns: [{ name: 'Message_s', type: 'string' }] } },
};
const signed = { sharedKey: 'YQ==', body: '[]', date: 'Fri, 20 Nov 2026 12:00:00 GMT' };

const http = [
  'fetch',
  'limiter',
  'requestsPerMinute',
  'retry',
  'timeoutInMs',
  'clock',
  'events',
  'userAgentPrefix',
];
const writer = (
  'concurrency maxRows maxBytes maxAgeInMs maxInFlight delivery maxIsolationRequests oversize longFields ' +
  'timeOutsideWindow returnRows onReturnedRow onLongField onRowStatus abortSignal'
).split(' ');

/** Each factory with its options; what comes out must not depend on options that are given as undefined. */
const factories: [name: string, options: readonly string[], make: (options: object) => unknown][] = [
  [
    'LogsIngestionClient',
    [
      ...http,
      'cloud',
      'audience',
      'compression',
      'level',
      'maxDecompressedBytes',
      'batch',
      'bytesPerMinute',
      'propagationInMs',
    ],
    (options) => new LogsIngestionClient(endpoint, credential, options).cloud,
  ],
  [
    'DataCollectorClient',
    [...http, 'cloud', 'endpoint'],
    (options) => new DataCollectorClient(workspaceId, 'YQ==', options).cloud,
  ],
  [
    'openWriter',
    writer,
    async (options) => {
      const { transport, bodies } = fakeService();
      const open = openWriter<object>(transport, options);
      const writing = open.write([{ a: 1 }, { a: 2 }]);
      await open.flush();
      return [await writing, await open.close(), bodies];
    },
  ],
  [
    'defineTable',
    [
      'plan',
      'retentionInDays',
      'totalRetentionInDays',
      'description',
      'dataTypeHints',
      'columns',
      'timeGeneratedFrom',
      'rowId',
    ],
    (options) => JSON.stringify(defineTable('A_CL', z.object({ Key: z.uuid() }), options).tableBody()),
  ],
  [
    'migrationPlan',
    ['timeGeneratedFrom', 'newTable', 'keep'],
    (options) => JSON.stringify(migrationPlan(classic, options)),
  ],
  ['armTemplate', ['parts', 'endpoint', 'diagnostics'], (options) => armTemplate([orders], options)],
  ['bicep', ['parts', 'endpoint', 'diagnostics'], (options) => bicep([orders], options)],
  ['uniqueRowsFunction', ['name'], (options) => uniqueRowsFunction(orders, options)],
  [
    'explainSignature',
    [
      'authorization',
      'workspaceId',
      'otherKeys',
      'contentType',
      'contentLength',
      'contentEncoding',
      'method',
      'url',
      'serverDate',
      'now',
    ],
    (options) => explainSignature({ ...signed, ...options }),
  ],
  [
    'settleUnknown',
    ['batchSize'],
    (options) =>
      settleUnknown({
        table: 'A_CL',
        rowId: 'Key',
        ids: ['a'],
        from: new Date(0),
        to: new Date(1),
        query: async () => [],
        ...options,
      }),
  ],
  [
    'managedIdentity',
    ['fetch', 'clock', 'clientId', 'cloud'],
    (options) => Object.keys(managedIdentity(options)),
  ],
  [
    'entraCredential',
    ['fetch', 'clock', 'cloud'],
    (options) =>
      Object.keys(
        entraCredential({ tenantId: workspaceId, clientId: workspaceId, clientSecret: 's', ...options }),
      ),
  ],
];

describe.each(factories)('%s', (_name, names, make) => {
  it.each(names)('takes %s: undefined for not given', async (name) => {
    expect(await make({ [name]: undefined })).toEqual(await make({}));
  });

  it('takes all of them at the same time', async () => {
    expect(await make(Object.fromEntries(names.map((name) => [name, undefined])))).toEqual(await make({}));
  });
});

it('keeps the cloud of the endpoint when cloud is undefined', () => {
  expect(new LogsIngestionClient(endpoint, credential, { cloud: undefined }).cloud).toBe(clouds.public);
});
