import { beforeEach, describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';
import type { Emulator } from '../src/index.js';

const start = Date.UTC(2026, 10, 20, 12);
let emulator: Emulator;

interface Answer {
  tables: { name: string; columns: { name: string; type: string }[]; rows: unknown[][] }[];
}

async function send(query: string, timespan?: string, host = 'api.loganalytics.io'): Promise<Response> {
  return emulator.fetch(
    new Request(`https://${host}/v1/workspaces/${contoso.workspaceId}/query`, {
      method: 'POST',
      headers: { authorization: `Bearer https://${host}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, timespan }),
    }),
  );
}

async function rows(query: string, timespan?: string): Promise<unknown[][]> {
  const response = await send(query, timespan);
  const text = await response.text();
  expect([response.status, text]).toEqual([200, expect.any(String)]);
  return (JSON.parse(text) as Answer).tables[0]?.rows ?? [];
}

beforeEach(async () => {
  emulator = createEmulator({ clock: 'manual', start });
  emulator.state.entra.verify = async (authorization, audiences) =>
    audiences.some((audience) => authorization === `Bearer ${audience}`)
      ? {
          ok: true,
          claims: { aud: '', iss: '', tid: '', appid: '', oid: 'someone', roles: [], iat: 0, nbf: 0, exp: 0 },
        }
      : { ok: false, reason: 'audience' };
  const { logAnalytics } = emulator.state;
  const table = logAnalytics.table('Demo_CL');
  if (!table) throw new Error('no table');
  logAnalytics.store(table, [
    {
      TimeGenerated: '2026-11-20T09:00:00.000Z',
      Message: 'alpha one',
      Count: 1,
      Ok: true,
      Context: { user: { n: 7 } },
    },
    { TimeGenerated: '2026-11-20T10:30:00.000Z', Message: 'Beta two', Count: 2, Big: '9007199254740993' },
  ]);
  await emulator.clock.advance(60_000);
  logAnalytics.store(table, [
    { TimeGenerated: '2026-11-20T11:59:00.000Z', Message: 'alpha one', Count: 3, Ok: false, Amount: 1.5 },
  ]);
});

describe('query: answers', () => {
  it('has tables of columns and rows, times as text, dynamic as JSON', async () => {
    const { tables } = (await (await send('Demo_CL | take 1')).json()) as Answer;
    expect(tables).toHaveLength(1);
    expect(tables[0]?.name).toBe('PrimaryResult');
    expect(tables[0]?.columns.slice(0, 7)).toEqual([
      { name: 'TimeGenerated', type: 'datetime' },
      { name: 'Message', type: 'string' },
      { name: 'Count', type: 'int' },
      { name: 'Amount', type: 'real' },
      { name: 'Big', type: 'long' },
      { name: 'Ok', type: 'bool' },
      { name: 'Context', type: 'dynamic' },
    ]);
    expect(tables[0]?.rows).toEqual([
      [
        '2026-11-20T09:00:00.000Z',
        'alpha one',
        1,
        null,
        null,
        true,
        '{"user":{"n":7}}',
        contoso.workspaceId,
        'Demo_CL',
      ],
    ]);
  });

  it.each(['api.loganalytics.io', 'api.loganalytics.us', 'api.loganalytics.azure.cn'])(
    'serves %s',
    async (host) => {
      expect((await send('Demo_CL | count', undefined, host)).status).toBe(200);
    },
  );
});

describe('query: operators', () => {
  it.each<[string, unknown[][]]>([
    ['Demo_CL | count', [[3]]],
    ['Demo_CL | where TimeGenerated > ago(2h) | count', [[2]]],
    [
      'Demo_CL | where TimeGenerated between (datetime(2026-11-20T10:00:00Z) .. datetime(2026-11-20T11:00:00Z)) | count',
      [[1]],
    ],
    ['Demo_CL | where TimeGenerated between (ago(1d) .. 22h) | count', [[1]]],
    ['Demo_CL | where Message == "alpha one" and Count >= 3 | project Count', [[3]]],
    [
      "Demo_CL | where Message =~ 'BETA TWO' or Count in (1, 9) | project Count | sort by Count asc",
      [[1], [2]],
    ],
    ['Demo_CL | where Message in~ ("BETA two") | project Message', [['Beta two']]],
    ['Demo_CL | where Message !in ("Beta two") | count', [[2]]],
    ['Demo_CL | where Message contains "ALPHA" and not(Ok) | count', [[1]]],
    ['Demo_CL | where Message has "two" | count', [[1]]],
    ['Demo_CL | where Context.user.n == 7 | project N = toint(Context["user"].n) + 1', [[8]]],
    ['Demo_CL | where Big == 9007199254740993 | count', [[1]]],
    ['Demo_CL | where Big == 9007199254740992 | count', [[0]]],
    ['Demo_CL | where isnotempty(Amount) | project Amount, Message', [[1.5, 'alpha one']]],
    ['Demo_CL | where ingestion_time() > ago(30s) | count', [[1]]],
    [
      'Demo_CL | summarize count() by Message',
      [
        ['alpha one', 2],
        ['Beta two', 1],
      ],
    ],
    [
      'Demo_CL | summarize N = count(), dcount(Message), max(Count), min(TimeGenerated)',
      [[3, 2, 3, '2026-11-20T09:00:00.000Z']],
    ],
    ['Demo_CL | summarize dcount(Message)', [[2]]],
    ['Demo_CL | where Count > 9 | summarize count()', [[0]]],
    ['Demo_CL | where Count > 9 | summarize count() by Message', []],
    ['Demo_CL | summarize count() by bin(TimeGenerated, 1d)', [['2026-11-20T00:00:00.000Z', 3]]],
    [
      'Demo_CL | summarize arg_max(TimeGenerated, Count) by Message | project Message, Count',
      [
        ['alpha one', 3],
        ['Beta two', 2],
      ],
    ],
    ['Demo_CL | summarize arg_max(TimeGenerated, *) by Message | where Ok == false | count', [[1]]],
    ['Demo_CL | distinct Message', [['alpha one'], ['Beta two']]],
    ['Demo_CL | top 1 by TimeGenerated | project Count', [[3]]],
    ['Demo_CL | extend Later = TimeGenerated + 1h | project Later | take 1', [['2026-11-20T10:00:00.000Z']]],
    ['Demo_CL | project-rename Text = Message | project Text | take 1', [['alpha one']]],
    ['Demo_CL\n// a comment\n| limit 1 | project Type', [['Demo_CL']]],
  ])('%s', async (query, expected) => {
    expect(await rows(query)).toEqual(expected);
  });

  it.each<[string, number]>([
    ['PT1H', 1],
    ['P1D', 3],
    ['2026-11-20T10:00:00Z/2026-11-20T11:00:00Z', 1],
    ['2026-11-20T08:00:00Z/PT1H', 1],
    ['PT2H/2026-11-20T12:00:00Z', 2],
  ])('a timespan of %s bounds TimeGenerated', async (timespan, count) => {
    expect(await rows('Demo_CL | count', timespan)).toEqual([[count]]);
  });
});

describe('query: refusals and delays', () => {
  it.each([
    ['Nowhere_CL | count', 'SEM0100', "Failed to resolve table or column expression named 'Nowhere_CL'"],
    [
      'Demo_CL | where Nothing == 1',
      'SEM0100',
      "Failed to resolve table or column expression named 'Nothing'",
    ],
    ['Demo_CL | where', 'SYN0002', 'end of query'],
    ['Demo_CL | frobnicate', 'SYN0002', 'frobnicate'],
  ])('%s is refused with %s', async (query, code, message) => {
    const response = await send(query);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: {
        code: 'BadArgumentError',
        innererror: { innererror: { code, message: expect.stringContaining(message) } },
      },
    });
  });

  it('refuses tokens of another cloud, and identities without a role', async () => {
    const foreign = new Request(`https://api.loganalytics.io/v1/workspaces/${contoso.workspaceId}/query`, {
      method: 'POST',
      headers: { authorization: 'Bearer https://api.loganalytics.us' },
      body: '{"query":"Demo_CL"}',
    });
    expect((await emulator.fetch(foreign)).status).toBe(401);
    emulator.state.logAnalytics.settings.query.roleMissing = true;
    expect((await send('Demo_CL')).status).toBe(403);
  });

  it('shows rows late when told to', async () => {
    const { query } = emulator.state.logAnalytics.settings;
    query.latencyInMs = 60_000;
    expect(await rows('Demo_CL | count')).toEqual([[2]]);
    query.newTableDelayInMs = 15 * 60_000;
    expect(await rows('Demo_CL | count')).toEqual([[0]]);
    await emulator.clock.advance(15 * 60_000);
    expect(await rows('Demo_CL | count')).toEqual([[3]]);
  });
});

