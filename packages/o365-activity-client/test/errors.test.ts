import { inspect } from 'node:util';
import { captureError, collect } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import {
  ArgumentError,
  AuthenticationError,
  BlobUnavailableError,
  ConnectionError,
  ResponseFormatError,
  RetentionGapError,
} from '../src/index.js';
import type { ApiError, ContentBlob } from '../src/index.js';
import { describeError } from '../src/http/describe-error.js';
import { blob, day, errorResponse, hour, iso, json, scriptedClient, start } from './helpers.js';

const af = (code: string, message = 'words'): object => ({ error: { code, message } });
const throttledText =
  "{'error':{'code':'AF429','message':'Too many requests. Method=GetBlob, PublisherId=0'}}";

describe('error answers', () => {
  it.each([
    ['JSON', JSON.stringify(af('AF20022')), 'AF20022'],
    ['single quotes', throttledText, 'AF429'],
    ['without envelope', '{"code":"AF429","message":"Too many requests."}', 'AF429'],
    ['HTML', '<html><body>Gateway AF50000 failed</body></html>', 'AF50000'],
    ['cut', '{"error":{"code":"AF20055","mess', 'AF20055'],
    [
      'no code',
      '{"error":{"code":"String reference not set.\\r\\nParameter name","message":"s"}}',
      undefined,
    ],
    ['nothing', '', undefined],
  ])('are read: %s', (_, text, code) => {
    expect(describeError({ status: 400, text }).code).toBe(code);
  });

  it.each([
    '{"error":{"code":"StartSubscription [TenantId=1] failed. Exception","message":"Microsoft.DataServiceException: Tenant 5b9a does not exist.\\r\\n   at Microsoft.X()"}}',
    '{"error":{"code":"StartSubscription [CorrId=1][AppId","message":"864ee8e] failed. Exception: Microsoft.DataServiceException: Tenant ead03517 does not exist.\\r\\n   at X in d:\\\\dbs"}}',
  ])('say what an administrator must do when an exception stands for the code', (text) => {
    expect(describeError({ status: 400, text })).toMatchObject({
      code: 'AuditingDisabled',
      retryable: false,
    });
  });

  it('a missing permission is an authentication error with the permission in it', async () => {
    const { client } = scriptedClient([errorResponse(401, af('AF10001'))]);
    const error = await captureError(client.subscriptions.list());
    expect(AuthenticationError.isInstance(error)).toBe(true);
    expect(inspect(error)).toContain('ActivityFeed.Read');
    expect(inspect(error)).not.toContain('fake-token');
  });
});

describe('blobs that cannot be read', () => {
  it('an expired blob is not asked for', async () => {
    const date = new Date(start).toUTCString();
    const { client, seen } = scriptedClient([json([], { date })]);
    const old = { ...blob(), contentExpiration: iso(start - hour) };
    // By the service's clock: until it has told its time it is asked.
    expect(await client.content.read(old)).toEqual([]);
    await expect(client.content.read(old)).rejects.toThrow(/expired/);
    expect(seen).toHaveLength(1);
  });

  it('goes on without it when told of it', async () => {
    const { client } = scriptedClient([
      json([blob('gone'), blob('there')]),
      (request) => (request.url.includes('gone') ? errorResponse(404, af('AF20050')) : json([{ Id: '1' }])),
    ]);
    const query = { contentTypes: ['Audit.General'], from: iso(start - hour), to: iso(start) };
    const told: string[] = [];
    const onBlobError = (blob: ContentBlob, error: ApiError): 'skip' => {
      if (BlobUnavailableError.isInstance(error)) told.push(blob.contentId);
      return 'skip';
    };
    const results = await collect(client.records.blobs({ ...query, onBlobError }));
    expect(results.map(({ outcome }) => outcome)).toEqual(['skipped', 'available']);
    expect(told).toEqual(['gone']);
  });

  it('goes on without a long one that is gone when it is asked for again', async () => {
    const { client } = scriptedClient(
      [json([blob('long')]), json([{ Id: 'x'.repeat(2000) }]), errorResponse(404, af('AF20051'))],
      { maxBufferedBytes: 1000 },
    );
    const query = { contentTypes: ['Audit.General'], from: iso(start - hour), to: iso(start) };
    const told: string[] = [];
    const onBlobError = ({ contentId }: ContentBlob): 'skip' => {
      told.push(contentId);
      return 'skip';
    };
    const seen: unknown[] = [];
    for await (const result of client.records.blobs({ ...query, onBlobError }))
      seen.push(await collect(result.records()), result.outcome);
    expect([seen, told]).toEqual([[[], 'skipped'], ['long']]);
  });
});

