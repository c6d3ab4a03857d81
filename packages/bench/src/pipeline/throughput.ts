/**
 * Blobs to rows, end to end through `runPipeline` with SQLite, beside the same with parsed records; every row that
 * arrived is counted. Needs `pnpm build`: what is built is what runs.
 *
 *     pnpm exec tsx --conditions=@repo/source packages/bench/src/pipeline/throughput.ts [blobs] [per blob] [rounds]
 *       [units in flight]
 */
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [blobs = '1000', perBlob = '200', rounds = '3', concurrency = '8'] = process.argv.slice(2);
const service = fork(join(import.meta.dirname, 'service.ts'), [blobs, perBlob], {
  execArgv: process.execArgv,
});
const [{ port, bytes }] = (await once(service, 'message')) as [{ port: number; bytes: number }];
const adapter = pathToFileURL(join(import.meta.dirname, '../undici-fetch.ts')).href;
const events = Number(blobs) * Number(perBlob);
console.log(
  `${blobs} blobs of ${perBlob} records, ${Math.round(bytes / events)} bytes each; Node ${process.version}`,
);

interface Figures {
  accepted: number;
  perSecond: number;
  cpuPerEventInUs: number;
  peakRssInMiB: number;
}
interface Received {
  rows: number;
  distinct: number;
  wireBytes: number;
  requests: number;
}
const ways = [
  ['bytes', 'undici', 'gzip'],
  ['bytes', 'fetch', 'gzip'],
  ['bytes', 'undici', 'none'],
  ['objects', 'undici', 'gzip'],
  ['objects', 'fetch', 'gzip'],
] as const;

const best = new Map<string, Figures & Received>();
for (let round = 0; round < Number(rounds); round += 1)
  for (const way of ways) {
    const script = join(import.meta.dirname, 'collector.ts');
    const output = execFileSync(process.execPath, [script, ...way, String(port), adapter, concurrency], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    const figures = JSON.parse(output) as Figures;
    service.send('count');
    const [received] = (await once(service, 'message')) as [Received];
    if (received.rows !== events || received.distinct !== events || figures.accepted !== events)
      throw new Error(`${way.join(', ')}: ${received.rows} rows, ${received.distinct} different`);
    const name = way.join(', ');
    if (figures.perSecond > (best.get(name)?.perSecond ?? 0)) best.set(name, { ...figures, ...received });
  }
service.kill();
console.log('way                    events/s   µs CPU/event   peak MiB   requests   wire MB');
for (const [name, one] of best)
  console.log(
    `${name.padEnd(22)} ${String(one.perSecond).padStart(8)}  ${one.cpuPerEventInUs.toFixed(1).padStart(13)}  ${String(one.peakRssInMiB).padStart(9)}  ${String(one.requests).padStart(9)}  ${(one.wireBytes / 1e6).toFixed(1).padStart(8)}`,
  );
