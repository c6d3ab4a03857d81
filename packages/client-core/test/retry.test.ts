import { inspect } from 'node:util';
import { captureError, scriptedFetch, testClock } from '@repo/test-kit';
import { createClock } from 'audit-emulator';
import { describe, expect, it, vi } from 'vitest';
import { ApiError, ResponseFormatError, createRateLimiter } from '../src/index.js';
import type { Fetch, RateLimiter, RetryEvent, ThrottleEvent } from '../src/index.js';
import { call, connectionReset, http, socketError } from './helpers.js';

const ok = () => Response.json([]);
const status = (code: number, headers: Record<string, string> = {}) =>
  new Response('{}', { status: code, headers });
const post = { ...call, method: 'POST', body: '[]', idempotent: false } as const;

describe('when an attempt is repeated', () => {
  it.each([
    ['Retry-After: 0.2 on 429', status(429, { 'retry-after': '0.2' }), 200],
    ['retry-after-ms on 429', status(429, { 'retry-after-ms': '120' }), 120],
    ['x-ms-retry-after-ms on 503', status(503, { 'x-ms-retry-after-ms': '1500' }), 1500],
    ['Retry-After on 502', status(502, { 'retry-after': '3' }), 3000],
    ['Retry-After on 500', status(500, { 'retry-after': '4' }), 4000],
    [
      'Retry-After as a date',
      status(503, { 'retry-after': new Date(1_700_000_009_000).toUTCString() }),
      9000,
    ],
  ])('waits as long as the service asks: %s', async (_, answer, wait) => {
    const clock = testClock();
    const { fetch, requests } = scriptedFetch(answer, ok);
    await http(fetch, { clock }).send(call);
    expect([clock.slept, requests.length]).toEqual([[wait], 2]);
  });

  it('never takes a long wait for a short one', async () => {
    const { fetch, requests } = scriptedFetch(status(503, { 'retry-after': '120' }));
    await expect(http(fetch).send(call)).rejects.toMatchObject({
      name: 'RateLimitError',
      status: 503,
      retryAfterInMs: 120_000,
      message: expect.stringContaining('retry.maxRetryAfterInMs') as string,
    });
    expect(requests).toHaveLength(1);
  });

  it('repeats a throttled write, with its body', async () => {
    const { fetch, bodies } = scriptedFetch(
      status(429, { 'retry-after': '1' }),
      () => new Response(null, { status: 204 }),
    );
    expect((await http(fetch).send(post)).status).toBe(204);
    expect(bodies).toEqual(['[]', '[]']);
  });

  it.each([
    ['ECONNREFUSED', 2],
    ['ENOTFOUND', 2],
    ['ECONNRESET', 1],
    ['UND_ERR_SOCKET', 1],
  ])('repeats a write after %s only if nothing can have happened', async (code, attempts) => {
    const { fetch, requests } = scriptedFetch(socketError(code), ok);
    await http(fetch)
      .send(post)
      .catch(() => {});
    expect(requests).toHaveLength(attempts);
  });

  it.each([400, 403, 404, 409, 501])('fails a write at once on %i', async (code) => {
    const { fetch, requests } = scriptedFetch(status(code));
    await expect(http(fetch).send(post)).rejects.toMatchObject({ status: code });
    expect(requests).toHaveLength(1);
  });

  it('stops after maxRetries, which a call may lower', async () => {
    const { fetch, requests } = scriptedFetch(status(500));
    await expect(http(fetch).send(call)).rejects.toMatchObject({ status: 500 });
    await expect(http(fetch).send({ ...call, maxRetries: 1 })).rejects.toMatchObject({ status: 500 });
    expect(requests).toHaveLength(5 + 2);
  });

  it('repeats a read whose answer is not what the client expects', async () => {
    const { fetch, requests } = scriptedFetch(() => new Response('<html>'), ok);
    await http(fetch).send({ ...call, check: (reply) => void reply.json() });
    expect(requests).toHaveLength(2);
  });

  it('gives an answer that may be retried once its one chance, whatever came before', async () => {
    const once = (): { retryable?: 'once' } => ({ retryable: 'once' });
    const describeError = ({ status: code }: { status: number }) => (code === 400 ? once() : {});
    const { fetch, requests } = scriptedFetch(status(500), status(400), status(400), ok);
    await expect(http(fetch, { describeError }).send(call)).rejects.toMatchObject({ status: 400 });
    expect(requests).toHaveLength(3);
  });

  it('grows its own waits, with jitter, up to 30 s', async () => {
    const clock = testClock();
    await http(scriptedFetch(status(500)).fetch, { clock, random: () => 0.999999 })
      .send({ ...call, maxRetries: 7 })
      .catch(() => {});
    expect(clock.slept).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it('wraps what a transport of the caller throws, whatever it is', async () => {
    for (const thrown of [new Error('odd'), 'a string', undefined, { code: 'ECONNRESET' }]) {
      let asked = 0;
      const odd: Fetch = () => {
        asked += 1;
        return Promise.reject(thrown);
      };
      const error = await captureError(http(odd).send({ ...call, maxRetries: 1 }));
      expect(error).toMatchObject({ name: 'ConnectionError', code: 'reset' });
      expect(asked).toBe(2);
    }
  });

  it.each([new RangeError('a bug'), new TypeError('a bug')])(
    'passes on what a check throws by mistake, as it is and at once: %s',
    async (bug) => {
      const { fetch, requests } = scriptedFetch(ok);
      const check = () => {
        throw bug;
      };
      await expect(http(fetch).send({ ...call, check })).rejects.toBe(bug);
      expect(requests).toHaveLength(1);
    },
  );

  it('does not try again, nor quote, what cannot be a header', async () => {
    const { fetch, requests } = scriptedFetch(ok);
    const authorize = async () => ({ headers: { authorization: 'Bearer secret\ntoken' } });
    const error = await captureError(http(fetch, { authorize }).send(call));
    expect(error).toMatchObject({ name: 'AuthenticationError' });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('secret');
    expect(requests).toHaveLength(0);
  });

  const tunnel = (status: number) =>
    Object.assign(new TypeError('fetch failed'), {
      cause: Object.assign(new Error(`Proxy response (${status}) !== 200 when HTTP Tunneling`), {
        code: 'UND_ERR_ABORTED',
      }),
    });

  it.each([
    ['a proxy that wants a user', tunnel(407), 'proxy', 1],
    ['a proxy that forbids', tunnel(403), 'proxy', 1],
    ['a proxy that is busy', tunnel(503), 'proxy', 2],
    ['a name that is not known', socketError('ENOTFOUND', 'getaddrinfo ENOTFOUND proxy.example'), 'dns', 2],
    ['a certificate', socketError('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'tls', 1],
    ['a handshake', socketError('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls', 1],
    ['a slow connect', socketError('UND_ERR_CONNECT_TIMEOUT'), 'refused', 2],
    ['no way there', socketError('EHOSTUNREACH'), 'refused', 2],
    ['a socket that ends', socketError('UND_ERR_SOCKET'), 'reset', 2],
  ])('%s has its code and is repeated or not', async (_, thrown, code, attempts) => {
    const { fetch, requests } = scriptedFetch(thrown);
    await expect(http(fetch).send({ ...call, maxRetries: 1 })).rejects.toMatchObject({
      name: 'ConnectionError',
      code,
    });
    expect(requests).toHaveLength(attempts);
  });

  it('knows 407 as the answer of a proxy', async () => {
    await expect(http(scriptedFetch(status(407)).fetch).send(call)).rejects.toMatchObject({
      name: 'ConnectionError',
      code: 'proxy',
      message: expect.stringContaining('HTTPS_PROXY') as string,
    });
  });
});

describe('limiter and deadline', () => {
  it('does not count the wait for the limiter towards the deadline', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const turns: (() => void)[] = [];
      const limiter: RateLimiter = {
        acquire: () => new Promise((resolve) => turns.push(resolve)),
        pauseUntil: () => {},
      };
      const { fetch, requests } = scriptedFetch(ok);
      const sent = http(fetch, { limiter, timeoutInMs: 1000 }).send(call);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(requests).toHaveLength(0);
      turns[0]?.();
      expect((await sent).status).toBe(200);

      const slow = http(() => new Promise(() => {}), { timeoutInMs: 1000 }).send({ ...call, maxRetries: 0 });
      const failed = expect(slow).rejects.toMatchObject({ code: 'timeout' });
      await vi.advanceTimersByTimeAsync(1000);
      await failed;
    } finally {
      vi.useRealTimers();
    }
  });

  it('asks limiter and token again for every attempt, and pauses the limiter when throttled', async () => {
    const log: string[] = [];
    const clock = testClock(0);
    const limiter: RateLimiter = {
      acquire: async () => void log.push('limiter'),
      pauseUntil: (until) => void log.push(`pause ${until}`),
    };
    const { fetch, requests } = scriptedFetch(status(429, { 'retry-after': '2' }), status(500), ok);
    let tokens = 0;
    await http(fetch, {
      limiter,
      clock,
      authorize: async () => ({ headers: { authorization: `Bearer ${++tokens}` } }),
    }).send(call);
    expect(log).toEqual(['limiter', 'pause 2000', 'limiter', 'limiter']);
    expect(requests.map((one) => one.headers.get('authorization'))).toEqual([
      'Bearer 1',
      'Bearer 2',
      'Bearer 3',
    ]);
  });

  it('rejects with the reason of the signal while it waits for the limiter', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const limiter = createRateLimiter({ limit: 1, clock: createClock({ mode: 'manual' }) });
    await limiter.acquire();
    const { fetch, requests } = scriptedFetch(ok);
    const sent = http(fetch, { limiter }).send({ ...call, abortSignal: controller.signal });
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort(reason);
    await expect(sent).rejects.toBe(reason);
    expect(requests).toHaveLength(0);
  });

  it('rejects with the reason of the signal in the middle of an attempt, and before one', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const never: Fetch = (request) =>
      new Promise((_, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason as Error));
        controller.abort(reason);
      });
    await expect(http(never).send({ ...call, abortSignal: controller.signal })).rejects.toBe(reason);
    const { fetch, requests } = scriptedFetch(ok);
    await expect(http(fetch).send({ ...call, abortSignal: controller.signal })).rejects.toBe(reason);
    expect(requests).toHaveLength(0);
  });
});