describe('transforms', () => {
  it.each<[string, unknown]>([
    [
      'source | project-rename Message = Text | extend TimeGenerated = todatetime(At)',
      { TimeGenerated: '2026-11-20T11:00:00.000Z', Message: 'hello' },
    ],
    ['source | where Text != "hello"', undefined],
    [
      'source | project Message = toupper(Text)',
      { TimeGenerated: '2026-11-20T12:01:00.000Z', Message: 'HELLO' },
    ],
    ['source | extend X = Missing', undefined],
  ])('%s', async (transformKql, expected) => {
    const { rules, rows } = emulator.state.logAnalytics;
    const rule = rules.get(contoso.dcrImmutableId);
    if (!rule) throw new Error('no rule');
    rules.set(contoso.dcrImmutableId, {
      ...rule,
      streams: new Map([
        [
          'Custom-In',
          [
            { name: 'Text', type: 'string' },
            { name: 'At', type: 'string' },
          ],
        ],
      ]),
      dataFlows: [
        { streams: ['Custom-In'], destinations: ['workspace'], transformKql, outputStream: 'Custom-Demo_CL' },
      ],
    });
    const path = `dataCollectionRules/${contoso.dcrImmutableId}/streams/Custom-In?api-version=2023-01-01`;
    const response = await emulator.fetch(
      new Request(`https://x.ingest.monitor.azure.com/${path}`, {
        method: 'POST',
        headers: { authorization: 'Bearer https://monitor.azure.com' },
        body: '[{"Text":"hello","At":"2026-11-20T11:00:00Z"}]',
      }),
    );
    expect(response.status).toBe(204);
    expect(rows('Demo_CL')[3]).toEqual(expected);
  });
});
