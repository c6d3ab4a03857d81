import { captureError, scriptedFetch } from '@repo/test-kit';
import fc from 'fast-check';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../src/auth/redactor.js';
import { entraCredential } from '../src/index.js';
import type { ApiError, Fetch } from '../src/index.js';
import { call, http } from './helpers.js';

const print = (error: unknown): string => inspect(error, { depth: 20, showHidden: true });

describe('createRedactor', () => {
  it('replaces a secret as it is, URL-encoded, form-encoded and in JSON', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, unit: 'grapheme' }), (secret) => {
        fc.pre(!'[secret]'.includes(secret));
        const redact = createRedactor([secret]);
        const form = new URLSearchParams({ secret }).toString();
        for (const text of [secret, encodeURIComponent(secret), form.slice(7), JSON.stringify({ a: secret })])
          expect(redact(`before ${text} after`)).toContain('[secret]');
        expect(redact(JSON.stringify({ secret: 1, b: secret }))).toBe('{"secret":1,"b":"[secret]"}');
      }),
    );
  });

  it('leaves secrets alone that are too short to be told from words', () => {
    expect(createRedactor(['e', 'token'])('entra.discovery returned a token')).toBe(
      'entra.discovery returned a token',
    );
  });

  it('does not break on half a surrogate pair', () => {
    expect(createRedactor(['12345678\ud800'])('x 12345678\ud800')).toBe('x [secret]');
  });
});

describe('an error of a call', () => {
  it('does not repeat a token that the service quotes, in message, code, body or request id', async () => {
    const quote = { error: { code: 'secret-token', message: 'Authorization: Bearer secret-token' } };
    const headers = { 'x-ms-request-id': 'secret-token' };
    const { fetch } = scriptedFetch(Response.json(quote, { status: 400, headers }));
    const events: unknown[] = [];
    const error = await captureError<ApiError>(
      http(fetch, {
        describeError: ({ text }) => JSON.parse(text).error as { code: string; message: string },
        events: { onFailure: (event) => void events.push(event) },
      }).send(call),
    );
    expect(error.message).toContain('[secret]');
    expect(`${print(error)}${error.body}${JSON.stringify(events)}`).not.toContain('secret-token');
  });

  it('does not repeat what only the client knows: a shared key, the signature of a URL', async () => {
    const { fetch } = scriptedFetch(new Response('the-shared-key and sig-of-the-url', { status: 400 }));
    const error = await captureError<ApiError>(
      http(fetch, { authorize: async () => ({ headers: {}, secrets: ['the-shared-key'] }) }).send({
        ...call,
        url: 'https://api.example/things?sig=sig-of-the-url',
      }),
    );
    expect(error.body).toBe('[secret] and [secret]');
  });

  it('keeps of a transport’s error what a socket says, and not the request it carries', async () => {
    const fetch: Fetch = async (request) => {
      const cause = Object.assign(new Error('reset while sending Bearer secret-token'), {
        code: 'ECONNRESET',
        request: { authorization: request.headers.get('authorization') },
      });
      throw Object.assign(new TypeError('fetch failed'), { cause });
    };
    const error = await captureError<Error>(http(fetch).send({ ...call, maxRetries: 0 }));
    expect(error.cause).toMatchObject({ code: 'ECONNRESET', message: 'reset while sending Bearer [secret]' });
    expect(print(error)).not.toContain('secret-token');
  });

  it('does not repeat a form-encoded client secret of Entra ID', async () => {
    const clientSecret = 'a+b/c=d e~f"g';
    const fetch: Fetch = async (request) =>
      new Response(`you sent ${await request.text()} and ${clientSecret}`, { status: 400 });
    const credential = entraCredential({
      tenantId: '5c0a7050-0365-4e11-8a0d-c0de0000c050',
      clientId: 'app',
      clientSecret,
      fetch,
    });
    const error = await captureError<ApiError>(credential.getToken('https://x.example/.default'));
    expect(error.body).toContain('client_secret=[secret]');
    expect(error.body).not.toContain('a+b');
  });
});
