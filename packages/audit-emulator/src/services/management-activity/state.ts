import type { StateBasics } from '../../server/state-basics.js';
import { contoso } from '../../data/contoso.js';
import { keep } from '../../server/snapshot.js';
import type { Keeper } from '../../server/snapshot.js';
import { contentTypes } from '../../data/audit/index.js';
import type { AuditScenario, ContentType } from '../../data/audit/index.js';
import { createFeedQuota } from './quota.js';
import type { FeedQuota } from './quota.js';
import { createBlobStore } from './content/store.js';
import type { StoredBlob, TenantStatus } from './content/store.js';
import { createSubscriptionStore } from './subscriptions/subscription-store.js';
import type { SubscriptionStore } from './subscriptions/subscription-store.js';
import { defaultSettings } from './settings.js';
import type { ManagementActivitySettings } from './settings.js';
import { createWebhooks } from './subscriptions/webhooks.js';
import type { Webhooks } from './subscriptions/webhooks.js';
import { publishLive, publishWeek } from './content/week.js';
import type { LiveOptions, PublishOptions, RecordsInput } from './content/week.js';

/** The Management Activity API's part of the state. */
export interface ManagementActivityState extends Keeper {
  readonly settings: ManagementActivitySettings;
  readonly quota: FeedQuota;
  readonly subscriptions: SubscriptionStore;
  readonly webhooks: Webhooks;
  /** Requests counted per publisher identifier; those without one under the zero GUID. */
  readonly publishers: Map<string, number>;
  /** Tenants that are not in order, by id in lower case. */
  readonly tenantStatus: Map<string, TenantStatus>;
  /** What posts notifications. Default: the global fetch. */
  webhookFetch: (request: Request) => Promise<Response>;
  /** Makes a blob of records and announces it to webhooks. */
  publish(contentType: ContentType, records: RecordsInput, options?: PublishOptions): StoredBlob;
  /** Everything published so far, expired and not yet listed blobs included, in order of availability. */
  blobs(tenantId?: string): readonly StoredBlob[];
  /** Blobs of all tenants, listed or not. */
  countBlobs(): number;
  findBlob(tenantId: string, contentId: string): StoredBlob | undefined;
  /** Forgets a tenant's blobs, the seeded week included. */
  clear(tenantId?: string): void;
  /** The scenarios inside the seeded week, with the ids an alert rule must find and must leave. */
  scenarios(): readonly AuditScenario[];
  /** Lets new blobs of contoso appear as the clock moves, from now on; `false` ends it. */
  live(options: LiveOptions | false): void;
}

export function createManagementActivityState(basics: StateBasics): ManagementActivityState {
  const { clock } = basics;
  const random = basics.random.fork('activity');
  const start = clock.now();
  const settings = defaultSettings();
  const store = createBlobStore();
  const subscriptions = createSubscriptionStore();
  // Made on first use: most tests never look at it.
  let scenarios: AuditScenario[] | undefined;
  let live: { origin: number; done: number; intervalInMs: number } | undefined;

  const add = (contentType: ContentType, records: RecordsInput, options: PublishOptions = {}): StoredBlob => {
    if (!contentTypes.includes(contentType)) throw new TypeError(`No such content type: ${contentType}`);
    const { created = clock.now(), tenantId = contoso.tenantId, contentId } = options;
    // Kept as text now: objects may be changed by their owner later.
    const kept = typeof records === 'function' ? records : fixed(records);
    return store.add({
      tenantId: tenantId.toLowerCase(),
      contentType,
      created,
      listedFrom: options.listedFrom ?? created,
      expires: options.expires ?? created + settings.expirationInMs,
      records: kept,
      ...(contentId !== undefined && { contentId }),
    });
  };
  const seeded = (): AuditScenario[] => {
    if (!scenarios) {
      scenarios = [];
      scenarios = publishWeek(add, random, start, basics.records);
    }
    return scenarios;
  };
  const catchUp = (): StoredBlob[] => {
    const fresh: StoredBlob[] = [];
    const now = clock.now();
    if (live && now > live.done) {
      publishLive((...blob) => fresh.push(add(...blob)), random, {
        origin: live.origin,
        from: live.done,
        to: now,
        intervalInMs: live.intervalInMs,
      });
      live.done = now;
    }
    return fresh;
  };
  const announceDue = (): void => {
    const fresh = catchUp();
    if (fresh.length > 0) state.webhooks.announce(fresh);
  };

  const state: ManagementActivityState = {
    settings,
    quota: createFeedQuota(basics),
    subscriptions,
    publishers: new Map(),
    tenantStatus: new Map(),
    webhookFetch: (request) => globalThis.fetch(request),
    webhooks: createWebhooks({
      clock,
      random,
      settings,
      subscriptions,
      fetch: (request) => state.webhookFetch(request),
      nextLive: () => {
        announceDue();
        return live && live.intervalInMs - ((clock.now() - live.origin) % live.intervalInMs);
      },
    }),
    publish: (contentType, records, options) => {
      const blob = add(contentType, records, options);
      state.webhooks.announce([blob]);
      return blob;
    },
    blobs: (tenantId = contoso.tenantId) => {
      seeded();
      announceDue();
      return store.list(tenantId.toLowerCase());
    },
    countBlobs: () => {
      seeded();
      announceDue();
      return store.count();
    },
    findBlob: (tenantId, contentId) => {
      seeded();
      announceDue();
      return store.find(tenantId.toLowerCase(), contentId);
    },
    clear: (tenantId = contoso.tenantId) => {
      scenarios ??= [];
      store.clear(tenantId.toLowerCase());
    },
    scenarios: seeded,
    keep: () => {
      const { quota, webhooks, publishers, tenantStatus, webhookFetch } = state;
      const told = scenarios;
      const lively = live && { ...live };
      const restores = [settings, quota, webhooks, subscriptions, store].map((part) => keep(part));
      restores.push(keep({ publishers, tenantStatus }));
      return () => {
        scenarios = told;
        live = lively && { ...lively };
        state.webhookFetch = webhookFetch;
        for (const restore of restores) restore();
      };
    },
    live: (options) => {
      catchUp();
      const now = clock.now();
      live =
        options === false
          ? undefined
          : { origin: now, done: now, intervalInMs: options.intervalInMs ?? 120_000 };
      if (live) state.webhooks.watch();
    },
  };
  return state;
}

function fixed(records: Iterable<string | object>): () => string[] {
  const texts = Array.from(records, (record) =>
    typeof record === 'string' ? record : JSON.stringify(record),
  );
  return () => texts;
}
