import type { StreamType } from '../columns.js';

/** Types of a table's column; a stream has no `guid`. */
export type ColumnType = StreamType | 'guid';

/** A column's name in KQL: a bare one may be a word of the language, such as `time` or `by`. */
export const quoteName = (name: string): string => `['${escapeText(name)}']`;

/** A KQL text. */
export const quoteText = (text: string): string => `'${escapeText(text)}'`;

const escapeText = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');

/** KQL's own word for a type. */
export const toKqlType = (type: ColumnType): string => (type === 'boolean' ? 'bool' : type);

const casts: Readonly<Record<ColumnType, string>> = {
  string: 'tostring',
  int: 'toint',
  long: 'tolong',
  real: 'toreal',
  boolean: 'tobool',
  dynamic: 'todynamic',
  datetime: 'todatetime',
  guid: 'toguid',
};

/** An expression for a column as another type; the column itself when the types are equal. */
export const castColumn = (name: string, from: ColumnType, to: ColumnType): string =>
  from === to ? quoteName(name) : `${casts[to]}(${quoteName(name)})`;

export const isColumnType = (type: string): type is ColumnType => Object.hasOwn(casts, type);
