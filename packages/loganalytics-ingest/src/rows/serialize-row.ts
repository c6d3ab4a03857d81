import { RowFault, mayHoldCollection, plain } from './to-json-safe.js';

/**
 * A row as JSON. NaN and Infinity become null (JSON has none); undefined and functions are left out; Date is ISO 8601
 * UTC. What JSON.stringify has no rule for goes by those of `plain`. Throws RowFault.
 */
export function serializeRow(row: unknown): string {
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    throw new RowFault('a row must be an object');
  if (typeof (row as { then?: unknown }).then === 'function')
    throw new RowFault('the row is a promise: wait for it first');
  const text = quick(row) ?? slow(row);
  // A toJSON may have made anything of it.
  if (!text?.startsWith('{')) throw new RowFault('the row does not become a JSON object');
  return text;
}

/** Without a replacer: that takes half as long again. */
function quick(row: object): string | undefined {
  try {
    const text = JSON.stringify(row) as string | undefined;
    return (text?.includes('{}') && mayHoldCollection(row)) || holdsError(row) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** An Error with fields of its own is not written as `{}`, but without its message. */
function holdsError(row: object): boolean {
  for (const key in row) if ((row as Record<string, unknown>)[key] instanceof Error) return true;
  return false;
}

function slow(row: object): string | undefined {
  const copy = plain(row);
  try {
    return JSON.stringify(copy);
  } catch {
    throw new RowFault('the row is nested too deeply, or too long');
  }
}

/** Why these bytes are surely not the JSON of one row. They are not parsed. */
export function faultOfBytes(row: Uint8Array): string | undefined {
  let first = 0;
  let last = row.byteLength - 1;
  while (first < last && isBlank(row[first])) first += 1;
  while (last > first && isBlank(row[last])) last -= 1;
  return row[first] === 0x7b && row[last] === 0x7d ? undefined : 'the bytes are not one JSON object';
}

export const isBlank = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
