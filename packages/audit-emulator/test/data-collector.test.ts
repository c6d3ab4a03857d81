import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';
import type { Emulator } from '../src/index.js';
import { sharedKeySignature } from '../src/services/log-analytics/data-collector/shared-key.js';

const start = Date.UTC(2026, 10, 20, 12);

interface Send {
  body?: string | Uint8Array;
  key?: string;
  length?: number;
  date?: string;
  suffix?: string;
  version?: string;
  workspaceId?: string;
  headers?: Record<string, string | undefined>;
}

function sign(key: string, length: number, date: string): string {
  const text = `POST\n${length}\napplication/json\nx-ms-date:${date}\n/api/logs`;
  return createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64');
}

async function send(emulator: Emulator, rows: unknown, options: Send = {}): Promise<Response> {
  const { workspaceId = contoso.workspaceId, key = contoso.sharedKey, suffix = 'com' } = options;
  const body = Buffer.from(options.body ?? JSON.stringify(rows));
  const date = options.date ?? new Date(emulator.clock.now()).toUTCString();
  const headers = {
    authorization: `SharedKey ${workspaceId}:${sign(key, options.length ?? body.length, date)}`,
    'content-type': 'application/json',
    'log-type': 'Demo1',
    'x-ms-date': date,
    ...options.headers,
  };
  const version = options.version ?? '?api-version=2016-04-01';
  return emulator.fetch(
    new Request(`https://${workspaceId}.ods.opinsights.azure.${suffix}/api/logs${version}`, {
      method: 'POST',
      body,
      headers: Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== undefined),
    }),
  );
}

const make = (): Emulator => createEmulator({ clock: 'manual', start });
const code = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { Error?: string }).Error;

const demonstrationKey =
  'dGhpcyBpcyBhIGRlbW9uc3RyYXRpb24ga2V5IGFuZCBub3QgYSBzZWNyZXQgb2YgYW55Ym9keSB0aGlzIGlzIA==';

describe('Data Collector: signature', () => {
  it.each<[string, number, string, string]>([
    ['YQ==', 5, 'Sat, 23 Apr 2022 17:50:24 GMT', 'bCb0SZxY5Lj4iXTc2Gket7lCEpDOll6ojz1loixpol4='],
    [`${'A'.repeat(86)}==`, 159, '2000-01-01T00:00:00', 'XbHKAvGr03HLLReEZHtJwDgykdxjruQesZ8FgRH9qi4='],
    ['secret==', 18, 'Thu, 01 Jan 1970 00:00:00 GMT', 'MGiiWY+WTAxB35tyZ1YljyfwMM5QCqr4ge+giSjcgfI='],
    [demonstrationKey, 1024, 'Mon, 04 Apr 2016 08:00:00 GMT', 'OP3UV1YhFW2xi/zQQxESN1rKpKooYqOLZI6lVS6TEn0='],
    [demonstrationKey, 36, 'Fri, 20 Nov 2026 12:00:00 GMT', 'AjrZ9/4HcMGdPImXtfLge7WrkcISFXwsEA3wU2qQNQU='],
  ])('is what public clients make of key %s and %d bytes', (key, length, date, expected) => {
    expect(sharedKeySignature(key, length, 'application/json', date)).toBe(expected);
  });

  it.each(['com', 'us', 'cn'])('accepts either key on opinsights.azure.%s', async (suffix) => {
    const emulator = make();
    const second = emulator.state.logAnalytics.workspaces.get(contoso.workspaceId)?.secondaryKey ?? '';
    expect((await send(emulator, [{ a: 1 }], { suffix })).status).toBe(200);
    expect((await send(emulator, [{ a: 2 }], { suffix, key: second })).status).toBe(200);
    expect(emulator.state.logAnalytics.rows('Demo1_CL')).toHaveLength(2);
  });

  it('is over bytes: characters or UTF-16 units of a non-ASCII body are refused', async () => {
    const emulator = make();
    const rows = [{ message: 'Grüße, 世界 🚀' }];
    expect(Buffer.byteLength(JSON.stringify(rows))).toBe(36);
    for (const length of [27, 28]) expect((await send(emulator, rows, { length })).status).toBe(403);
    expect((await send(emulator, rows, { length: 36 })).status).toBe(200);
  });

  it.each<[string, Send, string]>([
    ['another key', { key: 'YQ==' }, 'signature'],
    ['a charset', { headers: { 'content-type': 'application/json; charset=utf-8' } }, 'signature'],
    ['an old date', { date: new Date(start - 16 * 60_000).toUTCString() }, 'signature'],
    ['a date that is not RFC 1123', { date: new Date(start).toISOString() }, 'signature'],
    ['no date', { headers: { 'x-ms-date': undefined } }, 'signature'],
    ['another scheme', { headers: { authorization: 'Authorization: SharedKey x:y' } }, 'scheme'],
    ['no header', { headers: { authorization: undefined } }, 'No Authorization'],
  ])('403 for %s', async (_name, options, message) => {
    const response = await send(make(), [{ a: 1 }], options);
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({
      Error: 'InvalidAuthorization',
      Message: expect.stringContaining(message),
    });
  });

  it('has a skew that can be set, and tells the time in Date', async () => {
    const emulator = make();
    const date = new Date(start - 3_600_000).toUTCString();
    const refused = await send(emulator, [{ a: 1 }], { date });
    expect(refused.headers.get('date')).toBe('Fri, 20 Nov 2026 12:00:00 GMT');
    emulator.state.logAnalytics.settings.dataCollector.clockSkewInMs = 2 * 3_600_000;
    expect((await send(emulator, [{ a: 1 }], { date })).status).toBe(200);
  });
});

