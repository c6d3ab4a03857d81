import { ArgumentError } from '@repo/client-core';
import type { StreamType } from './columns.js';
import type { DeployedColumn } from './deployed.js';

/** A column that the Data Collector API made of a property. */
export interface SuffixColumn {
  readonly property: string;
  readonly column: string;
  readonly type: StreamType;
}

/** A property with several columns, and the one that new rows go into. */
export interface Drifted {
  readonly property: string;
  readonly columns: readonly string[];
  readonly kept: string;
}

/** Suffixes by what they hold; a GUID is a text in a stream. */
const suffixes: Readonly<Record<string, StreamType>> = {
  _s: 'string',
  _d: 'real',
  _b: 'boolean',
  _t: 'datetime',
  _g: 'string',
};
/** Columns that the service fills by itself. */
const standard =
  /^(TimeGenerated|TenantId|SourceSystem|MG|ManagementGroupName|RawData|Type|AdditionalFields|_(ResourceId|SubscriptionId|ResourceGroup|ItemId|TimeReceived|IsBillable|BilledSize|Internal_WorkspaceResourceId))$/;
const types = new Set<string>(['string', 'int', 'long', 'real', 'boolean', 'dynamic', 'datetime']);

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

function suffixed({ name, type }: DeployedColumn): SuffixColumn {
  const suffix = /.(_[sdbtg])$/.exec(name)?.[1] ?? '';
  const known = suffixes[suffix];
  if (known) return { property: name.slice(0, -2), column: name, type: known };
  // `Computer`, and columns that were added by hand.
  return { property: name, column: name, type: types.has(type) ? (type as StreamType) : 'string' };
}
