import type { ColumnType } from '../columns.js';
import { hasTimeOfDay, parseDateTime } from '../date-time.js';

/** Suffixes of the columns that the Data Collector API creates. */
export type Suffix = '_s' | '_d' | '_b' | '_t' | '_g';

export const suffixTypes: Readonly<Record<Suffix, ColumnType>> = {
  _s: 'string',
  _d: 'real',
  _b: 'boolean',
  _t: 'datetime',
  _g: 'guid',
};

export interface Inferred {
  readonly suffix: Suffix;
  readonly value: unknown;
}

/** The column suffix and stored value of a property in a new record type; undefined for null. */
export function infer(value: unknown): Inferred | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'number') return { suffix: '_d', value };
  if (typeof value === 'boolean') return { suffix: '_b', value };
  if (typeof value !== 'string') return { suffix: '_s', value: JSON.stringify(value) };
  const guid = asGuid(value);
  if (guid !== undefined) return { suffix: '_g', value: guid };
  const date = hasTimeOfDay(value) ? parseDateTime(value) : undefined;
  return date ? { suffix: '_t', value: date.text } : { suffix: '_s', value };
}

/** What a text becomes in an existing column of another type; undefined when it cannot be converted. */
export function convertText(value: string, suffix: Suffix): unknown {
  switch (suffix) {
    case '_s':
      return value;
    case '_d':
      return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined;
    case '_b':
      return /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : undefined;
    case '_t':
      return parseDateTime(value)?.text;
    case '_g':
      return asGuid(value);
  }
}

function asGuid(value: string): string | undefined {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return value;
  return /^[0-9a-f]{32}$/i.test(value)
    ? value.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    : undefined;
}
