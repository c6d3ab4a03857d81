import { captureError, scriptedFetch, testClock } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import { inspect } from 'node:util';
import { call, connectionReset as reset, http } from './helpers.js';

describe('createHttp', () => {
  it('gives the whole body and sends token and ids', async () => {
    const { fetch, requests } = scriptedFetch(Response.json({ a: 1 }));
    const reply = await http(fetch).send(call);
    expect(reply.json()).toEqual({ a: 1 });
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer secret-token');
    expect(requests[0]?.headers.get('user-agent')).toBe('test/1');
  });

  it('retries a read after a reset and a 503, waiting by the clock', async () => {
    const { fetch, requests } = scriptedFetch(reset(), new Response('', { status: 503 }), Response.json([]));
    const clock = testClock();
    await http(fetch, { clock }).send(call);
    expect(requests).toHaveLength(3);
    expect(clock.slept).toEqual([750, 1500]);
  });

  it('never retries a write whose fate is unknown', async () => {
    const { fetch, requests } = scriptedFetch(reset());
    await expect(http(fetch).send({ ...call, method: 'POST', idempotent: false })).rejects.toMatchObject({
      name: 'ConnectionError',
      code: 'reset',
    });
    expect(requests).toHaveLength(1);
  });

  it('fails at once, with the wait, when Retry-After is longer than the patience', async () => {
    const { fetch, requests } = scriptedFetch(
      new Response('{}', { status: 429, headers: { 'retry-after': '3600' } }),
    );
    await expect(http(fetch).send(call)).rejects.toMatchObject({
      name: 'RateLimitError',
      retryAfterInMs: 3_600_000,
    });
    expect(requests).toHaveLength(1);
  });

  it('asks for another token once after a 401', async () => {
    const { fetch, requests } = scriptedFetch(
      () => new Response('{}', { status: 401 }),
      () => new Response('{}', { status: 401 }),
    );
    let refused = 0;
    await expect(
      http(fetch, { authorize: async () => ({ headers: {}, refused: () => void refused++ }) }).send(call),
    ).rejects.toMatchObject({ name: 'AuthenticationError', status: 401 });
    expect([requests.length, refused]).toEqual([2, 1]);
  });

  it('keeps no token and no request in what it throws', async () => {
    for (const answer of [reset(), new Response('{}', { status: 400 }), new TypeError('boom')]) {
      const error = await captureError(
        http(scriptedFetch(answer).fetch, { retry: { maxRetries: 0 } }).send(call),
      );
      expect(error).toBeInstanceOf(Error);
      expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('secret-token');
    }
  });

  it('sends the same body again', async () => {
    const bodies: string[] = [];
    const { send } = http(async (request) => {
      bodies.push(await request.text());
      return new Response('', { status: bodies.length === 1 ? 500 : 200 });
    });
    await send({ ...call, method: 'POST', body: '{"ü":1}' });
    expect(bodies).toEqual(['{"ü":1}', '{"ü":1}']);
  });

  it('rejects with the reason of the signal, also while waiting to retry', async () => {
    const controller = new AbortController();
    const clock = {
      now: () => 0,
      sleep: () =>
        new Promise<void>((_, no) => {
          controller.abort(new Error('enough'));
          no(controller.signal.reason as Error);
        }),
    };
    const { fetch } = scriptedFetch(new Response('', { status: 500 }));
    await expect(http(fetch, { clock }).send({ ...call, abortSignal: controller.signal })).rejects.toThrow(
      'enough',
    );
  });

  it('hands over the rest of a long body', async () => {
    const { fetch } = scriptedFetch(new Response('x'.repeat(100_000)));
    const reply = await http(fetch).send({ ...call, maxBufferedBytes: 10 });
    let size = reply.body.byteLength;
    for await (const chunk of reply.rest ?? []) size += chunk.byteLength;
    expect(size).toBe(100_000);
  });
});
