import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';
import type { Emulator } from '../src/index.js';

const start = Date.UTC(2026, 10, 20, 12);
const received = '2026-11-20T12:00:00.000Z';

interface Send {
  body?: string | Uint8Array<ArrayBuffer>;
  gzip?: boolean;
  stream?: string;
  ruleId?: string;
  audience?: string;
  host?: string;
  headers?: Record<string, string>;
}

/** An emulator whose bearer tokens are the audience they are for. */
function make(): Emulator {
  const emulator = createEmulator({ clock: 'manual', start });
  emulator.state.entra.verify = async (authorization, audiences) =>
    audiences.some((audience) => authorization === `Bearer ${audience}`)
      ? {
          ok: true,
          claims: { aud: '', iss: '', tid: '', appid: '', oid: 'someone', roles: [], iat: 0, nbf: 0, exp: 0 },
        }
      : { ok: false, reason: 'audience' };
  return emulator;
}

async function send(emulator: Emulator, rows: unknown, options: Send = {}): Promise<Response> {
  const { ruleId = contoso.dcrImmutableId, stream = 'Custom-Demo_CL' } = options;
  const { audience = 'https://monitor.azure.com', host = 'any.westeurope-1.ingest.monitor.azure.com' } =
    options;
  const body = options.body ?? JSON.stringify(rows);
  return emulator.fetch(
    new Request(`https://${host}/dataCollectionRules/${ruleId}/streams/${stream}?api-version=2023-01-01`, {
      method: 'POST',
      body: options.gzip ? gzipSync(body) : body,
      headers: {
        authorization: `Bearer ${audience}`,
        'content-type': 'application/json',
        ...(options.gzip && { 'content-encoding': 'gzip' }),
        ...options.headers,
      },
    }),
  );
}

