import { contoso } from '../../data/contoso.js';
import { generateActivities } from '../../data/mcas/activities.js';
import { generateAlerts } from '../../data/mcas/alerts.js';
import { generateEntities, generateFiles } from '../../data/mcas/inventory.js';
import {
  activitySample,
  alertSample,
  alertSampleOfDocs,
  entitySample,
  fileSample,
  rangeSample,
  streamSample,
} from '../../data/mcas/samples.js';
import { generateSharing } from '../../data/mcas/sharing.js';
import type { StateBasics } from '../../server/state-basics.js';
import { defaultMcasSettings } from './settings.js';
import type { McasSettings } from './settings.js';
import type { McasActivity, McasAlert, McasRecord } from './records.js';

/** A legacy API token: it acts for the portal user who made it. */
export interface ApiToken {
  tenantId: string;
  /** A security reader's token: it cannot change data. Default false. */
  readOnly?: boolean;
  /** The owner may not use tokens (any more). Default false. */
  ownerNotPermitted?: boolean;
}

/** A log file on its way into cloud discovery. */
export interface DiscoveryUpload {
  id: string;
  /** The `sig` of its address. */
  signature: string;
  fileName: string;
  source: string;
  /** Blocks not yet put together, by id. */
  blocks: Map<string, Uint8Array>;
  /** The bytes, once they are all there. */
  content?: Uint8Array;
  /** Set by `done_upload`. */
  done?: { inputStreamName: string; uploadAsSnapshot: boolean };
}

/** Cloud App Security of the seeded tenant. Everything may be changed from outside. */
export interface McasState {
  /**
   * In any order; push more at any time. A record shows when the clock reaches its `created`, so future ones may be put
   * here at once. Seeded on first use: about 6,000 of the week before the start, the story of the last three hours and
   * one published sample.
   */
  activities: McasActivity[];
  /** Seeded on first use: 150 of thirty days and two published ones. */
  alerts: McasAlert[];
  entities: McasRecord[];
  files: McasRecord[];
  /** IP ranges. */
  readonly ranges: McasRecord[];
  /** How many ranges were ever made: their ids count up. */
  rangesMade: number;
  readonly uploads: DiscoveryUpload[];
  /** Continuous discovery reports. */
  readonly streams: McasRecord[];
  /** Discovered apps by category. */
  readonly categories: { id: string; total: number }[];
  /** Domains of banned apps, in block scripts. */
  readonly bannedDomains: string[];
  /** What `feedback` was called with, in order. */
  readonly feedback: Record<string, unknown>[];
  /** Accepted `Authorization: Token …` values, by the token. */
  readonly tokens: Map<string, ApiToken>;
  readonly settings: McasSettings;
  /** Times of the requests inside the current quota minute, by tenant. */
  readonly requests: Map<string, number[]>;
}

const week = 7 * 86_400_000;

export function createMcasState(basics: StateBasics): McasState {
  const start = basics.clock.now();
  const seed = basics.random.fork('mcas').guid();
  const activities = lazy(() => [
    JSON.parse(activitySample) as McasActivity,
    ...generateActivities({ seed, count: basics.records ?? 6000, from: start - week, to: start }),
    ...generateSharing({ seed, to: start }),
  ]);
  const alerts = lazy(() => [
    JSON.parse(alertSample) as McasAlert,
    JSON.parse(alertSampleOfDocs) as McasAlert,
    ...generateAlerts({ seed, count: 150, to: start }),
  ]);
  const entities = lazy(() => [parsed(entitySample), ...generateEntities({ to: start })]);
  const files = lazy(() => [parsed(fileSample), ...generateFiles({ seed, count: 130, to: start })]);
  return {
    get activities() {
      return activities.get();
    },
    set activities(all) {
      activities.set(all);
    },
    get alerts() {
      return alerts.get();
    },
    set alerts(all) {
      alerts.set(all);
    },
    get entities() {
      return entities.get();
    },
    set entities(all) {
      entities.set(all);
    },
    get files() {
      return files.get();
    },
    set files(all) {
      files.set(all);
    },
    ranges: [parsed(rangeSample)],
    rangesMade: 0,
    uploads: [],
    streams: [{ ...parsed(streamSample), _id: '5fda4399c4e2d2b9a8c0c050' }],
    categories: [
      { id: 'SAASDB_CATEGORY_PRODUCT_DESIGN', total: 2 },
      { id: 'SAASDB_CATEGORY_CLOUD_STORAGE', total: 7 },
    ],
    bannedDomains: ['application.com', 'application.be', 'application.co'],
    feedback: [],
    tokens: new Map([[contoso.mcasToken, { tenantId: contoso.tenantId }]]),
    settings: defaultMcasSettings(),
    requests: new Map(),
  };
}

function parsed(sample: string): McasRecord {
  return JSON.parse(sample) as McasRecord;
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
