import { gzipSync } from 'node:zlib';
import { testClock } from '@repo/test-kit';
import { afterEach, describe, expect, it } from 'vitest';
import type { RequestListener } from 'node:http';
import { call, http, loopback } from './helpers.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serve(...listeners: RequestListener[]) {
  let count = 0;
  const server = await loopback((request, response) =>
    listeners[Math.min(count++, listeners.length - 1)]?.(request, response),
  );
  closers.push(server.close);
  return server;
}

const whole: RequestListener = (_, response) => void response.end('[1,2,3]');

// What a Response made in memory does not do: end early, stall, decode, count bytes.
describe('createHttp over a socket', () => {
  it('retries a body that is cut after the headers', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('[1,', () => response.destroy());
    }, whole);
    const reply = await http(undefined).send({ ...call, url: server.url });
    expect(reply.json()).toEqual([1, 2, 3]);
    expect(server.hits()).toBe(2);
  });

  it('ends a stalled body by the deadline of the attempt, and retries it', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('[1,');
    }, whole);
    const reply = await http(undefined).send({ ...call, url: server.url, timeoutInMs: 60 });
    expect(reply.json()).toEqual([1, 2, 3]);
    expect(server.hits()).toBe(2);
  });

  it('does not let a body that drips along reset the deadline', async () => {
    const server = await serve((_, response) => {
      const drip = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(drip));
    });
    await expect(
      http(undefined).send({ ...call, url: server.url, timeoutInMs: 60, maxRetries: 1 }),
    ).rejects.toMatchObject({ name: 'ConnectionError', code: 'timeout' });
    expect(server.hits()).toBe(2);
  });

  it('calls a server that never answers a timeout', async () => {
    const server = await serve(() => {});
    await expect(
      http(undefined).send({ ...call, url: server.url, timeoutInMs: 30, maxRetries: 0 }),
    ).rejects.toMatchObject({ code: 'timeout', message: expect.stringContaining('timeoutInMs') as string });
  });

  it('sends compressed bytes again as they were, with their length', async () => {
    const sent = gzipSync(JSON.stringify(Array.from({ length: 500 }, (_, id) => ({ id }))));
    const got: { length: string | undefined; body: Buffer }[] = [];
    const take =
      (status: number): RequestListener =>
      (request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          got.push({ length: request.headers['content-length'], body: Buffer.concat(chunks) });
          response.writeHead(status).end();
        });
      };
    const server = await serve(take(503), take(204));
    const reply = await http(undefined).send({
      ...call,
      method: 'POST',
      url: server.url,
      body: new Uint8Array(sent),
      headers: { 'content-encoding': 'gzip' },
    });
    expect(reply.status).toBe(204);
    expect(got.map((one) => one.length)).toEqual([String(sent.byteLength), String(sent.byteLength)]);
    for (const { body } of got) expect(body.equals(sent)).toBe(true);
  });

  it('decodes a compressed answer', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"ü":1}'));
    });
    expect((await http(undefined).send({ ...call, url: server.url })).json()).toEqual({ ü: 1 });
  });

  it('hands on answers without a body', async () => {
    for (const status of [204, 205]) {
      const server = await serve((_, response) => void response.writeHead(status).end());
      const reply = await http(undefined).send({ ...call, url: server.url });
      expect([reply.status, reply.body.byteLength]).toEqual([status, 0]);
    }
  });

  it('does not follow a redirect, and gives no token to where it leads', async () => {
    const elsewhere = await serve(whole);
    const server = await serve((_, response) => {
      response.writeHead(302, { location: elsewhere.url }).end();
    });
    await expect(http(undefined).send({ ...call, url: server.url })).rejects.toMatchObject({
      name: 'ApiError',
      status: 302,
    });
    expect(elsewhere.hits()).toBe(0);
  });

  it('tells a closed port from the rest', async () => {
    const server = await serve(whole);
    await server.close();
    const clock = testClock();
    await expect(
      http(undefined, { clock }).send({ ...call, url: server.url, maxRetries: 1 }),
    ).rejects.toMatchObject({ name: 'ConnectionError', code: 'refused' });
    expect(clock.slept).toHaveLength(1);
  });

  it('leaves no connection open when the rest of a long body is not wanted', async () => {
    let closed: () => void = () => {};
    const gone = new Promise<void>((resolve) => (closed = resolve));
    const server = await serve((_, response) => {
      response.on('close', closed);
      response.write('x'.repeat(100_000));
    });
    const reply = await http(undefined).send({ ...call, url: server.url, maxBufferedBytes: 10 });
    for await (const chunk of reply.rest ?? []) {
      expect(chunk.byteLength).toBeGreaterThan(0);
      break;
    }
    await gone;
  });
});