describe('events', () => {
  it('tell attempts, retries and throttling, without query strings, and survive what callbacks throw', async () => {
    const retries: RetryEvent[] = [];
    const throttles: ThrottleEvent[] = [];
    const { fetch } = scriptedFetch(status(429, { 'retry-after': '1' }), connectionReset(), ok);
    await http(fetch, {
      events: {
        onAttempt: () => {
          throw new Error('telemetry is down');
        },
        onRetry: (event) => void retries.push(event),
        onThrottle: (event) => void throttles.push(event),
      },
    }).send({ ...call, requestId: 'r1' });
    expect(retries.map(({ reason, delayInMs, attempt }) => [reason, delayInMs, attempt])).toEqual([
      [429, 1000, 1],
      ['reset', 1500, 2],
    ]);
    expect(throttles).toEqual([
      {
        operation: 'things.list',
        method: 'GET',
        url: 'https://api.example/things',
        attempt: 1,
        requestId: 'r1',
        requestBytes: 0,
        status: 429,
        retryAfterInMs: 1000,
      },
    ]);
  });
});

describe('a call that is given up', () => {
  it('is told once, with why, after what its attempts have told', async () => {
    const told: unknown[] = [];
    const controller = new AbortController();
    const stopping: Fetch = async () => {
      controller.abort(new Error('enough'));
      throw new TypeError('fetch failed');
    };
    const calls: [Fetch, object][] = [
      [scriptedFetch(status(404)).fetch, {}],
      [scriptedFetch(connectionReset(), connectionReset()).fetch, { maxRetries: 1 }],
      [stopping, { abortSignal: controller.signal }],
      [scriptedFetch(ok).fetch, {}],
    ];
    for (const [fetch, more] of calls)
      await http(fetch, { events: { onFailure: ({ reason, attempt }) => void told.push([reason, attempt]) } })
        .send({ ...call, ...more })
        .catch(() => {});
    expect(told).toEqual([
      [404, 1],
      ['reset', 2],
      ['aborted', 1],
    ]);
  });
});

