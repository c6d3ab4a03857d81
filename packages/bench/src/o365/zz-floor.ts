import { request, Agent } from 'undici';
import { createScanner } from '../../../o365-activity-client/src/scanner.js';
import { rawRecord } from '../../../o365-activity-client/src/record-head.js';
const [way = '', port = '', blobs = '0'] = process.argv.slice(2);
const origin = `http://127.0.0.1:${port}`;
const agent = new Agent({ connections: 32 });
let events = 0,
  next = 0;
const url = () => `${origin}/api/v1.0/t/activity/feed/audit/blob$${next++}`;
const headers = { accept: 'application/json' };
const ways: Record<string, () => Promise<void>> = {
  fetchOnly: async () => {
    const r = await fetch(url());
    const b = await r.arrayBuffer();
    events += b.byteLength ? 200 : 0;
  },
  fetchReader: async () => {
    const r = await fetch(url());
    const rd = r.body!.getReader();
    for (;;) {
      const { done } = await rd.read();
      if (done) break;
    }
    events += 200;
  },
  fetchScan: async () => {
    const r = await fetch(url());
    const s = createScanner();
    for (const e of s.push(new Uint8Array(await r.arrayBuffer()))) events += rawRecord(e).id ? 1 : 0;
    s.end();
  },
  undiciOnly: async () => {
    const r = await request(url(), { dispatcher: agent, headers });
    const b = await r.body.arrayBuffer();
    events += b.byteLength ? 200 : 0;
  },
  undiciScan: async () => {
    const r = await request(url(), { dispatcher: agent, headers });
    const s = createScanner();
    for (const e of s.push(new Uint8Array(await r.body.arrayBuffer()))) events += rawRecord(e).id ? 1 : 0;
    s.end();
  },
  bareParse: async () => {
    const r = await fetch(url());
    for (const x of JSON.parse(await r.text()) as { Id: string }[]) events += x.Id ? 1 : 0;
  },
};
const cpu = process.cpuUsage();
const started = performance.now();
await Promise.all(
  Array.from({ length: 8 }, async () => {
    while (next < Number(blobs)) await ways[way]!();
  }),
);
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(cpu);
console.log(
  JSON.stringify({
    way,
    perSecond: Math.round(events / seconds),
    cpu: (user + system) / events,
    user: user / events,
    system: system / events,
  }),
);
process.exit(0);
