import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ArgumentError, WebhookError, createWebhookHandler, toFetchHandler } from '../src/index.js';
import type { WebhookContent, WebhookOptions, WebhookRequest } from '../src/index.js';
import { toNodeListener } from '../src/node.js';
import { blob } from './helpers.js';

const authId = 'fake-auth-id';
const headers = { 'Webhook-AuthID': authId };
const url = 'https://contoso.example/hook';
const post = (body: unknown, given: Record<string, string> = headers): Request =>
  new Request(url, { method: 'POST', headers: given, body: JSON.stringify(body) });

function createTestHandler(more: Partial<WebhookOptions> = {}) {
  const calls: WebhookContent[][] = [];
  const errors: WebhookError[] = [];
  const handle = createWebhookHandler({
    authId,
    onContent: (contents) => void calls.push(contents),
    onError: (error) => void errors.push(error),
    ...more,
  });
  return { calls, errors, handle };
}

/** A request as frameworks hand it over, with a body that is no stream. */
const framework = (body: unknown, given: Record<string, string> = headers): WebhookRequest => ({
  method: 'POST',
  headers: new Headers(given),
  body,
  arrayBuffer: () => Promise.reject(new TypeError('already read')),
});

describe('the webhook handler', () => {
  it('answers the validation request, by its body or by its header', async () => {
    const { handle, calls, errors } = createTestHandler();
    expect(await handle(post({ validationCode: 'code' }))).toEqual({ status: 200 });
    expect(await handle(post({}, { ...headers, 'Webhook-ValidationCode': 'code' }))).toEqual({ status: 200 });
    expect([calls, errors]).toEqual([[], []]);
  });

  it('calls once per POST with all that it announces', async () => {
    const { handle, calls } = createTestHandler();
    expect(await handle(post([blob('a'), blob('b')]))).toEqual({ status: 200 });
    expect(calls.map((contents) => contents.map(({ contentId }) => contentId))).toEqual([['a', 'b']]);
  });

  const notJson = new Request(url, { method: 'POST', headers, body: '[{"contentId":' });
  it.each([
    ['no id', post([blob()], {}), 401, 'WrongAuthId'],
    ['an empty id', post([blob()], { 'webhook-authid': '' }), 401, 'WrongAuthId'],
    ['another id', post([blob()], { 'webhook-authid': 'fake-auth-iD' }), 401, 'WrongAuthId'],
    ['the beginning of the id', post([blob()], { 'webhook-authid': 'fake' }), 401, 'WrongAuthId'],
    ['more than the id', post([blob()], { 'webhook-authid': `${authId}x` }), 401, 'WrongAuthId'],
    ['no POST', new Request(url), 405, 'MethodNotAllowed'],
    ['something else', post({ hello: 1 }), 400, 'UnknownBody'],
    ['half a notification', post([{ contentId: 'a' }]), 400, 'InvalidItems'],
    ['a body that is not JSON', notJson, 400, 'BodyNotJson'],
    ['too much', post(['x'.repeat(3000)]), 413, 'BodyTooLong'],
    ['too much, as text', framework('x'.repeat(3000)), 413, 'BodyTooLong'],
    ['a body somebody else has read', framework(undefined), 400, 'BodyUnreadable'],
  ] as const)('refuses %s and says why', async (_, request, status, code) => {
    const { handle, calls, errors } = createTestHandler({ maxBytes: 2000 });
    expect(await handle(request)).toEqual({ status });
    expect(calls).toEqual([]);
    expect(errors.map((error) => [WebhookError.isInstance(error), error.code, error.status])).toEqual([
      [true, code, status],
    ]);
    expect(String(errors[0])).not.toContain(authId);
  });

  it.each([
    ['', 'an empty id'],
    [[], 'no id'],
    [['a', ''], 'an empty one among others'],
  ])('cannot be made with %j: %s', (...[empty]) => {
    expect(() => createTestHandler({ authId: empty })).toThrow(ArgumentError);
  });

  it('takes each of several ids, while one is being replaced', async () => {
    const { handle } = createTestHandler({ authId: ['old', 'new'] });
    const statuses = ['old', 'new', 'other'].map(async (id) =>
      handle(post([blob()], { 'webhook-authid': id })),
    );
    expect(await Promise.all(statuses)).toEqual([{ status: 200 }, { status: 200 }, { status: 401 }]);
  });

  it('hands on the good items of a notification and reports the others', async () => {
    const { handle, calls, errors } = createTestHandler();
    expect(await handle(post([blob('a'), { contentId: 5 }, blob('b'), null]))).toEqual({ status: 200 });
    expect(calls.map((contents) => contents.map(({ contentId }) => contentId))).toEqual([['a', 'b']]);
    expect(errors.map(({ code, message }) => [code, message])).toEqual([
      ['InvalidItems', expect.stringMatching(/2 of 4 items .* index 1/)],
    ]);
  });

  it('uses what a body parser has made of the body', async () => {
    const { handle, calls } = createTestHandler();
    const bytes = new TextEncoder().encode(JSON.stringify([blob('bytes')]));
    for (const body of [[blob('value')], JSON.stringify([blob('text')]), bytes])
      expect(await handle(framework(body))).toEqual({ status: 200 });
    expect(calls.map(([content]) => content?.contentId)).toEqual(['value', 'text', 'bytes']);
    expect(await handle(framework({ validationCode: 'code' }))).toEqual({ status: 200 });
  });

  it('is not 200 when the contents were not taken, so that they come again', async () => {
    const cause = new Error('queue is down');
    const { handle, errors } = createTestHandler({ onContent: () => Promise.reject(cause) });
    expect(await handle(post([blob()]))).toEqual({ status: 500 });
    expect(errors).toMatchObject([{ code: 'HandlerFailed', status: 500, cause }]);
  });

  it('ends what takes too long, and tells it so', async () => {
    let signal: AbortSignal | undefined;
    const { handle, errors } = createTestHandler({
      timeoutInMs: 5,
      onContent: (_, context) => {
        signal = context.abortSignal;
        return new Promise(() => {});
      },
    });
    expect(await handle(post([blob()]))).toEqual({ status: 500 });
    expect(errors.map(({ code }) => code)).toEqual(['HandlerTimeout']);
    expect(signal?.reason).toBe(errors[0]);
  });

  it('does not wait for a body that stops', async () => {
    const { handle, errors } = createTestHandler({ bodyTimeoutInMs: 5 });
    async function* stalled(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode('[');
      await new Promise(() => {});
    }
    expect(await handle(framework(stalled()))).toEqual({ status: 408 });
    expect(errors.map(({ code }) => code)).toEqual(['BodyTimeout']);
  });

  it('is not disturbed by an onError that throws', async () => {
    const { handle } = createTestHandler({
      onError: () => {
        throw new Error('of the caller');
      },
    });
    expect(await handle(post([blob()], {}))).toEqual({ status: 401 });
  });
});

