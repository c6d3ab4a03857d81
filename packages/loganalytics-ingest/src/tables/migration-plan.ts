import { ArgumentError } from '@repo/client-core';
import type { Deployable } from './template/build-template.js';
import { castColumn, isColumnType, quoteName } from './kql/kql.js';
import type { ColumnType } from './kql/kql.js';
import { findTypeRefusals } from './refusals.js';
import type { Refusal } from './refusals.js';
import { createTransform } from './kql/transform.js';
import type { MappedColumn, OutputColumn } from './kql/transform.js';
import { tableBody } from './table-body.js';
import type { TableBody } from './table-body.js';
import type { StreamType, TableColumn } from './columns.js';
import { suffixColumns } from './suffix-columns.js';
import type { Drifted, SuffixColumn } from './suffix-columns.js';
import { checkTableName, isFreeColumnName } from './check-names.js';
import { dataFlow, maxTransform, streamDeclaration } from './rule-properties.js';
import { normalizeType, readTable } from './deployed.js';
import type { DeployedColumn } from './deployed.js';

export interface MigrationOptions {
  /** Property that held `time-generated-field`. Without it TimeGenerated is the time of reception, `now()`. */
  readonly timeGeneratedFrom?: string | undefined;
  /** Name of the new table of the side-by-side way. Default: `<old>V2_CL`. */
  readonly newTable?: string | undefined;
  /** Of a property that has several columns, the one to go on with: `{ Count: 'Count_d' }`. */
  readonly keep?: Readonly<Record<string, string>> | undefined;
}

/** One property of the rows and the columns it goes into. */
export interface MigratedColumn {
  readonly property: string;
  /** In the stream. */
  readonly type: StreamType;
  /** Of the classic table's column. */
  readonly classicType: ColumnType;
  /** In the classic table, with its suffix. */
  readonly classic: string;
  /** In the new table: without suffix, unless the bare name is not allowed. */
  readonly renamed: string;
}

export interface SideBySide extends Deployable {
  tableBody(): TableBody;
  /** KQL that shows both tables as one, under the new names. */
  readonly unionKql: string;
}

/** How rows that went to the Data Collector API go on through the Logs Ingestion API, unchanged. */
export interface MigrationPlan {
  readonly table: string;
  /** Whether the table still has to be migrated before a rule can write to it in place. */
  readonly classic: boolean;
  readonly columns: readonly MigratedColumn[];
  /** Properties whose type has changed over time, so that the service made several columns of each. */
  readonly drifted: readonly Drifted[];
  /** Why the rule of `inPlace` would be refused. Migrate nothing while there is one: it cannot be undone. */
  readonly refusals: readonly Refusal[];
  /**
   * Same table: its migration, one way and for good, then a rule that puts the suffixes back. `migrate` throws
   * ArgumentError while there are `refusals`.
   */
  readonly inPlace: Deployable & {
    readonly migrate: { readonly method: 'POST'; readonly path: string };
  };
  /** A new table beside it, without suffixes. */
  readonly sideBySide: SideBySide;
}

/**
 * From the JSON of a classic table. Pure: nothing is sent. In place has no table body on purpose: an edit of a migrated
 * table's schema ends what still comes through the Data Collector API. Throws ArgumentError when the JSON is no table
 * or an option names nothing in it.
 */
