import { inspect } from 'node:util';
import { StateVersionError } from '../errors.js';
import type { DeadLetter, UndeliverableStatus, Unit } from '../ports.js';

/** One entry as it was kept. */
export interface SavedDeadLetter {
  /** When it was kept, ms since the epoch. */
  time: number;
  unit: Unit;
  reason: string;
  row?: unknown;
  /** Who refused the row: `invalid` rows can never be sent. */
  status?: UndeliverableStatus | undefined;
  record?: unknown;
}

type Line = Omit<SavedDeadLetter, 'time'> & { v: 1; time: string };

/** Bytes inside a line, in base64: they need not be JSON, and none may change. */
const bytesKey = '$bytes';

/** One line of NDJSON. Bytes come back as bytes wherever they are; the rest as JSON has it. */
export function encodeDeadLetter({ unit, reason, row, status, record }: DeadLetter, now: number): Uint8Array {
  const line: Line = {
    v: 1,
    time: new Date(now).toISOString(),
    unit,
    reason,
    ...(row !== undefined && { row, status }),
    ...(record !== undefined && { record }),
  };
  return Buffer.from(`${stringify(line)}\n`);
}

/** A row is here because it could not be written, perhaps not even as JSON. */
function stringify(line: Line): string {
  try {
    return JSON.stringify(line, write);
  } catch {
    const { row, record, ...rest } = line;
    const text = (value: unknown): string =>
      inspect(value, { depth: 8, maxArrayLength: 1000, maxStringLength: Infinity });
    return JSON.stringify({
      ...rest,
      ...(row !== undefined && { row: text(row) }),
      ...(record !== undefined && { record: text(record) }),
    });
  }
}

function write(this: Record<string, unknown>, key: string, value: unknown): unknown {
  // A Buffer has turned itself into an array of numbers by now.
  const own = this[key];
  if (own instanceof Uint8Array) return { [bytesKey]: Buffer.from(own).toString('base64') };
  return typeof value === 'bigint' ? value.toString() : value;
}

function read(_key: string, value: unknown): unknown {
  const text = (value as { [bytesKey]?: unknown } | null)?.[bytesKey];
  return typeof text === 'string' ? new Uint8Array(Buffer.from(text, 'base64')) : value;
}

/** Undefined for what is not a whole line. Throws StateVersionError for one that a newer version wrote. */
export function decodeDeadLetter(text: string): SavedDeadLetter | undefined {
  try {
    const { v, time, unit, reason, row, status, record } = JSON.parse(text, read) as Partial<Line>;
    if (typeof v === 'number' && v > 1) throw new StateVersionError('A dead letter', v, 1);
    if (v !== 1 || typeof unit?.id !== 'string') return undefined;
    return {
      time: Date.parse(time ?? ''),
      unit,
      reason: reason ?? '',
      ...(row !== undefined && { row }),
      ...(status !== undefined && { status }),
      ...(record !== undefined && { record }),
    };
  } catch (error) {
    if (StateVersionError.isInstance(error)) throw error;
    return undefined;
  }
}
