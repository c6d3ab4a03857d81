import { ArgumentError } from '@repo/client-core';
import type { StreamType } from './columns.js';
import { normalizeType } from './deployed.js';
import type { DeployedColumn } from './deployed.js';
import { isColumnType } from './kql/kql.js';
import type { ColumnType } from './kql/kql.js';

/** A column that the Data Collector API made of a property. */
export interface SuffixColumn {
  readonly property: string;
  readonly column: string;
  /** In a stream. */
  readonly type: StreamType;
  /** In the table. */
  readonly columnType: ColumnType;
}

/** A property with several columns, and the one that new rows go into. */
export interface Drifted {
  readonly property: string;
  readonly columns: readonly string[];
  readonly kept: string;
}

/** Suffixes by what they hold. */
const suffixes: Readonly<Record<string, ColumnType>> = {
  _s: 'string',
  _d: 'real',
  _b: 'boolean',
  _t: 'datetime',
  _g: 'guid',
};
/** Columns that the service fills by itself. */
const standard =
  /^(TimeGenerated|TenantId|SourceSystem|MG|ManagementGroupName|RawData|Type|AdditionalFields|_(ResourceId|SubscriptionId|ResourceGroup|ItemId|TimeReceived|IsBillable|BilledSize|Internal_WorkspaceResourceId))$/;

/** The rows' properties behind a classic table's columns, one column for each. */
export function suffixColumns(
  columns: readonly DeployedColumn[],
  keep: Readonly<Record<string, string>>,
): { kept: SuffixColumn[]; drifted: Drifted[] } {
  const byProperty = new Map<string, SuffixColumn[]>();
  for (const column of columns) {
    if (standard.test(column.name)) continue;
    const one = suffixed(column);
    byProperty.set(one.property, [...(byProperty.get(one.property) ?? []), one]);
  }
  for (const [property, name] of Object.entries(keep))
    if (!byProperty.get(property)?.some((one) => one.column === name))
      throw new ArgumentError(
        `options.keep.${property}`,
        'is no column of that property',
        'Name one of them.',
      );
  const kept: SuffixColumn[] = [];
  const drifted: Drifted[] = [];
  for (const [property, all] of byProperty) {
    // Every value can be kept as text.
    const wanted = keep[property] ?? `${property}_s`;
    const one = all.find(({ column }) => column === wanted) ?? all[0];
    if (!one) continue;
    kept.push(one);
    if (all.length > 1)
      drifted.push({ property, columns: all.map(({ column }) => column), kept: one.column });
  }
  return { kept, drifted };
}

function suffixed({ name, type: deployed }: DeployedColumn): SuffixColumn {
  const suffix = /.(_[sdbtg])$/.exec(name)?.[1] ?? '';
  const known = suffixes[suffix];
  const type = normalizeType(deployed);
  // The table's own type decides; the JSON may leave it out.
  const columnType = isColumnType(type) ? type : (known ?? 'string');
  return {
    // `Computer`, and columns that were added without the API, have no suffix.
    property: known ? name.slice(0, -2) : name,
    column: name,
    // A stream has no GUIDs: they are sent as text and cast.
    type: columnType === 'guid' ? 'string' : columnType,
    columnType,
  };
}
