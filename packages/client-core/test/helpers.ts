import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testClock } from '@repo/test-kit';
import { vi } from 'vitest';
import { createHttp } from '../src/index.js';
import type { Http, HttpSettings } from '../src/index.js';

/**
 * Moves `Date` together with a clock, such as the emulator's: MSAL dates its assertions by `Date`. Timers stay
 * real. Call `restore` in `afterEach`.
 */
export function moveDateWith(clock: { now(): number; advance(ms: number): unknown }): {
  advance(ms: number): Promise<void>;
  restore(): void;
} {
  vi.useFakeTimers({ toFake: ['Date'], now: clock.now() });
  return {
    async advance(ms) {
      const target = clock.now() + ms;
      await clock.advance(ms);
      vi.setSystemTime(target);
    },
    restore: () => void vi.useRealTimers(),
  };
}

export const call = {
  operation: 'things.list',
  method: 'GET',
  url: 'https://api.example/things?q=1',
  idempotent: true,
} as const;

export function http(fetch: HttpSettings['fetch'], more: Partial<HttpSettings> = {}): Http {
  return createHttp({
    userAgent: 'test/1',
    authorize: async () => ({ headers: { authorization: 'Bearer secret-token' } }),
    clock: testClock(),
    random: () => 0.5,
    ...(fetch && { fetch }),
    ...more,
  });
}

/** What fetch throws when the connection breaks. */
export function connectionReset(): TypeError {
  return socketError('ECONNRESET');
}

export function socketError(code: string, message = 'x'): TypeError {
  return Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(message), { code }) });
}

/** A real server on the loopback interface, for what only a socket shows. */
export async function loopback(
  listener: RequestListener,
): Promise<{ url: string; hits: () => number; close(): Promise<void> }> {
  let hits = 0;
  const server = createServer((request, response) => {
    hits += 1;
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    hits: () => hits,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
