/** One collector: runs until it is killed, told to drain, or (ONCE) has caught up. 3: the state is held by another. */
import { contoso } from 'audit-emulator';
import { LogsIngestionClient, clouds } from 'loganalytics-ingest';
import { O365ActivityClient, contentTypes, entraCredential } from 'o365-activity-client';
import type { Cloud } from 'o365-activity-client';
import { StateLockedError, fileDeadLetters, runPipeline, sqliteState } from '../src/index.js';
import { blobSource, logsSink, rowOf } from './faults-parts.js';

const { ORIGIN = '', STATE = '', DEAD = '', START = '', ONCE } = process.env as Record<string, string>;
const { tenantId, clientId, clientSecret } = contoso;
const cloud: Cloud = { ...clouds.public, name: 'emulated', authority: ORIGIN };
const credential = entraCredential({ tenantId, clientId, clientSecret, cloud });
const common = { cloud, timeoutInMs: 1000, retry: { maxRetries: 2 } };
const o365 = new O365ActivityClient(tenantId, credential, {
  ...common,
  endpoint: ORIGIN,
  scope: `${clouds.public.activityEndpoint}/.default`,
});
const logs = new LogsIngestionClient(ORIGIN, credential, common);
const drain = new AbortController();
process.once('SIGTERM', () => drain.abort());

try {
  await o365.subscriptions.ensure(contentTypes);
  const state = await sqliteState(STATE);
  const report = await runPipeline({
    source: blobSource(o365, {
      clock: { now: () => Date.now(), sleep: (ms, signal) => rest(Math.min(ms, 300), signal) },
      identity: `o365:${tenantId}`,
      startFrom: new Date(Number(START)),
      pollIntervalInMs: 1000,
      overlapInMs: 60_000,
    }),
    follow: ONCE === undefined,
    transform: rowOf,
    recordId: ({ id }) => id,
    sink: logsSink(logs, { ruleId: contoso.dcrImmutableId, stream: 'Custom-AuditRecords_CL' }),
    state,
    deadLetters: await fileDeadLetters(DEAD),
    concurrency: 4,
    retry: { delayInMs: 50, maxDelayInMs: 500, deferralDelayInMs: 1000 },
    drainSignal: drain.signal,
  });
  await state.close();
  console.log(JSON.stringify(report.units));
  process.exit(0);
} catch (error) {
  if (StateLockedError.isInstance(error)) process.exit(3);
  console.log(error instanceof Error ? `${error.name}: ${error.message}` : 'failed');
  process.exit(1);
}

function rest(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
