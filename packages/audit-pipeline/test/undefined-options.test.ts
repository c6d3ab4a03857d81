import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clouds } from '@repo/client-core';
import { DataCollectorClient, LogsIngestionClient } from 'loganalytics-ingest';
import { McasClient, apiToken } from 'mcas-client';
import { O365ActivityClient } from 'o365-activity-client';
import { describe, expect, it } from 'vitest';
import {
  createDedupeKeys,
  createHealth,
  createStopSignals,
  fileDeadLetters,
  memoryState,
  replay,
  reserveForLive,
  runPipeline,
  sqliteState,
  supervise,
  tee,
} from '../src/index.js';
import { dataCollectorSink, logsIngestionSink } from '../src/loganalytics.js';
import { activityRow, alertRow, mcasAlertSource, mcasSource } from '../src/mcas.js';
import { ndjsonSink, ndjsonSource } from '../src/ndjson.js';
import { auditRow, o365Source, where } from '../src/o365.js';
import { listSource, memorySink } from './parts.js';

const folder = mkdtempSync(join(tmpdir(), 'audit-undefined-'));
const credential = { getToken: async () => ({ token: 'x', expiresOnTimestamp: 8e15 }) };
const o365 = new O365ActivityClient('11111111-2222-3333-4444-555555555555', credential);
const mcas = new McasClient('https://contoso.eu2.portal.cloudappsecurity.com', apiToken('a'.repeat(64)));
const logs = new LogsIngestionClient('https://x.ingest.monitor.azure.us', credential, {
  cloud: 'gcc-high',
});
const classic = new DataCollectorClient('11111111-2222-3333-4444-555555555555', 'a2V5');
const target = { ruleId: `dcr-${'0'.repeat(32)}`, stream: 'Custom-X_CL' };

/** Every option there is, each of them given as undefined. */
const none = <N extends string>(...names: readonly N[]): Record<N, undefined> =>
  Object.fromEntries(names.map((name) => [name, undefined])) as Record<N, undefined>;

const runNames = [
  'follow',
  'recordId',
  'dedupe',
  'concurrency',
  'retry',
  'breaker',
  'allowCrossCloud',
  'clock',
  'drainSignal',
  'drainTimeoutInMs',
  'abortSignal',
  'onProgress',
  'onStatus',
  'onGap',
  'onDeferred',
] as const;
const run = (): Parameters<typeof runPipeline>[0] => ({
  source: listSource([{ id: 'a', records: [{ id: '1' }] }]),
  transform: (record: unknown) => record,
  sink: memorySink<unknown>().sink,
  state: memoryState(),
  deadLetters: { add: async () => {} },
  ...Object.fromEntries(runNames.map((name) => [name, undefined])),
});

const factories: [string, () => unknown][] = [
  ['createDedupeKeys', () => createDedupeKeys([], none('windowInMs', 'maxKeys', 'clock')).expiry()],
  ['createHealth', () => createHealth({ collector: 'x', clock: undefined }).report()],
  ['createStopSignals', () => createStopSignals(undefined, undefined).close()],
  ['fileDeadLetters', () => fileDeadLetters(folder, none('maxBytes', 'maxAgeInMs', 'clock'))],
  ['memoryState', () => memoryState(undefined, { clock: undefined }).load()],
  [
    'sqliteState',
    async () => {
      const names = [
        'onLocked',
        'ifMissing',
        'marker',
        'maxKeys',
        'allowNetworkFileSystem',
        'clock',
      ] as const;
      const state = await sqliteState(join(folder, 'state.db'), none(...names));
      await state.load();
      await state.close();
    },
  ],
  ['runPipeline', () => runPipeline(run())],
  [
    'supervise',
    () => supervise([], none('restartDelayInMs', 'maxRetries', 'clock', 'drainSignal', 'abortSignal')),
  ],
  ['replay', () => replay({ ...run(), state: undefined, of: { units: [] }, includeInvalid: undefined })],
  [
    'reserveForLive',
    () =>
      reserveForLive(
        { acquire: async () => {}, pauseUntil: () => {} },
        { requestsPerMinute: 60, liveShare: undefined, clock: undefined },
      ),
  ],
  ['tee', () => tee([memorySink().sink], { bufferRows: undefined })],
  [
    'dataCollectorSink',
    () => dataCollectorSink(classic, { logType: 'X' }, none('concurrency', 'maxRows', 'cloud')),
  ],
  ['auditRow', () => auditRow(none('collectorVersion', 'maxRecordBytes'))],
  ['activityRow', () => activityRow(none('collectorVersion', 'maxRecordBytes'))],
  ['alertRow', () => alertRow(none('collectorVersion', 'maxRecordBytes'))],
  ['where', () => where({}, auditRow(), { onFiltered: undefined as never })],
  ['ndjsonSink', () => ndjsonSink(folder, none('level', 'cloud', 'clock'))],
  ['ndjsonSource', () => ndjsonSource(folder, none('where', 'cloud'))],
  [
    'o365Source',
    () =>
      o365Source(o365, {
        tenantId: 'x',
        startFrom: 'now',
        ...none('contentTypes', 'cloud', 'clock', 'onContentTypeError', 'retryListingInMs', 'overlapInMs'),
      }).open({}),
  ],
  ['mcasSource', () => mcasSource(mcas, { startFrom: 0, ...none('cloud', 'clock') })],
  ['mcasAlertSource', () => mcasAlertSource(mcas, { startFrom: 0, ...none('cloud') })],
];

describe('undefined given is the same as not given', () => {
  it.each(factories)('%s', async (_name, create) => {
    await create();
  });

  it('logsIngestionSink: the guard against another cloud stays on', () => {
    const sink = logsIngestionSink(logs, target, none('cloud', 'concurrency', 'maxRows'));
    expect(sink.cloud).toBe(clouds['gcc-high']);
  });
});
