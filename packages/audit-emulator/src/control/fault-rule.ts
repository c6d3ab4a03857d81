import type { FaultEffect, FaultRule } from '../faults.js';
import type { ServiceName } from '../service.js';

const kinds: Readonly<Record<FaultEffect['kind'], true>> = {
  status: true,
  latency: true,
  cut: true,
  stall: true,
  drip: true,
  reset: true,
  lostReply: true,
  wrongJson: true,
  truncatedGzip: true,
  expiredToken: true,
  clockSkew: true,
};
const numbers: Partial<Record<FaultEffect['kind'], string>> = {
  status: 'status',
  latency: 'ms',
  cut: 'atByte',
  drip: 'everyMs',
  clockSkew: 'ms',
};

/** A fault rule as JSON: as in {@link FaultRule}, `path` a string or `/…/` for a regular expression. Throws TypeError. */
export function faultRuleOf(value: unknown): FaultRule {
  const { service, path, method, nth, times, effect } = object(value, 'the rule');
  const { kind } = object(effect, '"effect"');
  if (typeof kind !== 'string' || !Object.hasOwn(kinds, kind)) {
    throw new TypeError(`"effect.kind" is one of ${Object.keys(kinds).join(', ')}.`);
  }
  const required = numbers[kind as FaultEffect['kind']];
  if (required !== undefined && typeof (effect as Record<string, unknown>)[required] !== 'number') {
    throw new TypeError(`"effect.${required}" is a number.`);
  }
  if (times !== undefined && times !== 'always' && typeof times !== 'number') {
    throw new TypeError('"times" is a number or "always".');
  }
  return {
    ...(service !== undefined && { service: service as ServiceName }),
    ...(typeof path === 'string' && { path: pathOf(path) }),
    ...(typeof method === 'string' && { method }),
    ...(typeof nth === 'number' && { nth }),
    ...(times !== undefined && { times }),
    effect: effect as FaultEffect,
  };
}

function pathOf(path: string): string | RegExp {
  const pattern = /^\/(.+)\/$/.exec(path)?.[1];
  // "/secrets/" could be both: a pattern is what a path cannot be.
  return pattern !== undefined && /[\\^$.|?*+()[\]{}]/.test(pattern) ? new RegExp(pattern) : path;
}

function object(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${what} is an object.`);
  return value as Record<string, unknown>;
}
