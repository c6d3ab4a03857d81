import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { captureError } from '@repo/test-kit';
import { createEmulator } from 'audit-emulator';
import type { FaultEffect } from 'audit-emulator';
import { AuthenticationError } from 'o365-activity-client';
import { Agent, ProxyAgent, fetch as undiciFetch } from 'undici';
import { describe, expect, it } from 'vitest';
import { hour, ids, minute, start, world } from './faults-world.js';

const audit = { service: 'management-activity', path: /\/feed\/audit\// } as const;
const listing = { service: 'management-activity', path: /subscriptions\/content/ } as const;
const ingest = { service: 'logs-ingestion' } as const;

function isAuthentication(error: unknown): boolean {
  if (AuthenticationError.isInstance(error)) return true;
  return error instanceof Error && error.cause !== undefined && isAuthentication(error.cause);
}

async function threeBlobs(options?: Parameters<typeof world>[0]) {
  const one = await world(options);
  for (const name of ['a', 'b', 'c']) one.publish(ids(name, 20));
  return one;
}

describe('identity', () => {
  it('fault 17: a token that ends in mid run is renewed once for all that are in flight', async () => {
    const one = await threeBlobs();
    const before = () => one.emulator.requests.filter(({ path }) => path.includes('oauth2')).length;
    one.fault({ kind: 'status', status: 401, body: {} }, { ...audit, times: 3 });
    const tokens = before();
    await one.runAll();
    // One for each audience, and one renewal.
    expect(before() - tokens).toBe(3);
    expect(one.exact()).toBe(0);
  });

  it('fault 17: 401 for ever stops the run at once, and nothing is lost', async () => {
    const one = await threeBlobs();
    one.fault({ kind: 'status', status: 401, body: {} }, { ...audit, times: 'always' });
    const error: unknown = await captureError(one.run());
    expect(isAuthentication(error)).toBe(true);
    // Two tries each of what was in flight.
    expect(one.requests('/feed/audit/')).toBeLessThanOrEqual(12);
    one.emulator.faults.clear();
    await one.run();
    expect(one.exact()).toBe(0);
  });

  it('fault 18: a refused client stops at once; an Entra ID that is down is asked again', async () => {
    const one = await threeBlobs();
    const refusal = { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret.' };
    one.fault(
      { kind: 'status', status: 401, body: refusal },
      { service: 'entra', path: /oauth2/, times: 'always' },
    );
    await expect(one.run()).rejects.toSatisfy(isAuthentication);
    expect(one.requests('entra')).toBeLessThan(10);
    one.emulator.faults.clear();
    one.fault({ kind: 'status', status: 503 }, { service: 'entra', times: 2 });
    await one.runAll();
    expect(one.exact()).toBe(0);
  });
});

describe('throttling and failures', () => {
  const throttles: [string, FaultEffect][] = [
    ['429 without Retry-After', { kind: 'status', status: 429 }],
    ['429 with seconds', { kind: 'status', status: 429, headers: { 'retry-after': '7' } }],
    [
      '429 with a date',
      { kind: 'status', status: 429, headers: { 'retry-after': 'Wed, 20 May 2026 12:01:00 GMT' } },
    ],
    ['429 with a negative time', { kind: 'status', status: 429, headers: { 'retry-after': '-5' } }],
    ['429 with a huge time', { kind: 'status', status: 429, headers: { 'retry-after': '86400' } }],
    [
      '403 AF429',
      { kind: 'status', status: 403, body: { error: { code: 'AF429', message: 'Too many requests.' } } },
    ],
  ];
  it.each(throttles)('fault 20: %s', async (name, effect) => {
    // AF429 is the Management Activity API's alone.
    for (const rule of name === '403 AF429' ? [audit, listing] : [audit, listing, ingest]) {
      const one = await threeBlobs();
      one.fault(effect, { ...rule, nth: 2, times: 3 });
      await one.runAll();
      expect(one.exact()).toBe(0);
    }
  });

  it('fault 21: an hour of nothing but 429 costs a bounded number of requests, and then it goes on', async () => {
    const one = await threeBlobs();
    one.fault({ kind: 'status', status: 429 }, { service: 'management-activity', times: 'always' });
    const until = one.emulator.clock.now() + hour;
    let runs = 0;
    while (one.emulator.clock.now() < until) {
      runs += 1;
      await one.run().catch(() => {});
      // What a supervisor waits before it starts again.
      await one.emulator.clock.sleep(minute);
    }
    expect(one.requests('management-activity')).toBeLessThan(runs * 20);
    expect(one.requests('management-activity')).toBeLessThan(600);
    one.emulator.faults.clear();
    await one.run();
    expect(one.exact()).toBe(0);
  });

  it.each([408, 500, 502, 503, 504])('fault 22: %i, then fine', async (status) => {
    for (const rule of [audit, listing, ingest, { service: 'entra' } as const]) {
      const one = await threeBlobs();
      one.fault({ kind: 'status', status }, { ...rule, times: 3 });
      await one.runAll();
      // A 5xx of the ingestion leaves it open whether the rows were taken; here they were not.
      expect(one.exact()).toBe(0);
    }
  });
});

describe('the wire', () => {
  const breaks: FaultEffect[] = [{ kind: 'reset' }, { kind: 'cut', atByte: 0 }, { kind: 'cut', atByte: 700 }];
  it.each(breaks)('fault 23: $kind of listing, blob and upload', async (effect) => {
    for (const rule of [audit, listing, ingest]) {
      const one = await threeBlobs();
      one.fault(effect, { ...rule, times: 4 });
      await one.runAll();
      expect(one.exact()).toBeLessThanOrEqual(60);
    }
  });

  it('fault 24: a reply lost after the rows were taken repeats that batch and no more', async () => {
    const one = await threeBlobs();
    one.fault({ kind: 'lostReply' }, { ...ingest, nth: 2, times: 2 });
    await one.runAll({ concurrency: 1 });
    expect(one.exact()).toBe(40);
  });

  const slow: FaultEffect[] = [
    { kind: 'stall' },
    { kind: 'stall', atByte: 300 },
    { kind: 'drip', chunkBytes: 1, everyMs: 1000 },
  ];
  it.each(slow)('fault 25: $kind meets a deadline', async (effect) => {
    for (const rule of [audit, listing]) {
      const one = await threeBlobs({ timeoutInMs: 100 });
      one.fault(effect, { ...rule, times: 2 });
      await one.runAll();
      expect(one.exact()).toBe(0);
    }
  });

  it('fault 26: a blob cut at any byte is never taken for the whole', async () => {
    const text = (id: string) => `{"Id":"${id}","a":["é",1.5e3,{"b":null}]}`;
    const whole = `[${text('x')},${text('y')}]`;
    for (let atByte = 0; atByte < whole.length; atByte += 1) {
      const one = await world();
      one.publish(['x', 'y'], { text });
      // Content-Length fits what comes: nothing but the JSON itself can tell.
      one.fault({ kind: 'wrongJson', body: whole.slice(0, atByte) }, audit);
      await one.runAll({ from: new Date(start - hour) });
      expect(one.exact()).toBe(0);
    }
  });

  const bodies: [string, string][] = [
    ['nothing', ''],
    ['HTML', '<!DOCTYPE html><html><body>Service unavailable</body></html>'],
    ['null', 'null'],
    ['an object', '{"error":{"code":"x"}}'],
    ['a text', '"[]"'],
    ['half a surrogate in broken JSON', '[{"Id":"\ud800"'],
  ];
  it.each(bodies)('fault 26: %s instead of a blob or a page', async (_name, body) => {
    for (const rule of [audit, listing]) {
      const one = await threeBlobs();
      one.fault({ kind: 'wrongJson', body }, { ...rule, times: 3 });
      await one.runAll();
      expect(one.exact()).toBe(0);
    }
  });

  it('fault 26: half a gzip body', async () => {
    const one = await threeBlobs();
    one.fault({ kind: 'truncatedGzip' }, { ...audit, times: 3 });
    await one.runAll();
    expect(one.exact()).toBe(0);
  });

  it('fault 26: a blob that stays broken is deferred, never marked done; the others arrive', async () => {
    const one = await threeBlobs();
    const bad = one.publish(ids('bad', 3));
    const rule = {
      service: 'management-activity',
      match: ({ url }: { url: URL }) => decodeURIComponent(url.pathname).includes(bad),
    } as const;
    one.fault({ kind: 'wrongJson' }, { ...rule, times: 'always' });
    await expect(one.run()).rejects.toMatchObject({ report: { units: { committed: 3, deferred: 1 } } });
    await expect(one.run()).rejects.toMatchObject({ report: { units: { committed: 0, deferred: 1 } } });
    one.emulator.faults.clear();
    await one.run();
    expect(one.exact()).toBe(0);
  });

  it('fault 26: a byte order mark and white space are no fault', async () => {
    const one = await world();
    one.publish(['x', 'y']);
    const texts = [...one.published.keys()];
    one.fault({ kind: 'wrongJson', body: `\ufeff [\r\n\t${texts.join(' ,\n ')}\n ]\n` }, audit);
    await one.runAll();
    expect(one.exact()).toBe(0);
  });

  it('fault 37: no name, no listener, no trust, no proxy: said as such, and nothing is lost', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    const refusing = createServer().listen(0, '127.0.0.1');
    refusing.on('connect', (_request, socket) =>
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n'),
    );
    await Promise.all([once(closed, 'listening'), once(refusing, 'listening')]);
    const portOf = (server: Server): number => (server.address() as AddressInfo).port;
    const port = portOf(closed);
    closed.close();
    const untrusted = await createEmulator().listen();
    const proxy = new ProxyAgent(`http://127.0.0.1:${portOf(refusing)}`);
    // A resolver of the machine's own may take its time.
    const noName = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    const nameless = new Agent({ connect: { lookup: (_name, _options, tell) => tell(noName, '') } });
    const failures: [() => Promise<unknown>, RegExp][] = [
      [() => undiciFetch('https://contoso.example/', { dispatcher: nameless }), /ENOTFOUND/],
      [() => fetch(`https://127.0.0.1:${port}/`), /ECONNREFUSED/],
      [() => fetch(untrusted.origin), /SELF_SIGNED_CERT|UNABLE_TO_/],
      [() => undiciFetch('https://contoso.example/', { dispatcher: proxy }), /407/],
    ];
    for (const [fail, said] of failures) {
      let broken = true;
      const one = await threeBlobs({
        // The answer of a real socket, where there is none.
        intercept: async (request) => {
          if (!broken || !request.url.includes('ingest')) return undefined;
          await fail();
          throw new Error('It should have failed.');
        },
      });
      const reasons: string[] = [];
      await expect(
        one.run({ onDeferred: (_unit, error) => void reasons.push(inspect(error, { depth: 9 })) }),
      ).rejects.toMatchObject({ report: { units: { committed: 0, deferred: 3 } } });
      expect(reasons.length).toBeGreaterThan(0);
      for (const reason of reasons) expect(reason).toMatch(said);
      broken = false;
      await one.run();
      // Never sent, so never twice.
      expect(one.exact()).toBe(0);
    }
    await Promise.all([untrusted.close(), proxy.close(), nameless.close()]);
    refusing.close();
  });

  it('fault 38: a kept connection that closes as the rows are sent', async () => {
    const one = await threeBlobs();
    one.fault({ kind: 'reset' }, { ...ingest, times: 1 });
    await one.runAll({ concurrency: 1 });
    expect(one.exact()).toBeLessThanOrEqual(20);
  });
});
