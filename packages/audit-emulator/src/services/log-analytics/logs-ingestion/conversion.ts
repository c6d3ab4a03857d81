import type { Column, ColumnType } from '../columns.js';
import { parseDateTime } from '../date-time.js';
import { truncateUtf8 } from '../json.js';
import type { Row } from '../tables.js';

/** A value as a column of that type keeps it; undefined when it cannot. Objects are kept by reference in `dynamic`. */
export function convert(value: unknown, type: ColumnType): unknown {
  if (value === null || value === undefined) return undefined;
  switch (type) {
    case 'dynamic':
      return value;
    case 'string':
    case 'guid':
      return typeof value === 'string' ? value : JSON.stringify(value);
    case 'boolean':
      return toBoolean(value);
    case 'datetime':
      return typeof value === 'string' ? parseDateTime(value)?.text : undefined;
    case 'real':
      return toNumber(value);
    case 'int':
      return toInteger(value, 31n);
    case 'long':
      return toInteger(value, 63n);
  }
}

/** The columns of a row that a table has, converted, texts cut at `maxFieldBytes`; counts the cuts. */
export function fit(
  row: Row,
  columns: readonly Column[],
  maxFieldBytes: number,
): { row: Row; truncated: number } {
  const fitted: Row = {};
  let truncated = 0;
  for (const { name, type } of columns) {
    const value = convert(row[name], type);
    if (value === undefined) continue;
    const cut = cutToBytes(value, maxFieldBytes);
    if (cut !== value) truncated++;
    fitted[name] = cut;
  }
  return { row: fitted, truncated };
}

function cutToBytes(value: unknown, maxBytes: number): unknown {
  if (typeof value === 'string') return truncateUtf8(value, maxBytes);
  if (typeof value !== 'object' || maxBytes === Infinity) return value;
  const text = JSON.stringify(value);
  const cut = truncateUtf8(text, maxBytes);
  return cut === text ? value : cut;
}

function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  return typeof value === 'string' && /^(true|false)$/i.test(value)
    ? value.toLowerCase() === 'true'
    : undefined;
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** Integers beyond 2^53 stay as their digits, in a text. */
function toInteger(value: unknown, bits: bigint): number | string | undefined {
  const limit = 1n << bits;
  if (typeof value === 'string' && /^[+-]?\d{1,20}$/.test(value)) {
    const big = BigInt(value.replace('+', ''));
    if (big < -limit || big >= limit) return undefined;
    return Number.isSafeInteger(Number(big)) ? Number(big) : String(big);
  }
  const number = toNumber(value);
  if (number === undefined) return undefined;
  const whole = Math.trunc(number);
  return whole >= -Number(limit) && whole < Number(limit) ? whole : undefined;
}