describe('ranges', () => {
  it('tells of what is too old', async () => {
    const { client, seen } = scriptedClient([json([])]);
    const range = { from: iso(start - 9 * day), to: iso(start - 6 * day) };
    const error = await captureError(collect(client.content.list('Audit.General', range)));
    expect(RetentionGapError.isInstance(error) && error.gap.from).toBe(iso(start - 9 * day));
    expect(seen).toHaveLength(0);
    const gaps: string[] = [];
    await collect(client.content.list('Audit.General', { ...range, onGap: ({ to }) => void gaps.push(to) }));
    expect(gaps).toEqual([iso(start - 7 * day + 5 * 60_000)]);
    expect(new URL(seen[0]?.url ?? '').searchParams.get('startTime')).toBe('2026-05-13T12:05:00');
  });

  it.each(['2026-05-20', '2026-05-20T10:00:00', 'yesterday'])('refuses %s: it has no zone', (from) => {
    const { client } = scriptedClient([json([])]);
    expect(() => client.content.list('Audit.General', { from, to: iso(start) })).toThrow(ArgumentError);
  });

  it('keeps the raw signs of an address and adds the publisher once', async () => {
    const { client, seen } = scriptedClient([json([])], { publisherId: 'pub' });
    const address = blob().contentUri;
    await client.content.read({ ...blob(), contentUri: `${address}$a$b` });
    await client.content.read({ ...blob(), contentUri: `${address}?publisheridentifier=mine` });
    expect(seen.map(({ url }) => url)).toEqual([
      `${address}$a$b?PublisherIdentifier=pub`,
      `${address}?publisheridentifier=mine`,
    ]);
  });
});

describe('broken blobs', () => {
  const records = Array.from({ length: 50 }, (_, index) => ({ Id: String(index), text: 'x'.repeat(100) }));
  const text = JSON.stringify(records);

  it('a cut blob is asked for again, by every way of reading', async () => {
    const { client } = scriptedClient([new Response(text.slice(0, 999)), new Response(text)]);
    expect(await client.content.read(blob())).toEqual(records);
    const second = scriptedClient([new Response(text.slice(0, 999)), new Response(text)]).client;
    expect(await collect(second.content.streamRaw(blob()))).toHaveLength(50);
  });

  it('a long one is streamed; after the first record a break is told with their number', async () => {
    const options = { maxBufferedBytes: 500 };
    const cut = (): Response =>
      new Response(
        new ReadableStream({
          start(controller) {
            const bytes = new TextEncoder().encode(text);
            for (let at = 0; at < 3000; at += 300)
              controller.enqueue(bytes.slice(at, Math.min(at + 300, 3000)));
            controller.close();
          },
        }),
      );
    const { client, seen } = scriptedClient([cut], options);
    const got: unknown[] = [];
    const error = await captureError(
      (async () => {
        for await (const record of client.content.stream(blob())) got.push(record);
        return undefined;
      })(),
    );
    expect(ConnectionError.isInstance(error) && error.recordsYielded).toBe(got.length);
    expect(got).toEqual(records.slice(0, got.length));
    expect(got.length).toBeGreaterThan(10);
    expect(seen).toHaveLength(1);
  });

  it('what is no array is a ResponseFormatError without content', async () => {
    const { client } = scriptedClient([new Response('{"secret":"content"}')], { retry: { maxRetries: 0 } });
    const error = await captureError(client.content.read(blob()));
    expect(ResponseFormatError.isInstance(error)).toBe(true);
    expect(inspect(error)).not.toContain('secret');
  });
});
