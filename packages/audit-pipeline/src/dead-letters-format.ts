import { inspect } from 'node:util';
import type { DeadLetter, Unit } from './ports.js';

/** One entry as it was kept. */
export interface SavedDeadLetter {
  /** When it was kept, ms since the epoch. */
  time: number;
  unit: Unit;
  reason: string;
  /** Bytes, when they were bytes; else parsed. */
  row?: unknown;
  record?: unknown;
}

interface Line {
  v: 1;
  time: string;
  unit: Unit;
  reason: string;
  row?: unknown;
  record?: unknown;
  /** Base64: the bytes need not be JSON, and none may change. */
  rowBytes?: string;
  recordBytes?: string;
}

export function encodeDeadLetter({ unit, reason, row, record }: DeadLetter, now: number): Uint8Array {
  const line: Line = {
    v: 1,
    time: new Date(now).toISOString(),
    unit,
    reason,
    ...kept('row', row),
    ...kept('record', record),
  };
  return Buffer.from(`${stringify(line)}\n`);
}

function kept(name: 'row' | 'record', value: unknown): Partial<Line> {
  if (value === undefined) return {};
  if (value instanceof Uint8Array) return { [`${name}Bytes`]: Buffer.from(value).toString('base64') };
  return { [name]: value };
}

/** A row is here because it could not be written, perhaps not even as JSON. */
function stringify(line: Line): string {
  try {
    return JSON.stringify(line, (_key, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    );
  } catch {
    const { row, record, ...rest } = line;
    const text = (value: unknown): string => inspect(value, { depth: 8, maxArrayLength: 1000 });
    return JSON.stringify({
      ...rest,
      ...(row !== undefined && { row: text(row) }),
      ...(record !== undefined && { record: text(record) }),
    });
  }
}

export function decodeDeadLetter(text: string): SavedDeadLetter | undefined {
  let line: Partial<Line>;
  try {
    line = JSON.parse(text) as Partial<Line>;
  } catch {
    return undefined;
  }
  if (line.v !== 1 || typeof line.unit?.id !== 'string') return undefined;
  const row = line.rowBytes === undefined ? line.row : bytesOf(line.rowBytes);
  const record = line.recordBytes === undefined ? line.record : bytesOf(line.recordBytes);
  return {
    time: Date.parse(line.time ?? ''),
    unit: line.unit,
    reason: line.reason ?? '',
    ...(row !== undefined && { row }),
    ...(record !== undefined && { record }),
  };
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
