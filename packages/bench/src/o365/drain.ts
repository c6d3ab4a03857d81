/**
 * A backlog against the quota, on a clock that runs five times faster: 150 ms for every answer, 2,000 requests a
 * minute. Times are printed as they would be on the real one.
 *
 *     pnpm exec tsx --conditions=@repo/source packages/bench/src/o365/drain.ts [blobs]
 */
import { contoso, createEmulator } from 'audit-emulator';
import { O365ActivityClient, entraCredential } from 'o365-activity-client';
import type { Clock } from 'o365-activity-client';

const count = Number(process.argv[2] ?? 8000);
const { tenantId, clientId, clientSecret } = contoso;
const start = Date.now();
const scale = 5;
const minuteInMs = 60_000 / scale;

async function drain(share: number, others: number, blobs: number): Promise<string> {
  const emulator = createEmulator({ quotaMinuteInMs: minuteInMs });
  const { fetch, clock, state } = emulator;
  state.managementActivity.clear();
  state.managementActivity.settings.pageSize = 1000;
  for (let at = 0; at < blobs; at += 1)
    state.managementActivity.publish('Audit.General', [`{"Id":"${at}"}`], {
      created: start - 3_600_000 + at,
    });
  const credential = entraCredential({ tenantId, clientId, clientSecret, fetch, clock });
  // The client's own minutes and waits, at the same speed.
  const fast: Clock = {
    now: () => start + (clock.now() - start) * scale,
    sleep: (ms, signal) => clock.sleep(ms / scale, signal),
  };
  let throttled = 0;
  const client = new O365ActivityClient(tenantId, credential, {
    fetch,
    clock: fast,
    requestsPerMinute: share,
    retry: { maxRetries: 20 },
    events: { onThrottle: () => void (throttled += 1) },
  });
  await client.subscriptions.ensure(['Audit.General']);
  emulator.faults.add({
    service: 'management-activity',
    times: 'always',
    effect: { kind: 'latency', ms: 150 / scale },
  });
  // Another collector, evenly.
  const spent =
    others > 0
      ? setInterval(() => state.managementActivity.quota.spend(tenantId, 1), minuteInMs / others)
      : undefined;
  const before = emulator.requests.length;
  const began = clock.now();
  let records = 0;
  const span = { from: new Date(start - 7_200_000), to: new Date(start) };
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
  return `${share} a minute for us, ${others} for others: ${records} records, ${emulator.requests.length - before} requests seen, ${seconds.toFixed(1)} s; the quota's average ${optimum.toFixed(1)} s (${((seconds / optimum - 1) * 100).toFixed(1)} %); ${throttled} throttled replies`;
}

// Warm: a pause of the compiler would be five times as long.
await drain(2000, 0, 1000);
console.log(await drain(2000, 0, count));
console.log(await drain(1500, 500, count));
console.log(await drain(2000, 500, count));
process.exit(0);
