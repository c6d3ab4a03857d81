import { Refusal } from './problem.js';
import type { Position } from './problem.js';

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** The service keeps content for seven days. */
const maxInMs = 7 * 86_400_000;

/** `30s`, `15m`, `24h`, `7d`: at most seven days. */
export function parseTimespan(text: string, position: Position): number {
  const [, digits = '', unit = ''] = /^(\d+)([a-zA-Z])$/.exec(text.trim()) ?? [];
  const unitInMs = Object.hasOwn(units, unit) ? units[unit] : undefined;
  if (unitInMs === undefined)
    throw new Refusal(position, `\`${text}\` is no timespan`, 'Write a number and s, m, h or d: `15m`.');
  const inMs = Number(digits) * unitInMs;
  if (inMs <= 0 || inMs > maxInMs)
    throw new Refusal(position, `a timespan of \`${text}\``, 'It is between one second and seven days (7d).');
  return inMs;
}
