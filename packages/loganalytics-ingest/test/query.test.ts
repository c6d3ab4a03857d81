import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { lostRows, settleUnknown } from '../src/query.js';
import type { Timespan } from '../src/query.js';
import { defineTable, uniqueRowsFunction } from '../src/tables.js';
import { toKqlType } from '../src/tables/kql/kql.js';
import { ingestion, target, virtual } from './clients.js';
import { bindKql } from './kusto.js';

const orders = defineTable(
  'Orders_CL',
  z.object({ by: z.string(), Count: z.int32(), TimeGenerated: z.date() }),
  { rowId: 'by' },
);
const columns = Object.fromEntries(orders.columns.map(({ name, type }) => [name, toKqlType(type)]));
const [from, to] = [new Date('2026-11-20T00:00:00Z'), new Date('2026-11-21T00:00:00Z')];
const errors = {
  TimeGenerated: 'datetime',
  InputStreamId: 'string',
  OperationName: 'string',
  Message: 'string',
};

describe('uniqueRowsFunction', () => {
  it('has time parameters and the columns of the table', () => {
    const made = uniqueRowsFunction(orders);
    expect(made.name).toBe('Orders');
    const functions = { Orders: { parameters: `(${made.parameters})`, body: made.body } };
    const bound = bindKql('Orders(ago(1d), now())', { Orders_CL: columns }, functions);
    expect(bound.problems).toEqual([]);
    expect(bound.columns).toEqual(expect.objectContaining(columns) as object);
  });

  it('needs a column that identifies rows', () => {
    const plain = defineTable('Plain_CL', z.object({ Key: z.string(), Count: z.int() }));
    expect(() => uniqueRowsFunction(plain)).toThrow(/rowId/);
    expect(() => defineTable('A_CL', z.object({ Count: z.int() }), { rowId: 'Count' })).toThrow(/rowId/);
    expect(() => uniqueRowsFunction(orders, { name: 'a b' })).toThrow(/options\.name/);
  });
});

describe('settleUnknown', () => {
  it('asks for every id, in batches that bind, and says accepted only of those found', async () => {
    const stored = new Set(['a', "it's", 'c\\d']);
    const asked: [string, Timespan][] = [];
    const ids = ['a', "it's", 'c\\d', 'missing', 'a', 'line\nbreak'];
    const settled = await settleUnknown({
      table: 'Orders_CL',
      rowId: 'by',
      ids,
      from,
      to,
      batchSize: 2,
      query: async (kql, timespan) => {
        asked.push([kql, timespan]);
        const bound = bindKql(kql, { Orders_CL: columns });
        expect(bound).toEqual({ problems: [], columns: { by: 'string' } });
        return [...stored]
          .filter((id) => kql.includes(`'${id.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`))
          .map((by) => ({ by }));
      },
    });
    expect(settled).toEqual({
      accepted: ['a', "it's", 'c\\d'],
      unknown: ['missing', 'line\nbreak'],
      notSeenUntil: to,
    });
    expect(asked).toHaveLength(3);
    expect(asked[0]?.[1]).toEqual({ from, to });
  });

  it('settles the rows of an upload whose answer was lost', async () => {
    const emulated = virtual();
    emulated.faults.add({ service: 'logs-ingestion', effect: { kind: 'lostReply' } });
    const rows = [{ Message: 'r1' }, { Message: 'r2' }];
    const unknown: string[] = [];
    await ingestion(emulated, { retry: { maxRetries: 0 } })
      .upload(target, rows, {
        onRowStatus: (range) => {
          if (range.status !== 'unknown') return;
          unknown.push(...rows.slice(range.from, range.to).map(({ Message }) => Message));
        },
      })
      .catch(() => {});
    const settled = await settleUnknown({
      table: 'Demo_CL',
      rowId: 'Message',
      ids: unknown,
      from,
      to,
      query: async () => emulated.state.logAnalytics.rows('Demo_CL'),
    });
    expect(unknown).toEqual(['r1', 'r2']);
    expect(settled).toMatchObject({ accepted: ['r1', 'r2'], unknown: [] });
  });

  it.each([
    [{ table: 'x y' }, /options\.table/],
    [{ from: to }, /options\.to/],
    [{ batchSize: 0 }, /batchSize/],
  ])('refuses %j', async (wrong, message) => {
    const settling = settleUnknown({
      table: 'Orders_CL',
      rowId: 'by',
      ids: ['a'],
      from,
      to,
      query: async () => [],
      ...wrong,
    });
    await expect(settling).rejects.toThrow(message);
  });
});

describe('lostRows', () => {
  it('reads the errors of rules by stream', async () => {
    const lost = await lostRows({
      from,
      to,
      query: async (kql) => {
        const bound = bindKql(kql, { DCRLogErrors: errors });
        expect(bound.problems).toEqual([]);
        expect(Object.keys(bound.columns)).toEqual(['InputStreamId', 'OperationName', 'Message', 'Errors']);
        return [{ InputStreamId: 'Custom-A', OperationName: 'Transformation', Message: 'type', Errors: 3 }];
      },
    });
    expect(lost).toEqual([{ stream: 'Custom-A', operation: 'Transformation', message: 'type', errors: 3 }]);
  });
});
