import { captureError } from '@repo/test-kit';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { managedIdentity } from '../src/index.js';
import type { ApiError } from '../src/index.js';
import { call, http, loopback } from './helpers.js';

const mebibyte = 1024 * 1024;
const bomb = gzipSync(Buffer.alloc(64 * mebibyte, 0x20));

/** A server whose every response is `body`, and how much of it was taken. */
const serve = (status: number, body: Buffer, headers: Record<string, string> = {}) =>
  loopback((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
  });

describe('a response', () => {
  it('other than 2xx is read up to 64 KiB, also when it is compressed', async () => {
    const server = await serve(400, bomb, { 'content-encoding': 'gzip' });
    const received: number[] = [];
    const { send } = http((request) => fetch(request), {
      events: { onResponse: ({ responseBytes }) => void received.push(responseBytes) },
    });
    const error = await captureError<ApiError>(send({ ...call, url: server.url }));
    await server.close();
    expect(error.status).toBe(400);
    expect(received).toEqual([64 * 1024]);
  });

  it('is given to the client’s reader of errors cut to 16 KiB', async () => {
    const lengths: number[] = [];
    const { send } = http(async () => new Response('x'.repeat(60_000), { status: 400 }), {
      describeError: ({ text }) => (lengths.push(text.length), {}),
    });
    await captureError(send(call));
    expect(lengths).toEqual([16 * 1024]);
  });

  it.each([
    ['compressed', bomb, { 'content-encoding': 'gzip' }],
    ['plain, with its length', Buffer.alloc(2 * mebibyte, 0x20), { 'content-length': String(2 * mebibyte) }],
    ['plain, chunked', Buffer.alloc(2 * mebibyte, 0x20), { 'transfer-encoding': 'chunked' }],
  ])(
    'that is longer than maxResponseBytes (%s) is an error, and not asked for again',
    async (_name, body, headers) => {
      const server = await serve(200, body, headers);
      const { send } = http((request) => fetch(request), { maxResponseBytes: mebibyte });
      const error = await captureError<ApiError>(send({ ...call, url: server.url }));
      await server.close();
      expect(error).toMatchObject({
        name: 'ResponseFormatError',
        code: 'ResponseTooLarge',
        retryable: false,
      });
      expect(error.message).toContain('maxResponseBytes (1048576)');
      expect(server.hits()).toBe(1);
    },
  );

  it('of exactly maxResponseBytes is read', async () => {
    const { send } = http(async () => new Response('x'.repeat(1000)), { maxResponseBytes: 1000 });
    expect((await send(call)).text()).toHaveLength(1000);
    const { send: sendLess } = http(async () => new Response('x'.repeat(1000)), { maxResponseBytes: 999 });
    expect(await captureError(sendLess(call))).toMatchObject({ code: 'ResponseTooLarge' });
  });

  it('of a managed-identity endpoint is bounded by 1 MiB', async () => {
    const server = await serve(200, Buffer.alloc(2 * mebibyte, 0x20));
    const credential = managedIdentity({
      environment: { IDENTITY_ENDPOINT: server.url, IDENTITY_HEADER: 'the-header' },
    });
    const error = await captureError(credential.getToken('https://monitor.azure.com/.default'));
    await server.close();
    expect(error).toMatchObject({ code: 'ResponseTooLarge' });
  });
});
