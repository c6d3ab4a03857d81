/**
 * One contestant, in a process of its own: `blob-reader <way> <port> <blobs> <adapter>`; prints its figures as JSON. Runs
 * without a loader, on what is built, as a user's program does.
 */
import { O365ActivityClient, createRateLimiter } from 'o365-activity-client';

const [way = '', port = '', blobs = '0', adapter = ''] = process.argv.slice(2);
const { undiciFetch } = (await import(adapter)) as typeof import('../undici-fetch.js');
const origin = `http://127.0.0.1:${port}`;
const credential = { getToken: async () => ({ token: 't', expiresOnTimestamp: Date.now() + 3_600_000 }) };

function client(fetch?: (request: Request) => Promise<Response>): O365ActivityClient {
  return new O365ActivityClient('5c0a7050-0365-4e11-8a0d-c0de0000c050', credential, {
    endpoint: origin,
    limiter: createRateLimiter({ limit: 1_000_000, windowInMs: 60_000 }),
    ...(fetch && { fetch }),
  });
}

const span = { from: new Date(Date.now() - 7_200_000), to: new Date() };
const query = { contentTypes: ['Audit.General'], ...span, concurrency: 8 };

/** Fetch eight at a time, and no more. */
async function bare(read: (reply: Response) => Promise<number>): Promise<number> {
  let events = 0;
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < Number(blobs)) {
      const found = await read(await fetch(`${origin}/api/v1.0/t/activity/feed/audit/blob$${next++}`));
      events += found;
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return events;
}

/** What a script of ten lines would do. */
async function parse(reply: Response): Promise<number> {
  const records = JSON.parse(await reply.text()) as { Id: string }[];
  return records.filter(({ Id }) => Id).length;
}

/** The ceiling: nothing looks at the bytes. */
async function ignore(reply: Response): Promise<number> {
  return (await reply.arrayBuffer()).byteLength > 0 ? 200 : 0;
}

async function parsed(fetch?: (request: Request) => Promise<Response>): Promise<number> {
  let events = 0;
  for await (const unit of client(fetch).records.blobs(query))
    for await (const record of unit.records()) events += record.Id ? 1 : 0;
  return events;
}

async function bytes(fetch?: (request: Request) => Promise<Response>): Promise<number> {
  let events = 0;
  for await (const unit of client(fetch).records.blobs({ ...query, form: 'raw' }))
    for await (const { id } of unit.raw()) events += id ? 1 : 0;
  return events;
}

async function large(): Promise<number> {
  const blob = {
    contentType: 'Audit.General',
    contentId: 'large',
    contentUri: `${origin}/api/v1.0/t/activity/feed/audit/large`,
    contentCreated: '',
    contentExpiration: '',
  };
  let events = 0;
  for await (const { id } of client().content.streamRaw(blob)) events += id ? 1 : 0;
  return events;
}

const ways: Record<string, () => Promise<number>> = {
  bare: () => bare(parse),
  'bare, unread': () => bare(ignore),
  parsed: () => parsed(),
  'parsed, undici': () => parsed(undiciFetch()),
  bytes: () => bytes(),
  'bytes, undici': () => bytes(undiciFetch()),
  large,
};

const run = ways[way];
if (!run) throw new Error(`ways: ${Object.keys(ways).join(', ')}`);
const cpu = process.cpuUsage();
const started = performance.now();
const events = await run();
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(cpu);
console.log(
  JSON.stringify({
    way,
    events,
    seconds,
    perSecond: Math.round(events / seconds),
    cpuPerEventInUs: (user + system) / events,
    peakRssInMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
process.exit(0);
