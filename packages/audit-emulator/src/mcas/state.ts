import { contoso } from '../contoso.js';
import { activitySample } from '../data/mcas/samples.js';
import { generateActivities } from '../data/mcas/activities.js';
import { generateSharing } from '../data/mcas/sharing.js';
import type { WorldBasics } from '../world.js';
import { defaultMcasOptions } from './options.js';
import type { McasOptions } from './options.js';
import type { McasActivity } from './records.js';

/** A legacy API token: it acts for the portal user who made it. */
export interface ApiToken {
  tenantId: string;
  /** A security reader's token: it cannot change data. Default false. */
  readOnly?: boolean;
  /** The owner may not use tokens (any more). Default false. */
  ownerNotPermitted?: boolean;
}

/** Cloud App Security of the seeded tenant. Everything may be changed from outside. */
export interface McasState {
  /**
   * In any order; push more at any time. A record shows when the clock reaches its `created`, so future ones may be put
   * here at once. Seeded on first use: about 6,000 of the week before the start, the story of the last three hours and
   * one published sample.
   */
  activities: McasActivity[];
  /** What `feedback` was called with, in order. */
  readonly feedback: Record<string, unknown>[];
  /** Accepted `Authorization: Token …` values, by the token. */
  readonly tokens: Map<string, ApiToken>;
  readonly options: McasOptions;
  /** Times of the requests inside the current quota minute, by tenant. */
  readonly requests: Map<string, number[]>;
}

const week = 7 * 86_400_000;

export function createMcasState(basics: WorldBasics): McasState {
  const start = basics.clock.now();
  const seed = basics.random.fork('mcas').guid();
  const activities = lazy(() => [
    JSON.parse(activitySample) as McasActivity,
    ...generateActivities({ seed, count: 6000, from: start - week, to: start }),
    ...generateSharing({ seed, to: start }),
  ]);
  return {
    get activities() {
      return activities.get();
    },
    set activities(all) {
      activities.set(all);
    },
    feedback: [],
    tokens: new Map([[contoso.mcasToken, { tenantId: contoso.tenantId }]]),
    options: defaultMcasOptions(),
    requests: new Map(),
  };
}

/** Most tests never look at a given list: what nobody reads is not made. */
function lazy<T>(make: () => T): { get(): T; set(value: T): void } {
  let made: { value: T } | undefined;
  return {
    get: () => (made ??= { value: make() }).value,
    set: (value) => {
      made = { value };
    },
  };
}
