import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineTable } from '../src/tables.js';
import { world } from './tables-world.js';

const schema = z.object({
  TimeGenerated: z.date(),
  Message: z.string(),
  Request: z.uuid(),
  Small: z.int32(),
  Safe: z.number().int(),
  Big: z.bigint(),
  Ratio: z.number(),
  Fine: z.boolean(),
  Seen: z.iso.datetime(),
  Nested: z.object({ a: z.array(z.string()) }).optional(),
  Level: z.enum(['low', 'high']).nullable(),
});
type Row = z.output<typeof schema>;
const table = defineTable('Typed_CL', schema);

const now = Date.parse('2026-11-20T12:00:00Z');
const rows: fc.Arbitrary<Row> = fc.record({
  TimeGenerated: fc.date({ min: new Date(now - 86_400_000), max: new Date(now), noInvalidDate: true }),
  Message: fc.string({ unit: 'grapheme' }),
  Request: fc.uuid(),
  Small: fc.integer(),
  Safe: fc.maxSafeInteger(),
  Big: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  Ratio: fc.double({ noNaN: true, noDefaultInfinity: true }),
  Fine: fc.boolean(),
  Seen: fc
    .date({ min: new Date(0), max: new Date(now), noInvalidDate: true })
    .map((date) => date.toISOString()),
  Nested: fc.record({ a: fc.array(fc.string()) }),
  Level: fc.constantFrom('low', 'high', null),
});

/** What the table should show of a row. */
function stored({ TimeGenerated, Big, Ratio, Level, ...row }: Row): object {
  const exact = Big >= -(2n ** 53n) && Big <= 2n ** 53n;
  return {
    ...row,
    TimeGenerated: TimeGenerated.toISOString(),
    ...(exact && { Big: Number(Big) }),
    // JSON has no negative zero.
    Ratio: Ratio + 0,
    ...(Level !== null && { Level }),
  };
}

describe('rows that a table has validated', () => {
  it('are in it with their types', () =>
    fc.assert(
      fc.asyncProperty(fc.array(rows, { minLength: 1, maxLength: 8 }), async (batch) => {
        const { deploy, emulator } = world();
        expect(batch.map((row) => table.validate(row))).toEqual(batch.map(() => ({ ok: true })));
        const { upload } = await deploy(table);
        expect((await upload(batch)).accepted).toBe(batch.length);
        expect(emulator.state.logAnalytics.rows('Typed_CL')).toMatchObject(batch.map(stored));
        expect(emulator.state.logAnalytics.losses).toEqual([]);
      }),
    ));
});
