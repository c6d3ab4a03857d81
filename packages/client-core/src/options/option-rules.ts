import { resolveCloud } from '../clouds.js';
import type { Cloud, CloudName } from '../clouds.js';
import { ArgumentError } from '../errors.js';
import { parseTime } from '../time.js';
import type { TimeInput } from '../time.js';

/** Checks one option that was given; throws ArgumentError. */
export type OptionRule = (value: unknown, path: string) => void;

/** No check: whatever the type says. */
export const anyValue: OptionRule = () => {};

export interface NumberLimits {
  /** The smallest number allowed. Default 0. */
  min?: number;
  /** The largest number allowed. Default: none, and Infinity is allowed. */
  max?: number;
  /** Whether fractions are refused. Default false. */
  whole?: boolean;
  /** Whether the smallest number itself is refused. Default false. */
  exclusive?: boolean;
}

export function isNumber({
  min = 0,
  max = Infinity,
  whole = false,
  exclusive = false,
}: NumberLimits = {}): OptionRule {
  return (value, path) => {
    const fits =
      typeof value === 'number' &&
      (exclusive ? value > min : value >= min) &&
      value <= max &&
      (!whole || Number.isInteger(value) || value === Infinity);
    if (fits) return;
    const lower = `${exclusive ? 'above' : 'from'} ${min}`;
    const upper = max === Infinity ? (exclusive ? '' : ' upwards') : ` to ${max}`;
    throw new ArgumentError(
      path,
      `is ${describe(value)}`,
      `Give a ${whole ? 'whole ' : ''}number ${lower}${upper}.`,
    );
  };
}

/** A wait or a deadline in milliseconds. Timers take at most 2^31-1. */
export const isDelay: OptionRule = isNumber({ max: 2 ** 31 - 1 });
/** A deadline in milliseconds: not 0. */
export const isTimeout: OptionRule = isNumber({ max: 2 ** 31 - 1, exclusive: true });

export function isOneOf(allowed: readonly unknown[]): OptionRule {
  return (value, path) => {
    if (allowed.includes(value)) return;
    const names = allowed.map((name) => (typeof name === 'string' ? `'${name}'` : String(name))).join(', ');
    throw new ArgumentError(path, `is ${describe(value)}`, `Use one of ${names}.`);
  };
}

export const isBoolean: OptionRule = (value, path) => {
  if (typeof value !== 'boolean')
    throw new ArgumentError(path, `is ${describe(value)}`, 'Give true or false.');
};

export const isCallback: OptionRule = (value, path) => {
  if (typeof value !== 'function') throw new ArgumentError(path, `is ${describe(value)}`, 'Give a function.');
};

/** A text that is not empty. Its value is never repeated: it may be a secret. */
export const isText: OptionRule = (value, path) => {
  if (typeof value !== 'string') throw new ArgumentError(path, `is ${describe(value)}`, 'Give a string.');
  if (value === '') throw new ArgumentError(path, 'is empty', 'Give a string that is not empty.');
};

/** A text that can be sent in a header. */
export const isHeaderText: OptionRule = (value, path) => {
  if (typeof value !== 'string' || !/^[\t\x20-\x7e]*$/.test(value))
    throw new ArgumentError(path, 'cannot be sent in a header', 'Give printable ASCII characters.');
};

/** An object with these methods. */
export function hasMethods(...methods: readonly string[]): OptionRule {
  return (value, path) => {
    const missing = methods.find(
      (name) => typeof (value as Record<string, unknown> | null)?.[name] !== 'function',
    );
    if (missing === undefined) return;
    const problem =
      typeof value === 'object' && value !== null ? `has no ${missing}()` : `is ${describe(value)}`;
    throw new ArgumentError(path, problem, `Give an object with ${methods.join('(), ')}().`);
  };
}

export const isAbortSignal: OptionRule = hasMethods('addEventListener', 'throwIfAborted');

export const isCloud: OptionRule = (value, path) =>
  void resolveCloud(value as CloudName | Cloud | undefined, path);

export const isTime: OptionRule = (value, path) => void parseTime(value as TimeInput, path);

/** Where a first run begins: `oldest`, `now`, or a time. */
export const isStart: OptionRule = (value, path) => {
  if (value !== 'oldest' && value !== 'now') parseTime(value as TimeInput, path);
};

/** An array whose every element passes the rule. */
export function isListOf(rule: OptionRule): OptionRule {
  return (value, path) => {
    if (!Array.isArray(value)) throw new ArgumentError(path, `is ${describe(value)}`, 'Give an array.');
    for (const [index, element] of value.entries()) rule(element, `${path}[${index}]`);
  };
}

/** Passes when one of the rules does; otherwise the last one's error is thrown. */
export function isEither(...rules: readonly OptionRule[]): OptionRule {
  return (value, path) => {
    let last: unknown;
    for (const rule of rules)
      try {
        return rule(value, path);
      } catch (error) {
        last = error;
      }
    throw last;
  };
}

/** A value in an error message: numbers and booleans as they are, everything else by its type alone. */
function describe(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  if (typeof value === 'string')
    return /^[\w.-]{1,40}$/.test(value) ? `'${value}'` : 'a string that does not fit';
  return Array.isArray(value) ? 'an array' : `of type ${typeof value}`;
}
