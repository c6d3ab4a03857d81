import { ArgumentError } from '../errors.js';
import type { OptionRule } from './option-rules.js';
import { withoutUndefined } from './with-defaults.js';
import type { WithoutUndefined } from './with-defaults.js';

/** One rule for each option of a factory: the compiler refuses a table that misses one. */
export type OptionTable<T extends object> = { readonly [K in keyof Required<T>]: OptionRule };

/** Names that options once had, or have elsewhere, and what they are called here (docs/glossary.md). */
const formerNames: Readonly<Record<string, readonly string[]>> = {
  allowCustomHost: ['allowCustomEndpoint', 'endpoint'],
  audience: ['scope'],
  closingLag: ['settleDelayInMs'],
  closingLagInMs: ['settleDelayInMs'],
  dedupeMaxCount: ['dedupe'],
  endTime: ['to'],
  everyInMs: ['pollIntervalInMs'],
  idleInMs: ['pollIntervalInMs'],
  marks: ['dedupe'],
  maxAttempts: ['maxRetries'],
  maxCount: ['maxKeys'],
  maxMarks: ['maxKeys', 'dedupe'],
  maxRestarts: ['maxRetries'],
  onFate: ['onRowStatus'],
  onLeft: ['onDeferred'],
  onRejected: ['onUndeliverable'],
  onTypeError: ['onContentTypeError'],
  pollInMs: ['pollIntervalInMs'],
  recordWindow: ['dedupe'],
  startTime: ['from', 'startFrom'],
  url: ['endpoint'],
};

/**
 * Checks options against the table of a factory and returns those that were given: `undefined` counts as not given.
 * Unknown keys are ignored, so that a configuration object can be spread, except for a near miss of an option that
 * is not given, and for its former name.
 * @throws ArgumentError naming the option, what is wrong, and what to give instead.
 */
export function checkOptions<T extends object>(
  options: T | undefined,
  table: OptionTable<T>,
  path = 'options',
): WithoutUndefined<T> {
  if (options === undefined) return {} as WithoutUndefined<T>;
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new ArgumentError(path, 'is not an object', 'Give an object of options.');
  const given = withoutUndefined(options) as Record<string, unknown>;
  const rules = table as Readonly<Record<string, OptionRule>>;
  for (const [name, value] of Object.entries(given))
    if (Object.hasOwn(rules, name)) rules[name]?.(value, `${path}.${name}`);
    else refuseMisspelled(name, rules, given, path);
  return given as WithoutUndefined<T>;
}

/** A rule for an option that is itself an object of options. */
export function isOptions<T extends object>(table: OptionTable<T>): OptionRule {
  return (value, path) => void checkOptions(value as T, table, path);
}

function refuseMisspelled(
  name: string,
  rules: Readonly<Record<string, OptionRule>>,
  given: Readonly<Record<string, unknown>>,
  path: string,
): void {
  const known = Object.keys(rules).filter((option) => !Object.hasOwn(given, option));
  const former = Object.hasOwn(formerNames, name) ? formerNames[name] : undefined;
  const meant =
    former?.find((option) => known.includes(option)) ?? known.find((option) => isNearMiss(name, option));
  if (meant === undefined) return;
  throw new ArgumentError(`${path}.${name}`, 'is not an option', `Did you mean ${meant}?`);
}

function isNearMiss(name: string, option: string): boolean {
  const [a, b] = [name.toLowerCase(), option.toLowerCase()];
  if (a === b) return true;
  if (Math.min(a.length, b.length) < 4) return false;
  return getDistance(a, b) <= (b.length < 8 ? 1 : 2);
}

/** Edits between two texts: insertions, deletions, replacements, and swaps of neighbors. */
function getDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (beforeLast[j - 2] as number) + 1);
      row.push(least);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] as number;
}