describe('Data Collector: requests', () => {
  it.each<[string, Send]>([
    ['MissingApiVersion', { version: '' }],
    ['InvalidApiVersion', { version: '?api-version=2020-01-01' }],
    ['InvalidCustomerId', { workspaceId: '00000000-0000-4000-8000-000000000000' }],
    ['MissingLogType', { headers: { 'log-type': '' } }],
    ['InvalidLogType', { headers: { 'log-type': 'My-Logs' } }],
    ['InvalidLogType', { headers: { 'log-type': 'a'.repeat(101) } }],
    ['MissingContentType', { headers: { 'content-type': undefined } }],
    ['UnsupportedContentType', { headers: { 'content-type': 'text/plain' } }],
    ['InvalidDataFormat', { body: '[{' }],
    ['InvalidDataFormat', { body: '[1]' }],
    ['InvalidDataFormat', { body: '[{"tenant":"x"}]' }],
    ['InvalidDataFormat', { body: '[{"TimeGenerated":"2026-11-20T12:00:00Z"}]' }],
    ['InvalidDataFormat', { body: '[{"with space":1}]' }],
    ['InvalidDataFormat', { body: `[{"${'a'.repeat(44)}":1}]` }],
  ])('400 %s', async (expected, options) => {
    const response = await send(make(), [{ a: 1 }], options);
    expect(response.status).toBe(400);
    expect(await code(response)).toBe(expected);
  });

  it('knows a closed workspace', async () => {
    const emulator = make();
    const workspace = emulator.state.logAnalytics.workspaces.get(contoso.workspaceId);
    if (workspace) workspace.active = false;
    expect(await code(await send(emulator, [{ a: 1 }]))).toBe('InactiveCustomer');
  });

  it('answers 404 without a body to what is too large', async () => {
    const emulator = make();
    emulator.state.logAnalytics.settings.dataCollector.maxBodyBytes = 20;
    expect((await send(emulator, [{ a: 'x'.repeat(8) }])).status).toBe(200);
    const response = await send(emulator, [{ a: 'x'.repeat(14) }]);
    expect([response.status, await response.text()]).toEqual([404, '']);
  });

  it('serves the same on the path of another origin', async () => {
    const emulator = make();
    const date = new Date(start).toUTCString();
    const body = '{"a":1}';
    const response = await emulator.fetch(
      new Request('https://localhost:9999/api/logs?api-version=2016-04-01', {
        method: 'POST',
        body,
        headers: {
          authorization: `SharedKey ${contoso.workspaceId}:${sign(contoso.sharedKey, body.length, date)}`,
          'content-type': 'application/json',
          'log-type': 'Demo1',
          'x-ms-date': date,
        },
      }),
    );
    expect(response.status).toBe(200);
    expect(emulator.state.logAnalytics.rows('Demo1_CL')).toMatchObject([{ a_d: 1 }]);
  });

  it.each([429, 500, 503] as const)(
    'refuses beyond the quota with %d until the next quota minute',
    async (status) => {
      const emulator = make();
      Object.assign(emulator.state.logAnalytics.settings.dataCollector, {
        requestsPerMinute: 1,
        overQuotaStatus: status,
        overQuotaRetryAfter: true,
      });
      expect((await send(emulator, [{ a: 1 }])).status).toBe(200);
      const refused = await send(emulator, [{ a: 1 }]);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([status, '60']);
      await emulator.clock.advance(60_000);
      expect((await send(emulator, [{ a: 1 }])).status).toBe(200);
    },
  );
});

