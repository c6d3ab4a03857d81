/**
 * One way to upload rows, in a process of its own: `contestant <way> <rows> <port> <file of rows> <adapter>`. Runs
 * without a loader, on what is built, as a user's program does.
 */
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const [way = '', rowCount = '', port = '', file = '', adapter = ''] = process.argv.slice(2);
const count = Number(rowCount);
const endpoint = `https://localhost:${port}`;
const ruleId = `dcr-${'0'.repeat(32)}`;
const stream = 'Custom-Bench_CL';
const credential = {
  getToken: async () => ({ token: 'bench', expiresOnTimestamp: Date.now() + 3_600_000 }),
};

const fresh = way.includes('fresh');
// What is parsed row by row comes from a small file, so that memory is the client's.
const texts = readFileSync(fresh ? `${file}.small` : file, 'utf8').split('\n');
const distinct = fresh ? [] : texts.map((text) => JSON.parse(text) as Record<string, unknown>);

async function official(): Promise<(rows: number) => Promise<void>> {
  const { LogsIngestionClient } = await import('@azure/monitor-ingestion');
  const client = new LogsIngestionClient(endpoint, credential);
  return async (rows) => {
    for (let left = rows; left > 0; left -= distinct.length)
      await client.upload(ruleId, stream, left < distinct.length ? distinct.slice(0, left) : distinct);
  };
}

async function ours(): Promise<(rows: number) => Promise<void>> {
  const { LogsIngestionClient } = await import('loganalytics-ingest');
  const { undiciFetch } = (await import(adapter)) as typeof import('../undici-fetch.js');
  const client = new LogsIngestionClient(endpoint, credential, {
    compression: way.includes('none') ? 'none' : 'gzip',
    // More in a minute than a rule takes.
    requestsPerMinute: Infinity,
    bytesPerMinute: Infinity,
    ...(way.includes('undici') && { fetch: undiciFetch() }),
  });
  const bytes = way.includes('bytes') ? texts.map((text) => new TextEncoder().encode(text)) : undefined;
  function* some(rows: number): Generator<object> {
    for (let at = 0; at < rows; at++)
      yield bytes
        ? (bytes[at % bytes.length] as Uint8Array)
        : (distinct[at % distinct.length] ?? (JSON.parse(texts[at % texts.length] as string) as object));
  }
  return async (rows) => void (await client.upload({ ruleId, stream }, some(rows)));
}

const upload = await (way === 'sdk' ? official() : ours());
await upload(Math.min(count, 20_000));
process.send?.('warm');
await new Promise((resolve) => process.once('message', resolve));
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const cpu = process.cpuUsage();
const started = performance.now();
await upload(count);
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(cpu);
delay.disable();
process.send?.({
  seconds,
  perSecond: count / seconds,
  cpuInUsPerRow: (user + system) / count,
  peakRssInMiB: process.resourceUsage().maxRSS / 1024,
  stallInMs: Math.max(0, delay.max / 1e6 - 5),
});
process.disconnect?.();
process.exit(0);