describe('toFetchHandler', () => {
  it('answers a Request with a Response', async () => {
    const { handle, calls } = createTestHandler();
    const route = toFetchHandler(handle);
    expect((await route(post([blob()]))).status).toBe(200);
    expect((await route(post([blob()], {}))).status).toBe(401);
    expect(calls).toHaveLength(1);
  });
});

describe('toNodeListener', () => {
  async function withServer(listener: RequestListener, work: (port: number) => Promise<void>): Promise<void> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => server.once('listening', resolve));
      await work((server.address() as AddressInfo).port);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  }
  const send = async (port: number, body: string): Promise<number> =>
    (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body })).status;

  it('serves node:http', async () => {
    const { handle, calls } = createTestHandler({ maxBytes: 2000 });
    await withServer(toNodeListener(handle), async (port) => {
      expect(await send(port, JSON.stringify([blob()]))).toBe(200);
      expect(await send(port, 'x'.repeat(3000))).toBe(413);
    });
    expect(calls).toHaveLength(1);
  });

  it('serves behind a body parser, which reads the stream and leaves a value', async () => {
    const { handle, calls } = createTestHandler();
    const listener = toNodeListener(handle);
    const parse: RequestListener = (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
        listener(Object.assign(request, { body }), response);
      });
    };
    await withServer(parse, async (port) => {
      expect(await send(port, JSON.stringify([blob('parsed')]))).toBe(200);
      expect(await send(port, '{"validationCode":"code"}')).toBe(200);
    });
    expect(calls.map(([content]) => content?.contentId)).toEqual(['parsed']);
  });

  it('closes the connection of a sender that stops in the middle', async () => {
    const { handle } = createTestHandler({ bodyTimeoutInMs: 20 });
    await withServer(toNodeListener(handle), async (port) => {
      const sending = httpRequest({ port, host: '127.0.0.1', method: 'POST', headers });
      sending.on('error', () => {});
      const answered = new Promise<IncomingMessage>((resolve) => sending.once('response', resolve));
      sending.write('[');
      const response = await answered;
      expect(response.statusCode).toBe(408);
      expect(response.headers.connection).toBe('close');
      sending.destroy();
    });
  });
});
