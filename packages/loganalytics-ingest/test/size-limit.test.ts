import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { contoso } from 'audit-emulator';
import type { Emulator } from 'audit-emulator';
import { describe, expect, it } from 'vitest';
import type { FallbackEvent, LogsIngestionClientOptions } from '../src/index.js';
import { ingestion, target, virtual } from './clients.js';

const noise = (bytes: number): string => randomBytes((bytes * 3) >> 2).toString('base64');
/** Shrinks about fourfold. */
const ordinary = (Count: number): object => ({
  Count,
  Message: `${noise(60)} ${'A line of an audit record. '.repeat(12)}`,
});

interface Sent {
  wire: number;
  raw: number;
}

/** Every body that reached the service. */
function watched(emulated: Emulator, options: LogsIngestionClientOptions & { stores?: boolean } = {}) {
  const { stores = true } = options;
  const sent: Sent[] = [];
  const client = ingestion(emulated, {
    ...options,
    fetch: async (request) => {
      if (request.url.includes('/streams/')) {
        const body = new Uint8Array(await request.clone().arrayBuffer());
        const raw = request.headers.has('content-encoding') ? gunzipSync(body).byteLength : body.byteLength;
        sent.push({ wire: body.byteLength, raw });
        if (!stores) return new Response(undefined, { status: 204 });
      }
      return emulated.fetch(request);
    },
  });
  return { client, sent };
}

describe('bodies', () => {
  it('come near the limit on the wire and never over it', async () => {
    const { client, sent } = watched(virtual(), { stores: false });
    const rows = Array.from({ length: 120_000 }, (_, at) => ordinary(at));
    const report = await client.upload(target, rows, { maxAgeInMs: Infinity, concurrency: 1 });
    expect(report).toMatchObject({ accepted: 120_000, requests: sent.length });
    expect(Math.max(...sent.map(({ wire }) => wire))).toBeLessThanOrEqual(1_048_576 - 4096);
    // Three are filled before a ratio is known, the last is what is left.
    for (const { wire } of sent.slice(3, -1)) expect(wire).toBeGreaterThan(0.9 * 1_048_576);
    expect(sent.length).toBeGreaterThan(5);
  });

  it('stay under the cap before compression however far rows shrink', async () => {
    const emulated = virtual();
    const { client, sent } = watched(emulated, { maxDecompressedBytes: 300_000 });
    const rows = Array.from({ length: 2000 }, () => ({ Message: 'x'.repeat(1000) }));
    await client.upload(target, rows, { maxAgeInMs: Infinity });
    expect(Math.max(...sent.map(({ raw }) => raw))).toBeLessThanOrEqual(300_000);
    expect(sent).toHaveLength(7);
  });

  it('are cut exactly when they shrink less than thought', async () => {
    const emulated = virtual();
    const { client, sent } = watched(emulated);
    const rows = Array.from({ length: 180 }, (_, Count) => ({ Count, Message: noise(20_000) }));
    const report = await client.upload(target, rows, { maxAgeInMs: Infinity });
    expect(report.accepted).toBe(180);
    expect(emulated.requests.filter(({ status }) => status === 413)).toEqual([]);
    expect(Math.max(...sent.map(({ wire }) => wire))).toBeLessThanOrEqual(1_048_576 - 4096);
    expect(emulated.state.logAnalytics.rows('Demo_CL')).toHaveLength(180);
  });

  it('go uncompressed on wish, up to the same limit', async () => {
    const emulated = virtual();
    const { client, sent } = watched(emulated, { compression: 'none' });
    const rows = Array.from({ length: 30 }, (_, Count) => ({ Count, Message: noise(100_000) }));
    expect(await client.upload(target, rows, { maxAgeInMs: Infinity })).toMatchObject({ accepted: 30 });
    expect(sent.map(({ wire }) => wire > 900_000 && wire <= 1_048_576 - 4096)).toEqual([true, true, true]);
  });
});

describe('a service that counts before compression', () => {
  /** 413 for what is over 1,000,000 bytes once decompressed. */
  function strict(): Emulator {
    const emulated = virtual();
    emulated.faults.add({
      service: 'logs-ingestion',
      times: 'always',
      match: ({ body }) => gunzipSync(body).byteLength > 1_000_000,
      effect: { status: 413, body: { error: { code: 'ContentLengthLimitExceeded', message: 'too large' } } },
    });
    return emulated;
  }

  it('is obeyed from the first refusal on, and remembered for the target', async () => {
    const emulated = strict();
    const events: FallbackEvent[] = [];
    const { client, sent } = watched(emulated, { events: { onFallback: (event) => events.push(event) } });
    const rows = Array.from({ length: 12_000 }, (_, at) => ordinary(at));
    const options = { maxAgeInMs: Infinity, concurrency: 1 };
    expect(await client.upload(target, rows, options)).toMatchObject({ accepted: 12_000, rejected: 0 });
    expect(events).toMatchObject([
      { target: `${contoso.dcrImmutableId}/${target.stream}`, limitInBytes: 1_000_000 },
    ]);
    expect(events[0]?.rawBytes).toBeGreaterThan(1_000_000);
    const before = sent.length;
    expect(sent.filter(({ raw }) => raw > 1_000_000)).toHaveLength(1);
    await client.upload(target, rows, options);
    expect(sent.slice(before).every(({ raw }) => raw <= 1_000_000)).toBe(true);
    expect(emulated.state.logAnalytics.rows('Demo_CL')).toHaveLength(24_000);
  });

  it('never hears of larger bodies when told to be cautious', async () => {
    const emulated = strict();
    const { client } = watched(emulated, { batch: 'raw' });
    const rows = Array.from({ length: 9000 }, (_, at) => ordinary(at));
    await client.upload(target, rows, { maxAgeInMs: Infinity });
    expect(emulated.requests.filter(({ status }) => status === 413)).toEqual([]);
  });
});

it('a lower cap on the decompressed body is learnt', async () => {
  const emulated = virtual();
  emulated.state.logAnalytics.settings.logsIngestion.maxDecompressedBytes = 2_000_000;
  const limits: number[] = [];
  const { client } = watched(emulated, {
    events: { onFallback: ({ limitInBytes }) => limits.push(limitInBytes) },
  });
  const rows = Array.from({ length: 12_000 }, () => ({ Message: 'x'.repeat(1000) }));
  const report = await client.upload(target, rows, { maxAgeInMs: Infinity, concurrency: 1 });
  expect(report.accepted).toBe(12_000);
  expect(limits.length).toBeGreaterThan(0);
  expect(limits.at(-1)).toBeLessThanOrEqual(2_000_000);
});
