import { ArgumentError } from '@repo/client-core';
import type { Deployable } from './arm-template.js';
import { tableBody } from './table-body.js';
import type { TableBody } from './table-body.js';
import type { StreamType, TableColumn } from './columns.js';
import { suffixColumns } from './suffix-columns.js';
import type { Drifted, SuffixColumn } from './suffix-columns.js';
import { checkTableName, isFreeColumnName } from './check-names.js';
import { dataFlow, streamDeclaration } from './rule-properties.js';
import { readTable } from './deployed.js';

export interface MigrationOptions {
  /** Property that held `time-generated-field`. Without it TimeGenerated is the time of reception, `now()`. */
  readonly timeGeneratedFrom?: string;
  /** Name of the new table of the side-by-side way. Default: `<old>V2_CL`. */
  readonly newTable?: string;
  /** Of a property that has several columns, the one to go on with: `{ Count: 'Count_d' }`. */
  readonly keep?: Readonly<Record<string, string>>;
}

/** One property of the rows and the columns it goes into. */
export interface MigratedColumn {
  readonly property: string;
  readonly type: StreamType;
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
  /** Same table: its migration, one way and for good, then a rule that puts the suffixes back. */
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
  checkTableName(newTable);
  if (newTable === name)
    throw new ArgumentError('options.newTable', 'is the old table', 'Give another name.');
  const { kept, drifted } = suffixColumns(columns, options.keep ?? {});
  const migrated = rename(kept);
  const sent = migrated.map(({ property, type }) => ({ name: property, type }));
  const from = options.timeGeneratedFrom;
  const source = sent.find((column) => column.name === from);
  if (from !== undefined && !['string', 'datetime'].includes(source?.type ?? ''))
    throw new ArgumentError('options.timeGeneratedFrom', 'is not a property with times', 'Name one.');
  const time = `source | extend TimeGenerated = ${from === undefined ? 'now()' : `todatetime(${from})`}`;
  const transform = (target: 'classic' | 'renamed'): string =>
    [time, ...renaming(migrated.map((one) => [one[target], one.property]))].join(' | ');
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
    inPlace: {
      name,
      migrate: { method: 'POST', path: `tables/${name}/migrate?api-version=2025-07-01` },
      streamDeclaration: () => streamDeclaration(stream, sent),
      dataFlow: () => dataFlow(stream, name, transform('classic')),
    },
    sideBySide: {
      name: newTable,
      streamDeclaration: () => streamDeclaration(newStream, sent),
      dataFlow: () => dataFlow(newStream, newTable, transform('renamed')),
      tableBody: () => tableBody(newTable, target),
      unionKql: unionOf(name, newTable, migrated),
    },
  };
}

function rename(columns: readonly SuffixColumn[]): MigratedColumn[] {
  const taken = new Set(['timegenerated']);
  return columns.map(({ property, column, type }) => {
    const bare = isFreeColumnName(property) && !taken.has(property.toLowerCase());
    const renamed = bare ? property : column;
    taken.add(renamed.toLowerCase());
    return { property, type, classic: column, renamed };
  });
}

/** A GUID column beside a text column would come out of the union as two. */
function unionOf(old: string, added: string, columns: readonly MigratedColumn[]): string {
  const texts = columns.filter(({ classic }) => classic.endsWith('_g'));
  const steps = [
    old,
    ...renaming(columns.map((one) => [one.renamed, one.classic])),
    ...(texts.length > 0
      ? [`extend ${texts.map(({ renamed }) => `${renamed} = tostring(${renamed})`).join(', ')}`]
      : []),
  ];
  return `union (${steps.join(' | ')}), ${added}`;
}

/** `project-rename` of what changes its name; empty when nothing does. */
function renaming(pairs: readonly (readonly [to: string, from: string])[]): string[] {
  const changed = pairs.filter(([to, from]) => to !== from).map(([to, from]) => `${to} = ${from}`);
  return changed.length === 0 ? [] : [`project-rename ${changed.join(', ')}`];
}
