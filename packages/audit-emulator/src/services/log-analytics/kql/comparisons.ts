import { asText } from './functions.js';

export type Compare = (left: unknown, right: unknown) => boolean;

const fold = (value: unknown): string => asText(value).toLowerCase();
const words = (value: string): string[] => value.split(/[^\p{L}\p{N}]+/u);
const hasTerm = (text: string, term: string): boolean =>
  /^[\p{L}\p{N}]+$/u.test(term) ? words(text).includes(term) : text.includes(term);

/** Order of two values; nulls compare with nothing. */
export function order(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const numeric = (value: unknown): boolean => typeof value === 'number' || /^-?\d{16,}$/.test(asText(value));
  if (numeric(left) && numeric(right)) {
    const [a, b] = [toBig(left), toBig(right)];
    return a < b ? -1 : Number(a > b);
  }
  const [a, b] = [asText(left), asText(right)];
  return a < b ? -1 : Number(a > b);
}

function toBig(value: unknown): bigint {
  return BigInt(typeof value === 'number' ? Math.trunc(value) : asText(value));
}

const present = (value: unknown): boolean => value !== null && value !== undefined;

/** The operators between two values that give a truth. */
export const comparisons: Readonly<Record<string, Compare>> = {
  '==': equal,
  '!=': (left, right) => !equal(left, right),
  '=~': (left, right) => fold(left) === fold(right),
  '!~': (left, right) => fold(left) !== fold(right),
  '<': (left, right) => present(left) && present(right) && order(left, right) < 0,
  '<=': (left, right) => present(left) && present(right) && order(left, right) <= 0,
  '>': (left, right) => present(left) && present(right) && order(left, right) > 0,
  '>=': (left, right) => present(left) && present(right) && order(left, right) >= 0,
  contains: (left, right) => fold(left).includes(fold(right)),
  '!contains': (left, right) => !fold(left).includes(fold(right)),
  contains_cs: (left, right) => asText(left).includes(asText(right)),
  has: (left, right) => hasTerm(fold(left), fold(right)),
  '!has': (left, right) => !hasTerm(fold(left), fold(right)),
  has_cs: (left, right) => hasTerm(asText(left), asText(right)),
  startswith: (left, right) => fold(left).startsWith(fold(right)),
  '!startswith': (left, right) => !fold(left).startsWith(fold(right)),
  endswith: (left, right) => fold(left).endsWith(fold(right)),
  '!endswith': (left, right) => !fold(left).endsWith(fold(right)),
};

export function equal(left: unknown, right: unknown): boolean {
  return present(left) && present(right) ? left === right || asText(left) === asText(right) : false;
}
