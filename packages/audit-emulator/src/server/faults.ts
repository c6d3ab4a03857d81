import type { Random } from '../data/random.js';
import type { Call } from './service.js';
import type { WireEffect } from './wire-effects.js';

/** What goes wrong. Wire effects are described with {@link WireEffect}. */
export type FaultEffect =
  | WireEffect
  | StatusEffect
  /** The answer is `ms` milliseconds late, by the emulator's clock. */
  | { kind: 'latency'; ms: number }
  /** The service acts, and the connection is reset before a word of its answer arrives. */
  | { kind: 'lostReply' }
  /** The service acts; its status and headers come with this body. Default `{"unexpected":`. */
  | { kind: 'wrongJson'; body?: string }
  /** At Entra: the token it issues ended an hour ago. Elsewhere: the token sent did. */
  | { kind: 'expiredToken' }
  /** The Date header is off by `ms` milliseconds. */
  | { kind: 'clockSkew'; ms: number };

/** This answer instead of the service's, which never sees the request. An object body becomes JSON. */
export interface StatusEffect {
  kind: 'status';
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

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
export const faultKinds: readonly FaultEffect['kind'][] = Object.keys(kinds) as FaultEffect['kind'][];

/** Which requests a fault strikes. All conditions given must hold. */
export interface FaultRule {
  service?: string | undefined;
  /** The whole path, or its beginning when it ends in `*`; a RegExp sees path and query. */
  path?: string | RegExp;
  method?: string;
  /** Any condition of your own. */
  match?: (call: Call) => boolean;
  /** The first of the matching requests to strike, counted from 1. Default 1. */
  nth?: number;
  /** The share of those requests that are struck, above 0 and up to 1; drawn by the emulator's seed. Default 1. */
  probability?: number | undefined;
  /** How many to strike from there on. Default 1. */
  times?: number | 'always';
  /** `kind` may be left out where it is `status`: `{ status: 503 }`. */
  effect: FaultEffect | Omit<StatusEffect, 'kind'>;
}

/** A rule in force. */
export interface Fault {
  readonly rule: FaultRule;
  /** Counted up from 1, for removing it over HTTP. */
  readonly id: number;
  /** Requests that met the conditions so far. */
  readonly seen: number;
  /** Requests struck so far. */
  readonly hits: number;
  remove(): void;
}

export interface Faults {
  /** @throws TypeError for a service or a kind of effect that does not exist. */
  add(rule: FaultRule): Fault;
  list(): readonly Fault[];
  clear(): void;
  /** Counts the request against every rule and returns the effects that strike it, in order of adding. */
  strike(service: string, call: Call): FaultEffect[];
}

/** @param services The names a rule may give. */
export function createFaults(services: readonly string[], random: Random): Faults {
  let added = 0;
  let active: {
    id: number;
    rule: FaultRule;
    effect: FaultEffect;
    seen: number;
    hits: number;
    remove(): void;
  }[] = [];
  return {
    add: (rule) => {
      if (rule.service !== undefined && !services.includes(rule.service))
        throw new TypeError(`"service" is one of ${services.join(', ')}, not ${rule.service}.`);
      const fault = {
        id: ++added,
        rule,
        effect: effectOf(rule),
        seen: 0,
        hits: 0,
        remove: () => {
          active = active.filter((one) => one !== fault);
        },
      };
      active.push(fault);
      return fault;
    },
    list: () => active,
    clear: () => {
      active = [];
    },
    strike: (service, call) =>
      active.flatMap((fault) => {
        const { rule } = fault;
        if (!matches(rule, service, call)) return [];
        fault.seen += 1;
        const limit = rule.times === 'always' ? Infinity : (rule.times ?? 1);
        if (fault.seen < (rule.nth ?? 1) || fault.hits >= limit) return [];
        if (rule.probability !== undefined && random.next() >= rule.probability) return [];
        fault.hits += 1;
        return [fault.effect];
      }),
  };
}

function effectOf({ effect }: FaultRule): FaultEffect {
  const whole: FaultEffect = 'kind' in effect ? effect : { kind: 'status', ...effect };
  if (Object.hasOwn(kinds, whole.kind)) return whole;
  throw new TypeError(`"effect.kind" is one of ${Object.keys(kinds).join(', ')}.`);
}

function matches(rule: FaultRule, service: string, call: Call): boolean {
  // Control stays reachable, or a fault for everything could not be lifted.
  if (service === 'control' && rule.service !== 'control') return false;
  if (rule.service !== undefined && rule.service !== service) return false;
  if (rule.method !== undefined && rule.method.toUpperCase() !== call.method) return false;
  if (rule.path !== undefined && !pathMatches(rule.path, call.url)) return false;
  return rule.match?.(call) ?? true;
}

function pathMatches(path: string | RegExp, url: URL): boolean {
  // A RegExp with the g flag remembers where it was: search() does not.
  if (typeof path !== 'string') return `${url.pathname}${url.search}`.search(path) >= 0;
  return path.endsWith('*') ? url.pathname.startsWith(path.slice(0, -1)) : url.pathname === path;
}
