/**
 * A backlog against the quota, on a clock that runs five times faster: 150 ms for every answer, 2,000 requests a
 * minute. Times are printed as they would be on the real one.
 *
 *     pnpm exec tsx --conditions=@repo/source packages/bench/src/o365/drain.ts [blobs]
 */
import { contoso, createEmulator } from 'audit-emulator';
import { O365ActivityClient, createRateLimiter, entraCredential } from 'o365-activity-client';

const blobs = Number(process.argv[2] ?? 8000);
const { tenantId, clientId, clientSecret } = contoso;
const start = Date.now();
const scale = 5;
const minuteInMs = 60_000 / scale;

async function drain(share: number, others: number): Promise<void> {
  const emulator = createEmulator({ quotaMinuteInMs: minuteInMs });
  const { fetch, clock, state } = emulator;
  state.activity.clear();
  state.activity.switches.pageSize = 1000;
  for (let at = 0; at < blobs; at += 1)
    state.activity.publish('Audit.General', [`{"Id":"${at}"}`], { created: start - 3_600_000 + at });
  const credential = entraCredential({ tenantId, clientId, clientSecret, fetch, clock });
  let throttled = 0;
  const client = new O365ActivityClient(tenantId, credential, {
    fetch,
    clock,
    limiter: createRateLimiter({ limit: share, windowInMs: minuteInMs * 1.01 }),
    events: { onThrottle: () => void (throttled += 1) },
  });
  await client.subscriptions.ensure(['Audit.General']);
  emulator.faults.add({ service: 'activity', times: 'always', effect: { kind: 'latency', ms: 150 / scale } });
  // Another collector, evenly.
  const spent =
    others > 0 ? setInterval(() => state.activity.quota.spend(tenantId, 1), minuteInMs / others) : undefined;
  const before = emulator.requests.length;
  const began = clock.now();
  let records = 0;
  const span = { startTime: new Date(start - 7_200_000), endTime: new Date(start) };
  for await (const unit of client.records.blobs({
    contentTypes: ['Audit.General'],
    ...span,
    concurrency: 16,
    form: 'raw',
  }))
    for await (const _record of unit.raw()) records += 1;
  clearInterval(spent);
  const seconds = ((clock.now() - began) / 1000) * scale;
  const requests = blobs + Math.ceil(blobs / 1000);
  // What the quota gives on average; the first minute of a sliding window may give its whole share at once.
  const optimum = (requests / Math.min(share, 2000 - others)) * 60;
  console.log(
    `${share} a minute for us, ${others} for others: ${records} records, ${emulator.requests.length - before} requests seen, ${seconds.toFixed(1)} s; the quota's average ${optimum.toFixed(1)} s (${((seconds / optimum - 1) * 100).toFixed(1)} %); ${throttled} throttled replies`,
  );
}

await drain(2000, 0);
await drain(1500, 500);
await drain(2000, 500);
process.exit(0);
