import { faultKinds } from '../../server/faults.js';
import type { FaultEffect, FaultRule } from '../../server/faults.js';

/** What a field must be, and how to say so. */
interface Check {
  says: string;
  test(value: unknown): boolean;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text: Check = { says: 'is a text', test: (value) => typeof value === 'string' };
const whole = (from: number, to = Number.MAX_SAFE_INTEGER): Check => ({
  says:
    to < Number.MAX_SAFE_INTEGER
      ? `is a whole number from ${from} to ${to}`
      : `is a whole number from ${from} on`,
  test: (value) => Number.isSafeInteger(value) && (value as number) >= from && (value as number) <= to,
});
const anything: Check = { says: '', test: () => true };
const texts: Check = {
  says: 'is an object of texts that HTTP takes as headers',
  test: (value) =>
    isObject(value) && Object.values(value).every((one) => typeof one === 'string') && areHeaders(value),
};
const pattern: Check = { says: 'is a regular expression', test: (value) => regExpOf(value) !== undefined };
const times: Check = {
  says: 'is a number from 1 on, or "always"',
  test: (value) => value === 'always' || whole(1).test(value),
};
const ruleFields: Readonly<Record<string, Check>> = {
  service: text,
  path: text,
  pathPattern: pattern,
  method: text,
  nth: whole(1),
  times,
  probability: {
    says: 'is a number above 0 and up to 1',
    test: (value) => typeof value === 'number' && value > 0 && value <= 1,
  },
  'effect!': { says: 'is an object', test: isObject },
};

const delay = whole(0);
/** Fields of each effect; those with `!` must be there. */
const effectFields: Readonly<Record<FaultEffect['kind'], Readonly<Record<string, Check>>>> = {
  status: { 'status!': whole(200, 599), body: anything, headers: texts },
  latency: { 'ms!': delay },
  cut: { 'atByte!': whole(0) },
  stall: { atByte: whole(0) },
  drip: { 'everyMs!': delay, chunkBytes: whole(1) },
  reset: {},
  lostReply: {},
  wrongJson: { body: text },
  truncatedGzip: {},
  expiredToken: {},
  clockSkew: { 'ms!': whole(Number.MIN_SAFE_INTEGER) },
};

/** Statuses that HTTP gives no body. */
const bare = new Set([204, 205, 304]);

/** A fault rule as JSON: as in {@link FaultRule}, with `pathPattern` where `path` is a RegExp. Throws TypeError. */
export function faultRuleOf(value: unknown): FaultRule {
  if (!isObject(value)) throw new TypeError('the rule is an object.');
  check(value, ruleFields, '');
  const effect = value['effect'] as Record<string, unknown>;
  const { kind = 'status', ...fields } = effect;
  if (!faultKinds.some((one) => one === kind))
    throw new TypeError(`"effect.kind" is one of ${faultKinds.join(', ')}.`);
  check(fields, effectFields[kind as FaultEffect['kind']], 'effect.');
  if (kind === 'status' && bare.has(fields['status'] as number) && fields['body'] !== undefined)
    throw new TypeError(`"effect.body": an answer ${String(fields['status'])} has none.`);
  const { pathPattern, ...rest } = value;
  const path = regExpOf(pathPattern);
  return { ...rest, ...(path && { path }) } as unknown as FaultRule;
}

function check(
  given: Record<string, unknown>,
  fields: Readonly<Record<string, Check>>,
  prefix: string,
): void {
  const known = Object.entries(fields).map(
    ([name, one]) => [name.replace('!', ''), one, name.endsWith('!')] as const,
  );
  for (const [name, { says, test }, required] of known) {
    const value = given[name];
    if (value === undefined ? required : !test(value)) throw new TypeError(`"${prefix}${name}" ${says}.`);
  }
  const names = new Set(known.map(([name]) => name));
  for (const name of Object.keys(given))
    if (!names.has(name))
      throw new TypeError(
        `"${prefix}${name}" is not known here. Known: ${[...names].join(', ') || 'nothing'}.`,
      );
}

function areHeaders(value: Record<string, unknown>): boolean {
  try {
    // Throws for a name or a value that no header can have.
    return [...new Headers(value as Record<string, string>).keys()].length >= 0;
  } catch {
    return false;
  }
}

function regExpOf(value: unknown): RegExp | undefined {
  try {
    return typeof value === 'string' ? new RegExp(value) : undefined;
  } catch {
    return undefined;
  }
}