describe('Data Collector: rows', () => {
  const rowsAfter = async (...bodies: unknown[]): Promise<Record<string, unknown>[]> => {
    const emulator = make();
    for (const body of bodies) expect((await send(emulator, body)).status).toBe(200);
    return emulator.state.logAnalytics.rows('Demo1_CL');
  };
  const base = { TimeGenerated: '2026-11-20T12:00:00.000Z', SourceSystem: 'RestAPI' };

  it('gives columns the suffix of the type it infers', async () => {
    const record = {
      StringValue: 'MyString1',
      NumberValue: 42,
      BooleanValue: true,
      DateValue: '2019-09-12T20:00:00.625Z',
      GUIDValue: '9909ED01-A74C-4874-8ABF-D2678E3AE23D',
      GuidNoDashes: '8145d82213a744ad859c36f31a84f6dd',
      NullValue: null,
      Computer: 'host1',
    };
    expect(await rowsAfter([record])).toEqual([
      {
        ...base,
        StringValue_s: 'MyString1',
        NumberValue_d: 42,
        BooleanValue_b: true,
        DateValue_t: '2019-09-12T20:00:00.625Z',
        GUIDValue_g: '9909ED01-A74C-4874-8ABF-D2678E3AE23D',
        GuidNoDashes_g: '8145d822-13a7-44ad-859c-36f31a84f6dd',
        Computer: 'host1',
      },
    ]);
  });

  it('converts text to a column that is there, else adds a column beside it', async () => {
    expect(await rowsAfter([{ n: 1, b: true }], [{ n: '42', b: 'true' }], [{ n: 'many', b: 3 }])).toEqual([
      { ...base, n_d: 1, b_b: true },
      { ...base, n_d: 42, b_b: true },
      { ...base, n_s: 'many', b_d: 3 },
    ]);
  });

  it('keeps every number as a double', async () => {
    const emulator = make();
    await send(emulator, undefined, { body: '[{"n":9007199254740993}]' });
    expect(emulator.state.logAnalytics.rows('Demo1_CL')).toMatchObject([{ n_d: 9007199254740992 }]);
  });

  it('takes TimeGenerated from the named field within its window', async () => {
    const emulator = make();
    const times = [
      '2026-11-19T12:00:00Z',
      '2026-11-18T11:59:59Z',
      '2026-11-21T12:00:01Z',
      'never',
      '2026-11-20T11:00:00.123456789Z',
    ];
    await send(
      emulator,
      times.map((At) => ({ At })),
      { headers: { 'time-generated-field': 'At' } },
    );
    const received = '2026-11-20T12:00:00.000Z';
    expect(emulator.state.logAnalytics.rows('Demo1_CL').map((row) => row['TimeGenerated'])).toEqual([
      '2026-11-19T12:00:00.000Z',
      received,
      received,
      received,
      received,
    ]);
  });

  it('cuts long values, and keeps the resource id', async () => {
    const emulator = make();
    const id = '/subscriptions/1/resourceGroups/rg/providers/p/t/n';
    await send(emulator, [{ a: 'ü'.repeat(20_000) }], { headers: { 'x-ms-azureresourceid': id } });
    const [row] = emulator.state.logAnalytics.rows('Demo1_CL');
    expect(row).toMatchObject({ _ResourceId: id, a_s: 'ü'.repeat(16_384) });
    expect(emulator.state.logAnalytics.losses).toMatchObject([{ cause: 'field-truncated', count: 1 }]);
  });

  it('puts what exceeds 500 columns into AdditionalFields', async () => {
    const [row] = await rowsAfter([Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`p${i}`, i]))]);
    expect(Object.keys(row?.['AdditionalFields'] as object)).toEqual([
      'p496_d',
      'p497_d',
      'p498_d',
      'p499_d',
    ]);
  });

  it('can lose silently: reserved names, the volume rate, the daily cap', async () => {
    const emulator = make();
    const { settings, losses, rows } = emulator.state.logAnalytics;
    settings.dataCollector.reservedNames = 'drop-row';
    expect((await send(emulator, [{ tenant: 'x' }, { a: 1 }])).status).toBe(200);
    settings.dataCollector.dropAfterAccepting = true;
    expect((await send(emulator, [{ a: 2 }])).status).toBe(200);
    settings.dataCollector.dropAfterAccepting = false;
    settings.dailyCapReached = true;
    expect((await send(emulator, [{ a: 3 }])).status).toBe(200);
    expect(rows('Demo1_CL')).toMatchObject([{ a_d: 1 }]);
    expect(losses.map(({ cause, count }) => [cause, count])).toEqual([
      ['reserved-name', 1],
      ['volume-rate', 1],
      ['daily-cap', 1],
    ]);
  });

  it('keeps the newest rows only when told to', async () => {
    const emulator = make();
    emulator.state.logAnalytics.settings.maxRowsPerTable = 2;
    await send(emulator, [{ a: 1 }, { a: 2 }, { a: 3 }]);
    expect(emulator.state.logAnalytics.rows('Demo1_CL').map((row) => row['a_d'])).toEqual([2, 3]);
    expect(emulator.state.logAnalytics.table('Demo1_CL')?.received).toBe(3);
  });
});