describe('what is thrown', () => {
  it('prints no token, by itself or as a cause, by inspect, JSON or its own words', async () => {
    const never: Fetch = (request) =>
      new Promise((_, reject) =>
        request.signal.addEventListener('abort', () => reject(request.signal.reason as Error)),
      );
    const page = () => new Response('<html>');
    const answers: [Fetch, object][] = [
      [scriptedFetch(status(400)).fetch, {}],
      [scriptedFetch(status(429, { 'retry-after': '999' })).fetch, {}],
      [scriptedFetch(connectionReset()).fetch, {}],
      [scriptedFetch(page).fetch, { check: (reply: { json(): unknown }) => void reply.json() }],
      [never, { timeoutInMs: 5 }],
    ];
    for (const [fetch, more] of answers) {
      const error = await captureError(http(fetch).send({ ...call, maxRetries: 0, ...more }));
      expect(ApiError.isInstance(error)).toBe(true);
      const outer = new Error('the job failed', { cause: error });
      for (const text of [
        inspect(outer, { depth: 20, showHidden: true }),
        JSON.stringify(error),
        String(error),
      ])
        expect(text).not.toContain('secret-token');
    }
  });

  it('keeps the cause only of the socket, and the body off the printed error', async () => {
    const broken = await captureError<Error>(
      http(scriptedFetch(connectionReset()).fetch).send({ ...call, maxRetries: 0 }),
    );
    expect(broken.cause).toMatchObject({ code: 'ECONNRESET' });
    const long = 'x'.repeat(10_000);
    const refused = await captureError<ApiError>(
      http(scriptedFetch(new Response(long, { status: 400 })).fetch).send(call),
    );
    expect(refused.body).toHaveLength(4096);
    expect(inspect(refused)).not.toContain('xxxx');
  });

  it('does not quote content that is not JSON', async () => {
    const reply = await http(scriptedFetch(() => new Response('{"user":"alice"')).fetch).send(call);
    try {
      reply.json();
      expect.unreachable();
    } catch (error) {
      expect(ResponseFormatError.isInstance(error) && error.length).toBe(15);
      expect(inspect(error, { showHidden: true, depth: 10 })).not.toContain('alice');
    }
  });
});
