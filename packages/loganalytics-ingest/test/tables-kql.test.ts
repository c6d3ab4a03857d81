import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineTable, migrationPlan } from '../src/tables.js';
import { toKqlType } from '../src/tables/kql/kql.js';
import { bindKql } from './kusto.js';
import type { Columns } from './kusto.js';

/** Words of the language, types, functions, and names that look like numbers or differ by case only elsewhere. */
const keywords = (
  'time date to by in first last project where union set search sample find string int long real bool datetime ' +
  'dynamic guid timespan decimal double float and or not between has contains startswith endswith matches regex ' +
  'extend summarize sort order top take limit count distinct join lookup let print range render serialize ' +
  'mv_expand parse evaluate invoke as of on kind with hint asc desc nulls true false null typeof materialize ' +
  'datatable externaldata database cluster table toscalar now ago bin iff case isempty strlen source restrict ' +
  'access declare query_parameters pattern alias fork facet consume reduce getschema partition scan make_series ' +
  'step from default linear graph node edge label is Kind Type_ a1 A_b __x e1 x2y nan inf hour day minute second ms'
)
  .split(' ')
  .filter((name) => /^[A-Za-z]\w{1,44}$/.test(name));

const name = fc.oneof(
  fc.constantFrom(...keywords),
  fc.stringMatching(/^[A-Za-z]\w{1,44}$/).filter((one) => !/^timegenerated$/i.test(one)),
);
const reserved =
  /^(id|BilledSize|IsBillable|InvalidTimeGenerated|TenantId|Title|Type|UniqueId|TimeGenerated)$/i;
const names = fc
  .uniqueArray(name, { minLength: 1, maxLength: 12, selector: (one) => one.toLowerCase() })
  .map((all) => all.filter((one) => !reserved.test(one)))
  .filter((all) => all.length > 0);

const kinds = {
  string: z.string(),
  int: z.int32(),
  long: z.bigint(),
  real: z.number(),
  boolean: z.boolean(),
  datetime: z.date(),
  dynamic: z.unknown(),
} as const;
const kind = fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[]));

const toColumns = (columns: readonly { name: string; type: string }[]): Columns =>
  Object.fromEntries(
    columns.map(({ name: column, type }) => [column, toKqlType(type.toLowerCase() as 'string')]),
  );

/** Binds what a rule would run, and holds its columns against the table's. */
function expectTableColumns(
  part: { dataFlow(): { transformKql: string }; streamDeclaration(): object },
  table: Columns,
): void {
  const [stream] = Object.values(part.streamDeclaration()) as { columns: { name: string; type: string }[] }[];
  const bound = bindKql(part.dataFlow().transformKql, { source: toColumns(stream?.columns ?? []) });
  expect(bound.problems).toEqual([]);
  for (const [column, type] of Object.entries(bound.columns))
    expect([column, table[column]]).toEqual([column, type]);
  expect(bound.columns['TimeGenerated']).toBe('datetime');
}

const suffixes = { string: '_s', real: '_d', boolean: '_b', datetime: '_t', guid: '_g' } as const;

describe('the Kusto language service', () => {
  it('refuses what it should: a bare word, an unknown column, a text for a GUID', () => {
    expect(bindKql('source | extend T = todatetime(by)', { source: { by: 'string' } }).problems).not.toEqual(
      [],
    );
    expect(bindKql('source | extend T = Other', { source: { by: 'string' } }).problems).not.toEqual([]);
    expect(bindKql('source', { source: { G: 'guid' } }).columns).toEqual({ G: 'guid' });
  });

  it('takes the transform of every definition, with the columns of the table', () =>
    fc.assert(
      fc.property(
        names,
        fc.array(kind, { minLength: 12, maxLength: 12 }),
        fc.boolean(),
        (all, types, hasFrom) => {
          const shape = Object.fromEntries(all.map((one, at) => [one, kinds[types[at] ?? 'string']]));
          const source = all.find((_, at) => types[at] === 'string' || types[at] === 'datetime');
          const table = defineTable('Fuzz_CL', z.object(shape), {
            timeGeneratedFrom: hasFrom ? source : undefined,
          });
          expectTableColumns(table, toColumns(table.tableBody().properties.schema.columns));
          expect(toColumns(table.outputColumns?.() ?? [])).toEqual(toColumns(table.columns));
        },
      ),
    ));

  it.each(keywords.filter((one) => !reserved.test(one)))(
    'takes a column called %s as the source of the time',
    (one) => {
      const table = defineTable('Word_CL', z.object({ [one]: z.string() }), { timeGeneratedFrom: one });
      expectTableColumns(table, toColumns(table.columns));
    },
  );

  it('takes each migration, in place and side by side, and the union of both tables', () =>
    fc.assert(
      fc.property(
        names,
        fc.array(fc.constantFrom(...(Object.keys(suffixes) as (keyof typeof suffixes)[])), {
          minLength: 12,
          maxLength: 12,
        }),
        (all, types) => {
          const columns = all.flatMap((one, at) => {
            const type = types[at] ?? 'string';
            return one.length > 43 ? [] : [{ name: `${one}${suffixes[type]}`, type }];
          });
          const time = { name: 'TimeGenerated', type: 'datetime' };
          const classic = toColumns([time, { name: 'TenantId', type: 'string' }, ...columns]);
          const plan = migrationPlan({
            properties: {
              schema: { name: 'Old_CL', tableSubType: 'Classic', columns: [time, ...columns] },
            },
          });
          expect(plan.refusals).toEqual([]);
          expect(plan.inPlace.migrate.method).toBe('POST');
          expectTableColumns(plan.inPlace, classic);
          const added = toColumns(plan.sideBySide.tableBody().properties.schema.columns);
          expectTableColumns(plan.sideBySide, added);
          const union = bindKql(plan.sideBySide.unionKql, { Old_CL: classic, OldV2_CL: added });
          expect(union.problems).toEqual([]);
          expect(union.columns).toMatchObject(added);
          expect(Object.keys(union.columns).toSorted()).toEqual(
            [...new Set(['TenantId', ...Object.keys(added)])].toSorted(),
          );
        },
      ),
    ));
});
