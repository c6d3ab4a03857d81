/**
 * Upload of rows beside `@azure/monitor-ingestion`: the same rows, the same TLS server on loopback, every contestant in
 * a process of its own, in turn. Needs `pnpm build`: what is built is what runs.
 *
 *     pnpm exec tsx --conditions=@repo/source packages/bench/src/ingest/bench.ts [rows] [rounds] [largest upload]
 */
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createCertificate } from 'audit-emulator';
import { rowTexts } from './rows.js';

const [rows = '200000', rounds = '3', largest = '1000000'] = process.argv.slice(2);
const directory = mkdtempSync(join(tmpdir(), 'ingest-bench-'));
const file = join(directory, 'rows.ndjson');
const ca = join(directory, 'ca.pem');
const texts = rowTexts(20_000);
writeFileSync(file, texts.join('\n'));
writeFileSync(`${file}.small`, texts.slice(0, 1000).join('\n'));
const commonName = 'Bench authority';
const authority = createCertificate({ commonName, authority: true });
const issuer = { commonName, certificate: authority };
const certificate = createCertificate({ commonName: 'localhost', names: ['localhost'], issuer });
writeFileSync(ca, authority.certificatePem);

const here = (name: string): string => join(import.meta.dirname, name);
const env = { ...process.env, NODE_EXTRA_CA_CERTS: ca, NODE_OPTIONS: '' };
const server = fork(here('server.ts'), {
  execArgv: [],
  env: { ...env, KEY_PEM: certificate.privateKeyPem, CERTIFICATE_PEM: certificate.certificatePem },
});
const [port] = (await once(server, 'message')) as [number];

interface Figures {
  seconds: number;
  perSecond: number;
  cpuInUsPerRow: number;
  peakRssInMiB: number;
  stallInMs: number;
  requests: number;
  bytes: number;
}

async function counted(): Promise<{ requests: number; bytes: number }> {
  server.send('report');
  return ((await once(server, 'message')) as [{ requests: number; bytes: number }])[0];
}

async function run(way: string, count: string): Promise<Figures> {
  const adapter = pathToFileURL(here('../undici-fetch.ts')).href;
  const child = fork(here('contestant.ts'), [way, count, String(port), file, adapter], { execArgv: [], env });
  child.once('exit', (code) => code && process.exit(code));
  await once(child, 'message');
  await counted();
  child.send('go');
  const [figures] = (await once(child, 'message')) as [Omit<Figures, 'requests' | 'bytes'>];
  await once(child, 'exit');
  return { ...figures, ...(await counted()) };
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
const cold = (way: string): number =>
  median(
    Array.from({ length: 7 }, () =>
      Number(execFileSync(process.execPath, [here('cold.ts'), way, String(port)], { encoding: 'utf8', env })),
    ),
  );

const mean = texts.reduce((all, text) => all + Buffer.byteLength(text), 0) / texts.length;
console.log(
  `${rows} rows of ${Math.round(mean)} bytes, best of ${rounds}; Node ${process.version}, ${navigator.hardwareConcurrency} cores`,
);
const ways = ['sdk', 'gzip', 'gzip undici', 'gzip bytes', 'none', 'none undici', 'none bytes undici'];
const best = new Map<string, Figures>();
for (let round = 0; round < Number(rounds); round += 1)
  for (const way of ways) {
    const figures = await run(way, rows);
    if (figures.perSecond > (best.get(way)?.perSecond ?? 0)) best.set(way, figures);
  }
const base = best.get('sdk')?.perSecond ?? 1;
console.log('way                  rows/s  of SDK  CPU µs/row  requests  MB on wire  peak MiB  stall ms');
for (const [way, one] of best)
  console.log(
    [
      way.padEnd(18),
      String(Math.round(one.perSecond)).padStart(8),
      (one.perSecond / base).toFixed(2).padStart(7),
      one.cpuInUsPerRow.toFixed(1).padStart(11),
      String(one.requests).padStart(9),
      (one.bytes / 1e6).toFixed(1).padStart(11),
      String(Math.round(one.peakRssInMiB)).padStart(9),
      one.stallInMs.toFixed(0).padStart(9),
    ].join(' '),
  );
console.log(`import and first request: SDK ${cold('sdk').toFixed(0)} ms, ours ${cold('ours').toFixed(0)} ms`);
for (let count = 10_000; count <= Number(largest); count *= count * 10 > Number(largest) ? 5 : 10) {
  const { peakRssInMiB, stallInMs, perSecond } = await run('gzip fresh', String(count));
  console.log(
    `${count} rows parsed one by one: peak ${Math.round(peakRssInMiB)} MiB, longest stall ${stallInMs.toFixed(0)} ms, ${Math.round(perSecond)} rows/s`,
  );
}
server.kill();
rmSync(directory, { recursive: true });
process.exit(0);
