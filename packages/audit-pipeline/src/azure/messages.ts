import { ArgumentError } from '@repo/client-core';
import { StateVersionError } from '../errors.js';
import type { Unit } from '../ports.js';

export const messageVersion = 1;

/** A message takes 64 KiB, and base64 makes four bytes of three. */
const maxBytes = 48_000;

/** One unit to deliver. JSON in base64, as Azure Functions expects it. */
export interface UnitMessage {
  v: number;
  unit: Unit;
}

export function encodeMessage(unit: Unit): string {
  const bytes = Buffer.from(JSON.stringify({ v: messageVersion, unit } satisfies UnitMessage));
  if (bytes.byteLength > maxBytes)
    throw new ArgumentError(
      'unit',
      `${unit.id} takes ${bytes.byteLength} bytes, a queue message ${maxBytes}`,
      'Put into a unit only what tells where to read it.',
    );
  return bytes.toString('base64');
}

/**
 * `message` as the queue holds it, or as a Functions host hands it on: base64, JSON, or parsed. Throws
 * StateVersionError when a newer planner wrote it: a newer worker will take it.
 */
export function decodeMessage(message: unknown): Unit {
  const { v, unit } = parsed(message) as Partial<UnitMessage>;
  if (typeof v === 'number' && v > messageVersion)
    throw new StateVersionError('A queue message', v, messageVersion);
  if (typeof v !== 'number' || typeof unit?.id !== 'string')
    throw new ArgumentError('message', 'is not of a planner', 'Give the planner a queue of its own.');
  return unit;
}

function parsed(message: unknown): unknown {
  if (typeof message !== 'string') return message ?? {};
  try {
    const text = message.startsWith('{') ? message : Buffer.from(message, 'base64').toString();
    return (JSON.parse(text) as unknown) ?? {};
  } catch {
    return {};
  }
}
