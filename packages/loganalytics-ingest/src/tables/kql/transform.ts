import { castColumn, quoteName } from './kql.js';
import type { ColumnType } from './kql.js';
import type { StreamType } from '../columns.js';

/** A column of the table and where its value comes from. */
export interface MappedColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** The stream's column. */
  readonly from: string;
  readonly fromType: StreamType;
}

/** What a rule's transform makes of a stream: its KQL, and the columns that come out. */
interface Transform {
  readonly kql: string;
  readonly columns: readonly OutputColumn[];
}

export interface OutputColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/**
 * The transform that fills these columns. `timeFrom`: the stream's column TimeGenerated is made from; undefined: the time
 * of reception. Without either TimeGenerated must be among the columns.
 */
export function createTransform(
  columns: readonly MappedColumn[],
  timeFrom: { readonly name: string } | undefined,
): Transform {
  const output: OutputColumn[] = columns.map(({ name, type }) => ({ name, type }));
  const hasTime = columns.some(({ name }) => name === 'TimeGenerated');
  const time = timeFrom === undefined ? 'now()' : `todatetime(${quoteName(timeFrom.name)})`;
  const isPlain = columns.every(({ name, type, from, fromType }) => name === from && type === fromType);
  if (!hasTime) output.unshift({ name: 'TimeGenerated', type: 'datetime' });
  if (isPlain)
    return { kql: hasTime ? 'source' : `source | extend TimeGenerated = ${time}`, columns: output };
  const list = columns.map(({ name, type, from, fromType }) =>
    name === from && type === fromType
      ? quoteName(name)
      : `${quoteName(name)} = ${castColumn(from, fromType, type)}`,
  );
  if (!hasTime) list.unshift(`TimeGenerated = ${time}`);
  return { kql: `source | project ${list.join(', ')}`, columns: output };
}
