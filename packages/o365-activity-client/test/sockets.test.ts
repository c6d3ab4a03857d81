import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { captureError, collect, testClock } from '@repo/test-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '@repo/client-core';
import { ApiError, ConnectionError, O365ActivityClient, ResponseFormatError } from '../src/index.js';
import type { O365ActivityClientOptions } from '../src/index.js';
import { fixedToken, hour, iso, start } from './helpers.js';
import { tlsServer } from './tls-server.js';
import type { Listener, TlsServer } from './tls-server.js';

let server: TlsServer;
let other: TlsServer;
beforeAll(async () => {
  [server, other] = await Promise.all([tlsServer(), tlsServer()]);
});
afterAll(async () => {
  await Promise.all([server.close(), other.close()]);
});

const texts = ['{"Id":"1"}', '{"Id":"2","a":["\\"]"]}', '{"Id":"3"}'];
const whole = Buffer.from(`[${texts.join(',')}]`);
const packed = gzipSync(whole);
/** From here on only the checksum is missing, and no record. */
const packedEnd = Array.from(packed.keys()).findIndex(
  (at) =>
    at > 10 &&
    gunzipSync(packed.subarray(0, at), { finishFlush: constants.Z_SYNC_FLUSH }).length === whole.length,
);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function client(options: O365ActivityClientOptions = {}): O365ActivityClient {
  return new O365ActivityClient('5c0a7050-0365-4e11-8a0d-c0de0000c050', fixedToken, {
    endpoint: server.origin,
    fetch: server.fetch,
    clock: testClock(start),
    ...options,
  });
}

/** Ways of framing the first bytes of a body, many of which look like a whole answer to HTTP; cut at 0 to `cuts`. */
const framings: Record<string, { cuts: number; cut(at: number): Listener }> = {
  'Content-Length, and the socket closes': {
    cuts: whole.length,
    cut: (at) => (_, response) => {
      response.writeHead(200, { 'content-length': whole.length });
      response.flushHeaders();
      response.write(whole.subarray(0, at), () => response.destroy());
    },
  },
  'a right Content-Length': {
    cuts: whole.length,
    cut: (at) => (_, response) => void response.setHeader('content-length', at).end(whole.subarray(0, at)),
  },
  'chunked, and the socket closes': {
    cuts: whole.length,
    cut: (at) => (_, response) => {
      response.flushHeaders();
      response.write(whole.subarray(0, at), () => response.destroy());
    },
  },
  'chunked, ended properly': {
    cuts: whole.length,
    cut: (at) => (_, response) => {
      response.flushHeaders();
      response.end(whole.subarray(0, at));
    },
  },
  'the end of the connection': {
    cuts: whole.length,
    cut: (at) => (_, response) => {
      response.useChunkedEncodingByDefault = false;
      response.shouldKeepAlive = false;
      response.flushHeaders();
      response.end(whole.subarray(0, at));
    },
  },
  'gzip with a right Content-Length': {
    cuts: packedEnd,
    cut: (at) => (_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': at });
      response.end(packed.subarray(0, at));
    },
  },
};

const answerWhole: Listener = (_, response) => void response.end(whole);
const answerPacked: Listener = (_, response) => {
  response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length }).end(packed);
};

describe.each(Object.entries(framings))('a blob cut at any byte, framed by %s', (_, { cuts, cut }) => {
  it('is asked for again, and read whole', async () => {
    const one = client();
    for (let at = 0; at < cuts; at += 1) {
      server.answer(cut(at), answerWhole);
      const records = await one.content.read(server.blob());
      expect(records.map(({ Id }) => Id)).toEqual(['1', '2', '3']);
      server.answer(cut(at), answerWhole);
      const raw = await collect(one.content.streamRaw(server.blob()));
      expect(raw.map(({ bytes }) => decode(bytes))).toEqual(texts);
      expect(server.hits()).toBe(2);
    }
  });

  it('is never read in part when it stays cut', async () => {
    const one = client({ retry: { maxRetries: 0 } });
    for (let at = 0; at < cuts; at += 1) {
      server.answer(cut(at));
      const error = await captureError(one.content.read(server.blob()));
      expect(ApiError.isInstance(error), `cut at ${at}`).toBe(true);
    }
  });

  it('gives whole records only when it is streamed, and tells how many', async () => {
    const one = client({ retry: { maxRetries: 0 }, maxBufferedBytes: 4 });
    for (let at = 0; at < cuts; at += 1) {
      server.answer(cut(at));
      const got: string[] = [];
      const error = await captureError(
        (async () => {
          for await (const { bytes } of one.content.streamRaw(server.blob())) got.push(decode(bytes));
        })(),
      );
      expect(got).toEqual(texts.slice(0, got.length));
      expect(ApiError.isInstance(error), `cut at ${at}`).toBe(true);
      if (got.length > 0) expect(ConnectionError.isInstance(error) && error.recordsYielded).toBe(got.length);
    }
  });
});

