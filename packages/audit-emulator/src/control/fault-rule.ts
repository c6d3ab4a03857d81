import type { FaultEffect, FaultRule } from '../faults.js';
import type { ServiceName } from '../service.js';

const numbers: Partial<Record<FaultEffect['kind'], string>> = {
  status: 'status',
  latency: 'ms',
  cut: 'atByte',
  drip: 'everyMs',
  clockSkew: 'ms',
};

/** A fault rule as JSON: as in {@link FaultRule}, with `pathPattern` where `path` is a RegExp. Throws TypeError. */
export function faultRuleOf(value: unknown): FaultRule {
  const { service, path, pathPattern, method, nth, times, effect } = object(value, 'the rule');
  const { kind = 'status' } = object(effect, '"effect"');
  const required = numbers[kind as FaultEffect['kind']];
  if (required !== undefined && typeof (effect as Record<string, unknown>)[required] !== 'number') {
    throw new TypeError(`"effect.${required}" is a number.`);
  }
  if (times !== undefined && times !== 'always' && typeof times !== 'number') {
    throw new TypeError('"times" is a number or "always".');
  }
  return {
    ...(service !== undefined && { service: service as ServiceName }),
    ...(typeof path === 'string' && { path }),
    ...(typeof pathPattern === 'string' && { path: new RegExp(pathPattern) }),
    ...(typeof method === 'string' && { method }),
    ...(typeof nth === 'number' && { nth }),
    ...(times !== undefined && { times }),
    effect: effect as FaultEffect,
  };
}

function object(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${what} is an object.`);
  return value as Record<string, unknown>;
}
