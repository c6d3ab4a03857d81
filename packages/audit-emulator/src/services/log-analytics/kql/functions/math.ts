import { compare, DateTime, isMissing, Timespan, toNumber } from '../values.js';
import type { Value } from '../values.js';
import type { KqlFunction } from './function.js';

const numeric =
  (compute: (...numbers: number[]) => number | boolean): KqlFunction =>
  (args) => {
    const numbers = args.map(toNumber);
    const result = numbers.some((one) => one === null) ? null : compute(...(numbers as number[]));
    return typeof result === 'number' && Number.isNaN(result) ? null : result;
  };

const bin: KqlFunction = ([value, step]) => {
  const [a, b] = [toNumber(value), toNumber(step)];
  if (a === null || b === null || b === 0) return null;
  const floor = Math.floor(a / b) * b;
  return value instanceof DateTime
    ? new DateTime(floor)
    : value instanceof Timespan
      ? new Timespan(floor)
      : floor;
};

const pick =
  (sign: 1 | -1): KqlFunction =>
  (args) =>
    args.reduce(
      (best: Value, one) =>
        isMissing(best) || (!isMissing(one) && sign * compare(one, best) > 0) ? one : best,
      null,
    );

export const mathFunctions: Readonly<Record<string, KqlFunction>> = {
  abs: numeric(Math.abs),
  bin,
  floor: bin,
  bin_at: ([value, step, fixed]) => {
    const [a, b, c] = [toNumber(value), toNumber(step), toNumber(fixed)];
    if (a === null || b === null || c === null || b === 0) return null;
    const floor = Math.floor((a - c) / b) * b + c;
    return value instanceof DateTime ? new DateTime(floor) : floor;
  },
  ceiling: numeric(Math.ceil),
  exp: numeric(Math.exp),
  exp2: numeric((value) => 2 ** value),
  exp10: numeric((value) => 10 ** value),
  log: numeric(Math.log),
  log2: numeric(Math.log2),
  log10: numeric(Math.log10),
  pow: numeric((base, exponent) => base ** exponent),
  sqrt: numeric(Math.sqrt),
  round: numeric((value, digits = 0) => Math.round(value * 10 ** digits) / 10 ** digits),
  sign: numeric(Math.sign),
  isfinite: numeric(Number.isFinite),
  isinf: numeric((value) => Math.abs(value) === Infinity),
  isnan: ([value]) => typeof value === 'number' && Number.isNaN(value),
  max_of: pick(1),
  min_of: pick(-1),
};

/** 64-bit integers, as Kusto has them. */
const bits =
  (compute: (left: bigint, right: bigint) => bigint): KqlFunction =>
  ([left, right = 0]) =>
    isMissing(left) || isMissing(right)
      ? null
      : Number(BigInt.asIntN(64, compute(BigInt(Number(left)), BigInt(Number(right)))));

export const bitFunctions: Readonly<Record<string, KqlFunction>> = {
  binary_and: bits((left, right) => left & right),
  binary_or: bits((left, right) => left | right),
  binary_xor: bits((left, right) => left ^ right),
  binary_not: bits((left) => ~left),
  binary_shift_left: bits((left, right) => left << right),
  binary_shift_right: bits((left, right) => left >> right),
};
