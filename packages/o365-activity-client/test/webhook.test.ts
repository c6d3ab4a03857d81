import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createWebhookHandler } from '../src/index.js';
import type { WebhookContent, WebhookOptions } from '../src/index.js';
import { toNodeListener } from '../src/node.js';
import { blob } from './helpers.js';

const authId = 'fake-auth-id';
const post = (body: unknown, headers: Record<string, string> = { 'Webhook-AuthID': authId }): Request =>
  new Request('https://contoso.example/hook', { method: 'POST', headers, body: JSON.stringify(body) });

function handler(more: Partial<WebhookOptions> = {}) {
  const calls: WebhookContent[][] = [];
  return {
    calls,
    handle: createWebhookHandler({ authId, onContent: (all) => void calls.push(all), ...more }),
  };
}

describe('the webhook handler', () => {
  it('answers the validation request', async () => {
    const { handle, calls } = handler();
    expect(await handle(post({ validationCode: 'code' }))).toEqual({ status: 200 });
    expect(calls).toEqual([]);
  });

  it('calls once per POST with all that it announces', async () => {
    const { handle, calls } = handler();
    expect(await handle(post([blob('a'), blob('b')]))).toEqual({ status: 200 });
    expect(calls.map((all) => all.map(({ contentId }) => contentId))).toEqual([['a', 'b']]);
  });

  it.each([
    ['no id', post([blob()], {}), 401],
    ['another id', post([blob()], { 'webhook-authid': 'fake-auth-iD' }), 401],
    ['the beginning of the id', post([blob()], { 'webhook-authid': 'fake' }), 401],
    ['no POST', new Request('https://contoso.example/hook'), 405],
    ['something else', post({ hello: 1 }), 400],
    ['half a notification', post([{ contentId: 'a' }]), 400],
    ['too much', post(['x'.repeat(3000)]), 413],
  ])('refuses %s', async (_, request, status) => {
    const { handle, calls } = handler({ maxBytes: 2000 });
    expect(await handle(request)).toEqual({ status });
    expect(calls).toEqual([]);
  });

  it('is not 200 when the contents were not taken, so that they come again', async () => {
    const told: unknown[] = [];
    const failing = new Error('queue is down');
    const { handle } = handler({
      onContent: () => Promise.reject(failing),
      onError: (error) => void told.push(error),
    });
    expect(await handle(post([blob()]))).toEqual({ status: 500 });
    expect(told).toEqual([failing]);
  });

  it('listens in Node', async () => {
    const { handle, calls } = handler({ maxBytes: 2000 });
    const server = createServer(toNodeListener(handle)).listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => server.once('listening', resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const send = async (body: unknown): Promise<number> =>
        (
          await fetch(url, {
            method: 'POST',
            headers: { 'Webhook-AuthID': authId },
            body: JSON.stringify(body),
          })
        ).status;
      expect(await send([blob()])).toBe(200);
      expect(await send(['x'.repeat(3000)])).toBe(413);
      expect(calls).toHaveLength(1);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});
