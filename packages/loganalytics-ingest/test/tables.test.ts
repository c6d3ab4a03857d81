import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineTable } from '../src/tables.js';

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
    expect(columns).toContainEqual({ name: 'Request', type: 'string', dataTypeHint: 'guid' });
    expect(columns).toContainEqual({ name: 'TimeGenerated', type: 'dateTime' });
    expect(table.transformKql).toBe('source | extend TimeGenerated = now()');
    expect(table.streamDeclaration()['Custom-Demo_CL']?.columns).toHaveLength(11);
  });

  it('refuses what the service would', () => {
    expect(() => defineTable('Demo', z.object({}))).toThrow(/_CL/);
    for (const name of ['x', 'a-b', 'Type', 'timegenerated', '_a', 'x'.repeat(46)])
      expect(() => defineTable('Demo_CL', z.object({ [name]: z.string() })), name).toThrow(/schema\./);
    expect(() => defineTable('Demo_CL', z.object({ Ab: z.string(), aB: z.string() }))).toThrow(/case/);
    const union = z.object({ Either: z.union([z.string(), z.number()]) });
    expect(() => defineTable('Demo_CL', union)).toThrow(/schema\.Either/);
    expect(defineTable('Demo_CL', union, { columns: { Either: 'dynamic' } }).columns).toHaveLength(2);
  });

  it('names paths, never values', () => {
    const narrow = defineTable('Demo_CL', z.object({ Nested: z.object({ Count: z.int() }) }));
    expect(narrow.validate({ Nested: { Count: 1 } })).toEqual({ ok: true });
    const wrong = narrow.validate({ Nested: { Count: 'secret' } });
    expect(wrong).toMatchObject({ ok: false, issues: [{ path: ['Nested', 'Count'], code: 'invalid_type' }] });
    expect(JSON.stringify(wrong)).not.toContain('secret');
  });
});
