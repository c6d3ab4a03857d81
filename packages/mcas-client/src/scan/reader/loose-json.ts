import { toCanonicalJson } from '@repo/client-core';

/**
 * Text that is the same for filters that mean the same: a value and a list of that value, a number and its digits, and
 * lists in any order.
 */
export function toLooseJson(operators: unknown): string {
  return toCanonicalJson(loosen(operators));
}

function loosen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'number' ? String(value) : value;
  if (Array.isArray(value))
    return value
      .map(loosen)
      .map((item) => [toCanonicalJson(item), item] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, item]) => item);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      Array.isArray(item) ? loosen(item) : loosenOperand(item),
    ]),
  );
}

/** A scalar operand stands for a list of one. */
function loosenOperand(item: unknown): unknown {
  return [loosen(item)];
}
