import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { auxiliaryTime, defineTable } from '../src/tables.js';
import type { TableOptions } from '../src/tables.js';

const table = defineTable(
  'Demo_CL',
  z.object({
    Message: z.string(),
    Request: z.uuid().optional(),
    Link: z.url().nullable(),
    Level: z.enum(['a', 'b']).default('a'),
    Small: z.int32(),
    Safe: z.number().int(),
    Big: z.bigint(),
    Ratio: z.number(),
    Fine: z.boolean().readonly(),
    When: z.iso.datetime(),
    Nested: z.object({ a: z.array(z.string()) }),
  }),
);

describe('defineTable', () => {
  it('maps each kind', () => {
    expect(Object.fromEntries(table.columns.map(({ name, type }) => [name, type]))).toEqual({
      TimeGenerated: 'datetime',
      Message: 'string',
      Request: 'string',
      Link: 'string',
      Level: 'string',
      Small: 'int',
      Safe: 'long',
      Big: 'long',
      Ratio: 'real',
      Fine: 'boolean',
      When: 'datetime',
      Nested: 'dynamic',
    });
    const { columns } = table.tableBody().properties.schema;
    expect(columns).toContainEqual({ name: 'Request', type: 'string' });
    const hinted = defineTable('Demo_CL', z.object({ Request: z.uuid() }), { dataTypeHints: true });
    expect(hinted.tableBody().properties.schema.columns[1]).toEqual({
      name: 'Request',
      type: 'string',
      dataTypeHint: 'guid',
    });
    expect(columns).toContainEqual({ name: 'TimeGenerated', type: 'dateTime' });
    expect(table.transformKql).toBe('source | extend TimeGenerated = now()');
    expect(table.streamDeclaration()['Custom-Demo_CL']?.columns).toHaveLength(11);
  });

  it('refuses what the service would', () => {
    expect(() => defineTable('Demo', z.object({}))).toThrow(/_CL/);
    expect(() => defineTable(`${'x'.repeat(61)}_CL`, z.object({}))).toThrow(/63/);
    for (const name of ['x', 'a-b', 'Type', 'timegenerated', '_a', 'x'.repeat(46)])
      expect(() => defineTable('Demo_CL', z.object({ [name]: z.string() })), name).toThrow(/schema\./);
    expect(() => defineTable('Demo_CL', z.object({ Ab: z.string(), aB: z.string() }))).toThrow(/case/);
    const union = z.object({ Either: z.union([z.string(), z.number()]) });
    expect(() => defineTable('Demo_CL', union)).toThrow(/schema\.Either/);
    expect(defineTable('Demo_CL', union, { columns: { Either: 'dynamic' } }).columns).toHaveLength(2);
    expect(() => defineTable('Demo_CL', union, { columns: { Ether: 'dynamic' } })).toThrow(/columns\.Ether/);
  });

  it.each([
    ['tuple', z.tuple([z.string()])],
    ['map', z.map(z.string(), z.string())],
    ['set', z.set(z.string())],
    ['null', z.null()],
    ['pipe', z.string().transform(Number)],
    ['enum', z.enum({ one: 1, two: 'b' })],
    ['literal', z.literal(['a', 1])],
    ['bigint', z.uint64()],
  ])('has no type for %s, at any depth of wrappers, unless told one', (_kind, field) => {
    const schema = z.object({ Field: field.optional().nullable().readonly() });
    expect(() => defineTable('Demo_CL', schema)).toThrow(/schema\.Field/);
    expect(defineTable('Demo_CL', schema, { columns: { Field: 'dynamic' } }).columns[1]?.type).toBe(
      'dynamic',
    );
  });

  it('has a type for literals and enumerations of one kind', () => {
    const schema = z.object({
      Code: z.literal([200, 404]),
      Level: z.enum({ Low: 'low' }),
      Rank: z.enum({ one: 1, two: 2 }),
    });
    expect(defineTable('Demo_CL', schema).columns.slice(1)).toEqual([
      { name: 'Code', type: 'real' },
      { name: 'Level', type: 'string' },
      { name: 'Rank', type: 'real' },
    ]);
  });

  it('takes TimeGenerated from the row, from a column, or from the clock', () => {
    const from = (schema: z.ZodObject, timeGeneratedFrom?: string) =>
      defineTable('Demo_CL', schema, timeGeneratedFrom === undefined ? {} : { timeGeneratedFrom });
    expect(from(z.object({ TimeGenerated: z.date() })).transformKql).toBe('source');
    expect(from(z.object({ When: z.date() }), 'When').transformKql).toBe(
      "source | extend TimeGenerated = todatetime(['When'])",
    );
    expect(() => from(z.object({ Count: z.int() }), 'Count')).toThrow(/timeGeneratedFrom/);
    expect(() => from(z.object({ TimeGenerated: z.int() }))).toThrow(/schema\.TimeGenerated/);
  });

  it('knows the plans and their rules', () => {
    const body = (options: TableOptions) =>
      defineTable('Demo_CL', z.object({ When: z.date() }), options).tableBody().properties;
    expect(body({ retentionInDays: 30, totalRetentionInDays: 4383, description: 'd' })).toMatchObject({
      plan: 'Analytics',
      retentionInDays: 30,
      totalRetentionInDays: 4383,
      schema: { description: 'd' },
    });
    expect(body({ plan: 'Basic', totalRetentionInDays: 30 })).toMatchObject({ plan: 'Basic' });
    expect(() => body({ retentionInDays: -1 })).toThrow(/leave it out/);
    expect(() => body({ retentionInDays: 90, totalRetentionInDays: 30 })).toThrow(/below retentionInDays/);
    expect(() => body({ description: 'x'.repeat(257) })).toThrow(/256/);
    expect(() => body({ plan: 'Premium' as never })).toThrow(/Analytics/);
    expect(() => body({ plan: 'Basic', retentionInDays: 30 })).toThrow(/read-only/);
    expect(() => body({ retentionInDays: 731 })).toThrow(/730/);
    expect(() => body({ totalRetentionInDays: 3 })).toThrow(/4383/);
  });

  it('wants six fraction digits in the plan Auxiliary', () => {
    const plan = { plan: 'Auxiliary' } as const;
    expect(() => defineTable('Demo_CL', z.object({ TimeGenerated: z.date() }), plan)).toThrow(/three/);
    const auxiliary = defineTable('Demo_CL', z.object({ TimeGenerated: z.iso.datetime() }), plan);
    expect(auxiliary.validate({ TimeGenerated: auxiliaryTime(new Date()) })).toEqual({ ok: true });
    expect(auxiliary.validate({ TimeGenerated: new Date().toISOString() })).toMatchObject({
      issues: [{ path: ['TimeGenerated'], code: 'six_fraction_digits' }],
    });
  });

  it('finds what the service would drop without a word', () => {
    const closed = defineTable('Demo_CL', z.object({ Big: z.bigint() }));
    expect(closed.validate({ Big: 1n, Extra: 'secret' })).toEqual({
      ok: false,
      issues: [{ path: ['Extra'], code: 'undeclared' }],
    });
    expect(closed.validate({ Big: 2n ** 63n })).toMatchObject({ issues: [{ code: 'out_of_range' }] });
    expect(closed.validate({ Big: -(2n ** 63n) })).toEqual({ ok: true });
    // The schema lets it pass; the stream does not.
    const open = defineTable('Demo_CL', z.looseObject({ Big: z.bigint() }));
    expect(open.validate({ Big: 1n, Extra: 'secret' })).toEqual({
      ok: false,
      issues: [{ path: ['Extra'], code: 'undeclared' }],
    });
    const wide = defineTable('Demo_CL', z.object({ Big: z.number() }), { columns: { Big: 'long' } });
    expect(wide.validate({ Big: 1e300 })).toMatchObject({ issues: [{ code: 'out_of_range' }] });
    expect(wide.validate({ Big: 7 })).toEqual({ ok: true });
    const slow = defineTable('Demo_CL', z.object({ Text: z.string().refine(async () => true) }));
    expect(() => slow.validate({ Text: 'x' })).toThrow(/has asynchronous checks/);
  });

  it('takes an enumeration of TypeScript for its numbers', () => {
    const Level = { 0: 'Low', 1: 'High', Low: 0, High: 1 } as const;
    const table = defineTable('Demo_CL', z.object({ Level: z.enum(Level as never) }));
    expect(table.columns).toContainEqual({ name: 'Level', type: 'real' });
  });

  it('names paths, never values', () => {
    const narrow = defineTable('Demo_CL', z.object({ Nested: z.object({ Count: z.int() }) }));
    expect(narrow.validate({ Nested: { Count: 1 } })).toEqual({ ok: true });
    const wrong = narrow.validate({ Nested: { Count: 'secret' } });
    expect(wrong).toMatchObject({ ok: false, issues: [{ path: ['Nested', 'Count'], code: 'invalid_type' }] });
    expect(JSON.stringify(wrong)).not.toContain('secret');
  });
});