describe('over a socket', () => {
  it('a compressed blob is read by every way', async () => {
    server.answer(answerPacked);
    expect(await client().content.read(server.blob())).toHaveLength(3);
    expect((await collect(client().content.stream(server.blob()))).map(({ Id }) => Id)).toEqual([
      '1',
      '2',
      '3',
    ]);
    const streamed = await collect(client({ maxBufferedBytes: 4 }).content.streamRaw(server.blob()));
    expect(streamed.map(({ bytes }) => decode(bytes))).toEqual(texts);
  });

  it.each<[string, string]>([
    ['a sign-in page', '<html><body>Sign in as ann@contoso.example</body></html>'],
    ['nothing', ''],
    ['no array', '{"Id":"1"}'],
    ['null', 'null'],
  ])('%s with status 200 is no blob, and is asked for again', async (_, text) => {
    const page: Listener = (__, response) => void response.setHeader('content-type', 'text/html').end(text);
    server.answer(page, answerWhole);
    expect(await client().content.read(server.blob())).toHaveLength(3);
    server.answer(page);
    const error = await captureError(client({ retry: { maxRetries: 1 } }).content.read(server.blob()));
    expect(ResponseFormatError.isInstance(error)).toBe(true);
    expect(String(error)).not.toContain('ann@contoso.example');
    expect(server.hits()).toBe(2);
  });

  it('a long blob that is left at its first record leaves no connection open', async () => {
    let closed: Promise<void> | undefined;
    server.answer((_, response) => {
      closed = new Promise((resolve) => response.once('close', resolve));
      response.write(`[${texts[0]},${texts[1]}`);
    });
    for await (const _ of client({ maxBufferedBytes: 4 }).content.stream(server.blob())) break;
    await closed;
    expect(server.hits()).toBe(1);
  });

  it.each<[string, Listener]>([
    [
      'drips',
      (_, response) => {
        response.write(`[${texts[0]},{"Id":"`);
        const drip = setInterval(() => response.write('x'), 10);
        response.on('close', () => clearInterval(drip));
      },
    ],
    ['stalls', (_, response) => void response.write(`[${texts[0]},{"Id":"`)],
  ])('a long blob that %s is a timeout', async (_, listener) => {
    server.answer(listener);
    const one = client({ clock: systemClock, maxBufferedBytes: 4 });
    const blob = { ...server.blob(), contentExpiration: new Date(Date.now() + hour).toISOString() };
    const got: unknown[] = [];
    const began = Date.now();
    const error = await captureError(
      (async () => {
        for await (const record of one.content.stream(blob, { timeoutInMs: 150 })) got.push(record);
      })(),
    );
    expect(ConnectionError.isInstance(error) && [error.code, error.recordsYielded]).toEqual(['timeout', 1]);
    expect(got).toHaveLength(1);
    expect(Date.now() - began).toBeLessThan(5000);
  });
});

describe('the token stays on the own origin', () => {
  const listing = (headers: Record<string, string>): Listener => {
    return (_, response) => void response.writeHead(200, headers).end('[]');
  };
  const range = { from: iso(start - hour), to: iso(start) };

  it('when a next page is on another host', async () => {
    other.answer(answerWhole);
    for (const address of [`${other.origin}/x`, 'https://fabrikam.example/x', '/x', 'none']) {
      server.answer(listing({ NextPageUri: address }));
      await expect(collect(client().content.list('Audit.General', range))).rejects.toMatchObject({
        code: 'ForeignOrigin',
      });
      expect(server.hits()).toBe(1);
    }
    expect(other.hits()).toBe(0);
  });

  it('when a blob is on another host, or the answer leads there', async () => {
    other.answer(answerWhole);
    await expect(client().content.read(other.blob())).rejects.toMatchObject({ code: 'ForeignOrigin' });
    server.answer((_, response) => void response.writeHead(302, { location: `${other.origin}/x` }).end());
    await expect(client().content.read(server.blob())).rejects.toThrow(/redirects/);
    expect(other.hits()).toBe(0);
  });

  it('and pages that lead in a circle are left', async () => {
    const to =
      (name: string): Listener =>
      (_, response) =>
        void response
          .setHeader('nextpageuri', `${server.origin}/api/v1/t/content?nextpage=${name}`)
          .end('[]');
    server.answer(to('a'), to('b'), to('c'), to('a'));
    await expect(collect(client().content.list('Audit.General', range))).rejects.toThrow(/already read/);
    expect(server.hits()).toBe(4);
  });
});
