/** A planner or a worker of the kill test, with a clock of its own, until SIGTERM drains it. */
import { systemClock } from '@repo/client-core';
import { contoso } from 'audit-emulator';
import { LogsIngestionClient, clouds } from 'loganalytics-ingest';
import { O365ActivityClient, entraCredential } from 'o365-activity-client';
import type { Cloud } from 'o365-activity-client';
import { azureState, blobDeadLetters, runPlanner, runWorker } from '../../src/azure.js';
import type { Clock } from '../../src/index.js';
import { logsIngestionSink } from '../../src/loganalytics.js';
import { auditRow, o365Source, readBlob } from '../../src/o365.js';
import { accountOf } from './account.js';

const { ROLE, ORIGIN = '', STORAGE = '', START, SKEW, CONCURRENCY } = process.env as Record<string, string>;

const clock: Clock = { now: () => Date.now() + Number(SKEW), sleep: systemClock.sleep };
const drain = new AbortController();
process.on('SIGTERM', () => drain.abort());
const account = accountOf(STORAGE);
const name = 'kill';
const shared = {
  tables: account.tables,
  name,
  queue: account.queue,
  deadLetters: blobDeadLetters(account.container),
  clock,
  drainSignal: drain.signal,
};
const { tenantId, clientId, clientSecret, dcrImmutableId: ruleId } = contoso;
const cloud: Cloud = { ...clouds.public, name: 'emulated', authority: ORIGIN };
const credential = entraCredential({ tenantId, clientId, clientSecret, cloud, clock });
const o365 = new O365ActivityClient(tenantId, credential, {
  cloud,
  clock,
  endpoint: ORIGIN,
  scope: `${clouds.public.activityEndpoint}/.default`,
  correctClockSkew: true,
});

if (ROLE === 'planner') {
  await o365.subscriptions.ensure(['Audit.General']);
  await runPlanner({
    ...shared,
    source: o365Source(o365, {
      tenantId,
      cloud,
      clock,
      contentTypes: ['Audit.General'],
      startFrom: new Date(Number(START)),
    }),
    state: azureState({ ...account, name, onLocked: 'wait', leaseInSeconds: 15, clock }),
    unitsPerMinute: 6000,
    aheadInMs: 3000,
    pollIntervalInMs: 200,
  });
} else {
  await runWorker({
    ...shared,
    poisonQueue: account.poison,
    read: readBlob(o365),
    transform: auditRow(),
    sink: logsIngestionSink<Uint8Array>(new LogsIngestionClient(ORIGIN, credential, { cloud, clock }), {
      ruleId,
      stream: 'Custom-AuditRecords_CL',
    }),
    concurrency: Number(CONCURRENCY),
    visibilityInMs: 4000,
    maxRetries: 49,
    retryDelayInMs: 500,
    pollIntervalInMs: 200,
  });
}