export function migrationPlan(tableJson: unknown, options: MigrationOptions = {}): MigrationPlan {
  const { name, subType, columns } = readTable(tableJson, 'tableJson');
  checkTableName(name);
  const newTable = options.newTable ?? name.replace(/_CL$/, 'V2_CL');
  checkTableName(newTable, 'options.newTable');
  if (newTable === name)
    throw new ArgumentError('options.newTable', 'is the old table', 'Give another name.');
  const { kept, drifted } = suffixColumns(columns, options.keep ?? {});
  const migrated = rename(kept);
  const sent = migrated.map(({ property, type }) => ({ name: property, type }));
  const from = options.timeGeneratedFrom;
  const source = sent.find((column) => column.name === from);
  if (from !== undefined && !['string', 'datetime'].includes(source?.type ?? ''))
    throw new ArgumentError('options.timeGeneratedFrom', 'is not a property with times', 'Name one.');
  const inPlace = createTransform(
    migrated.map(({ property, type, classic, classicType }) =>
      mapColumn(property, type, classic, classicType),
    ),
    source,
  );
  const sideBySide = createTransform(
    migrated.map(({ property, type, renamed }) => mapColumn(property, type, renamed, type)),
    source,
  );
  const refusals = findRefusals(name, inPlace.kql, inPlace.columns, columns);
  const stream = `Custom-${name}`;
  const newStream = `Custom-${newTable}`;
  const target: TableColumn[] = [
    { name: 'TimeGenerated', type: 'datetime' },
    ...migrated.map(({ renamed, type }) => ({ name: renamed, type })),
  ];
  return {
    table: name,
    classic: subType === 'Classic',
    columns: migrated,
    drifted,
    refusals,
    inPlace: {
      name,
      get migrate() {
        const [first] = refusals;
        if (first)
          throw new ArgumentError(
            'tableJson',
            `has a table whose rule ${first.message}`,
            'Nothing was migrated: it cannot be undone. Go side by side, or change the table first.',
          );
        return { method: 'POST', path: `tables/${name}/migrate?api-version=2025-07-01` } as const;
      },
      streamDeclaration: () => streamDeclaration(stream, sent),
      dataFlow: () => dataFlow(stream, name, inPlace.kql),
      outputColumns: () => inPlace.columns,
    },
    sideBySide: {
      name: newTable,
      streamDeclaration: () => streamDeclaration(newStream, sent),
      dataFlow: () => dataFlow(newStream, newTable, sideBySide.kql),
      outputColumns: () => sideBySide.columns,
      tableBody: () => tableBody(newTable, target),
      unionKql: unionOf(name, newTable, migrated),
    },
  };
}

const mapColumn = (from: string, fromType: StreamType, name: string, type: ColumnType): MappedColumn => ({
  name,
  type,
  from,
  fromType,
});

/** What Azure would refuse after the migration, when there is no way back. */
function findRefusals(
  table: string,
  kql: string,
  produced: readonly OutputColumn[],
  columns: readonly DeployedColumn[],
): Refusal[] {
  const unknown = columns.filter(({ type }) => type !== '' && !isColumnType(normalizeType(type)));
  return [
    ...(kql.length > maxTransform
      ? [{ name: table, message: `would be refused: a transform of ${kql.length} characters` }]
      : []),
    ...unknown.map(({ name, type }) => ({
      name,
      message: `would be refused: ${name} has the type ${type}, which no transform makes`,
    })),
    ...findTypeRefusals(
      produced,
      columns.map(({ name, type }) => ({ name, type: normalizeType(type) })),
    ),
  ];
}

function rename(columns: readonly SuffixColumn[]): MigratedColumn[] {
  const taken = new Set(['timegenerated']);
  return columns.map(({ property, column, type, columnType }) => {
    const bare = isFreeColumnName(property) && !taken.has(property.toLowerCase());
    const renamed = bare ? property : column;
    taken.add(renamed.toLowerCase());
    return { property, type, classicType: columnType, classic: column, renamed };
  });
}

/** Both tables under the new names, each column with the new table's type: else it would come out of the union as two. */
function unionOf(old: string, added: string, columns: readonly MigratedColumn[]): string {
  const same = columns.filter((one) => one.type === one.classicType && one.renamed !== one.classic);
  const cast = columns.filter((one) => one.type !== one.classicType);
  const away = cast.filter((one) => one.renamed !== one.classic);
  const lists: [string, string[]][] = [
    ['project-rename', same.map((one) => `${quoteName(one.renamed)} = ${quoteName(one.classic)}`)],
    [
      'extend',
      cast.map((one) => `${quoteName(one.renamed)} = ${castColumn(one.classic, one.classicType, one.type)}`),
    ],
    ['project-away', away.map((one) => quoteName(one.classic))],
  ];
  const steps = lists
    .filter(([, list]) => list.length > 0)
    .map(([name, list]) => `${name} ${list.join(', ')}`);
  return `union (${[old, ...steps].join(' | ')}), ${added}`;
}