const outcome = async (response: Response): Promise<unknown[]> => {
  const text = await response.text();
  const error = text === '' ? undefined : (JSON.parse(text) as { error: { code: string } }).error;
  expect(response.headers.get('x-ms-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(response.headers.get('x-ms-error-code')).toBe(error?.code ?? null);
  return [response.status, error?.code];
};

describe('Logs Ingestion: accepted rows', () => {
  it('stores gzip and plain bodies alike, typed by the table', async () => {
    const row = {
      TimeGenerated: '2026-11-20T11:00:00Z',
      Message: 'Grüße 🚀',
      Count: 3,
      Amount: 1.5,
      Big: 9007199254740991,
      Ok: true,
      Context: { a: [1, { b: null }] },
    };
    const emulator = make();
    expect(await outcome(await send(emulator, [row], { gzip: true }))).toEqual([204, undefined]);
    expect((await send(emulator, [row])).status).toBe(204);
    const stored = { ...row, TimeGenerated: '2026-11-20T11:00:00.000Z' };
    expect(emulator.state.logAnalytics.rows('Demo_CL')).toEqual([stored, stored]);
  });

  it('converts what can be converted and leaves out what cannot', async () => {
    const emulator = make();
    const body = [
      { Message: 5, Count: '7', Amount: '2.5', Big: '12', Ok: 'True', Context: 'text' },
      { Message: { a: 1 }, Count: 2 ** 31, Amount: 'x', Big: 1.9, Ok: 'yes', Context: null },
    ];
    await send(emulator, body);
    expect(emulator.state.logAnalytics.rows('Demo_CL')).toEqual([
      { TimeGenerated: received, Message: '5', Count: 7, Amount: 2.5, Big: 12, Ok: true, Context: 'text' },
      { TimeGenerated: received, Message: '{"a":1}', Big: 1 },
    ]);
  });

  it('keeps integers beyond 2^53 as their digits', async () => {
    const emulator = make();
    await send(emulator, undefined, { body: '[{"Big":9223372036854775807},{"Big":9223372036854775808}]' });
    expect(emulator.state.logAnalytics.rows('Demo_CL').map((row) => row['Big'])).toEqual([
      '9223372036854775807',
      undefined,
    ]);
  });

  it('replaces a TimeGenerated outside of its window, keeping finer fractions inside', async () => {
    const emulator = make();
    const times = [
      '2026-11-18T12:00:00Z',
      '2026-11-18T11:59:59Z',
      '2026-11-21T12:00:01Z',
      '2026-11-20T10:00:00.123456Z',
    ];
    await send(
      emulator,
      times.map((TimeGenerated) => ({ TimeGenerated })),
    );
    expect(emulator.state.logAnalytics.rows('Demo_CL').map((row) => row['TimeGenerated'])).toEqual([
      '2026-11-18T12:00:00.000Z',
      received,
      received,
      '2026-11-20T10:00:00.123456Z',
    ]);
  });

  it('cuts values at 64 KB of UTF-8', async () => {
    const emulator = make();
    await send(emulator, [{ Message: 'ü'.repeat(40_000), Context: { text: 'a'.repeat(70_000) } }]);
    const [row] = emulator.state.logAnalytics.rows('Demo_CL');
    expect(row?.['Message']).toBe('ü'.repeat(32_768));
    expect(row?.['Context']).toHaveLength(65_536);
    expect(emulator.state.logAnalytics.losses).toMatchObject([{ cause: 'field-truncated', count: 2 }]);
  });
});

describe('Logs Ingestion: refusals', () => {
  it.each([
    ['https://monitor.azure.com', 'com'],
    ['https://monitor.azure.us', 'us'],
    ['https://monitor.azure.cn', 'cn'],
  ])('wants the audience %s on hosts of .%s', async (audience, suffix) => {
    const emulator = make();
    const host = `x.region-1.ingest.monitor.azure.${suffix}`;
    expect((await send(emulator, [], { host, audience })).status).toBe(204);
    expect(await outcome(await send(emulator, [], { host, audience: 'https://graph.example' }))).toEqual([
      401,
      undefined,
    ]);
  });

  it.each<[number, string | undefined, Send]>([
    [404, 'NotFound', { ruleId: 'dcr-11111111111111111111111111111111' }],
    [400, 'InvalidStream', { stream: 'Demo_CL' }],
    [400, 'InvalidStream', { stream: '%E0%A4%A' }],
    [400, 'InvalidPayload', { body: '[{' }],
    [400, 'InvalidPayload', { body: 'not gzip', headers: { 'content-encoding': 'gzip' } }],
    [500, undefined, { body: '' }],
  ])('%d %s', async (status, code, options) => {
    expect(await outcome(await send(make(), [], options))).toEqual([status, code]);
  });

  it('counts bytes on the wire: 1,048,576 pass, one more is 413', async () => {
    const emulator = make();
    const body = (bytes: number): string => `[{"Message":"${'a'.repeat(bytes - 16)}"}]`;
    expect((await send(emulator, undefined, { body: body(1_048_576) })).status).toBe(204);
    const response = await send(emulator, undefined, { body: body(1_048_577) });
    expect(await response.json()).toEqual({
      error: {
        code: 'ContentLengthLimitExceeded',
        message:
          'Maximum allowed content length: 1048576 bytes (1 MB). Provided content length: 1048577 bytes.',
      },
    });
    expect((await send(emulator, undefined, { body: body(2_000_000), gzip: true })).status).toBe(204);
  });

  it('refuses what decompresses to more than 50 MiB', async () => {
    const bomb = ' '.repeat(50 * 1024 * 1024 - 1);
    expect(
      (await send(make(), undefined, { body: `${bomb}[]`, gzip: true })).headers.get('x-ms-error-code'),
    ).toBe('PayloadSizeLimitExceeded');
  });

  it('answers 403 while the role is missing', async () => {
    const emulator = make();
    emulator.state.logAnalytics.settings.logsIngestion.roleMissing = true;
    expect(await outcome(await send(emulator, []))).toEqual([403, 'OperationFailed']);
  });

  it('answers 403, then InvalidStream, while a new rule spreads', async () => {
    const emulator = make();
    const rule = emulator.state.logAnalytics.rules.get(contoso.dcrImmutableId);
    Object.assign(rule ?? {}, { grantedAt: start + 60_000, readyAt: start + 120_000 });
    expect((await send(emulator, [])).status).toBe(403);
    await emulator.clock.advance(60_000);
    expect(await outcome(await send(emulator, []))).toEqual([400, 'InvalidStream']);
    await emulator.clock.advance(60_000);
    expect((await send(emulator, [])).status).toBe(204);
  });

  it('throttles a rule by requests and by bytes until the next quota minute', async () => {
    const emulator = make();
    const { logsIngestion } = emulator.state.logAnalytics.settings;
    logsIngestion.requestsPerMinute = 1;
    await send(emulator, []);
    const refused = await send(emulator, []);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    logsIngestion.retryAfter = false;
    expect((await send(emulator, [])).headers.get('retry-after')).toBeNull();
    await emulator.clock.advance(60_000);
    Object.assign(logsIngestion, { requestsPerMinute: 100, bytesPerMinute: 3 });
    expect([(await send(emulator, [])).status, (await send(emulator, [])).status]).toEqual([204, 429]);
  });

  it('knows the endpoint of a rule when told to be strict, and echoes the client request id', async () => {
    const emulator = make();
    emulator.state.logAnalytics.settings.logsIngestion.strictEndpoint = true;
    expect((await send(emulator, [])).status).toBe(404);
    const endpoint = emulator.state.logAnalytics.rules.get(contoso.dcrImmutableId)?.endpoint ?? '';
    const headers = { 'x-ms-client-request-id': '11111111-2222-3333-4444-555555555555' };
    const response = await send(emulator, [], { host: new URL(endpoint).host, headers });
    expect([response.status, response.headers.get('x-ms-client-request-id')]).toEqual([
      204,
      headers['x-ms-client-request-id'],
    ]);
  });
});

describe('Logs Ingestion: 204 is not stored', () => {
  const cases: [string, unknown, 'notAnArray' | 'undeclaredProperties' | 'notAnObject', unknown[]][] = [
    ['not-an-array', { Message: 'a' }, 'notAnArray', []],
    [
      'undeclared-property',
      [{ Message: 'a', Other: 1 }],
      'undeclaredProperties',
      [{ TimeGenerated: received, Message: 'a' }],
    ],
    ['not-an-object', [1, { Message: 'a' }], 'notAnObject', [{ TimeGenerated: received, Message: 'a' }]],
  ];
  it.each(cases)('loses silently what is %s, unless switched to be loud', async (cause, body, loss, rows) => {
    const emulator = make();
    const { settings, losses } = emulator.state.logAnalytics;
    expect((await send(emulator, body)).status).toBe(204);
    expect(emulator.state.logAnalytics.rows('Demo_CL')).toEqual(rows);
    expect(losses).toMatchObject([{ cause, count: 1 }]);
    settings.logsIngestion.silentLoss[loss] = false;
    expect((await send(emulator, body)).status).toBe(400);
    expect(emulator.state.logAnalytics.rows('Demo_CL')).toEqual(rows);
  });

  it('loses everything to a transform that does not fit, with a row in DCRLogErrors', async () => {
    const emulator = make();
    emulator.state.logAnalytics.settings.logsIngestion.transformMismatch = true;
    expect((await send(emulator, [{ Message: 'a' }])).status).toBe(204);
    expect(emulator.state.logAnalytics.rows('Demo_CL')).toEqual([]);
    expect(emulator.state.logAnalytics.rows('DCRLogErrors')).toMatchObject([
      { InputStreamId: 'Custom-Demo_CL' },
    ]);
  });

  it('loses everything above the daily cap', async () => {
    const emulator = make();
    emulator.state.logAnalytics.settings.dailyCapReached = true;
    expect((await send(emulator, [{ Message: 'a' }])).status).toBe(204);
    expect(emulator.state.logAnalytics.rows('Demo_CL')).toEqual([]);
  });
});
