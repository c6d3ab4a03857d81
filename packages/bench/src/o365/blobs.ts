/**
 * Reading many blobs, and one of 200 MB, beside bare fetch and JSON.parse on the same server. Needs `pnpm build`: what
 * is built is what runs.
 *
 *     pnpm exec tsx --conditions=@repo/source packages/bench/src/o365/blobs.ts [blobs] [rounds]
 */
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [blobs = '1500', rounds = '3'] = process.argv.slice(2);
const server = fork(join(import.meta.dirname, 'blob-server.ts'), [blobs, '200', String(200 * 1024 * 1024)], {
  execArgv: process.execArgv,
});
const [{ port, blobBytes }] = (await once(server, 'message')) as [{ port: number; blobBytes: number }];
console.log(`${blobs} blobs of 200 records, ${blobBytes} bytes each; Node ${process.version}`);

const adapter = pathToFileURL(join(import.meta.dirname, '../undici-fetch.ts')).href;

interface Figures {
  perSecond: number;
  cpuPerEventInUs: number;
  peakRssInMiB: number;
  events: number;
  seconds: number;
}
const read = (way: string): Figures =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [join(import.meta.dirname, 'blob-reader.ts'), way, String(port), blobs, adapter],
      { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
    ),
  ) as Figures;

const ways = ['bare', 'bare, unread', 'parsed', 'parsed, undici', 'bytes', 'bytes, undici'];
const best = new Map<string, Figures>();
for (let round = 0; round < Number(rounds); round += 1)
  for (const way of ways) {
    const figures = read(way);
    if (figures.perSecond > (best.get(way)?.perSecond ?? 0)) best.set(way, figures);
  }
const base = best.get('bare')?.perSecond ?? 1;
console.log('way               events/s   of bare   µs CPU/event   peak MiB');
for (const [way, { perSecond, cpuPerEventInUs, peakRssInMiB }] of best)
  console.log(
    `${way.padEnd(16)} ${String(perSecond).padStart(9)}  ${(perSecond / base).toFixed(2).padStart(7)}  ${cpuPerEventInUs.toFixed(2).padStart(12)}  ${String(peakRssInMiB).padStart(9)}`,
  );
const { events, seconds, peakRssInMiB } = read('large');
console.log(`one blob of 200 MiB: ${events} records in ${seconds.toFixed(1)} s, peak ${peakRssInMiB} MiB`);
server.kill();
