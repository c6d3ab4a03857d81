import type { ContentType } from '../../../data/audit/index.js';
import { keep } from '../../../server/snapshot.js';
import type { Keeper } from '../../../server/snapshot.js';
import type { Subscription } from './subscription.js';

export interface SubscriptionStore extends Keeper {
  get(tenantId: string, appId: string, contentType: ContentType): Subscription | undefined;
  /** Of one application, in order of their first start. */
  of(tenantId: string, appId: string): Subscription[];
  all(): Iterable<Subscription>;
  /** Starts, or starts again; what became available in between stays hidden. */
  enable(tenantId: string, appId: string, contentType: ContentType, now: number): Subscription;
  disable(subscription: Subscription, now: number, by?: string): void;
}

export function createSubscriptionStore(): SubscriptionStore {
  const subscriptions = new Map<string, Subscription>();
  return {
    get: (...key) => subscriptions.get(key.join('|')),
    of: (tenantId, appId) =>
      [...subscriptions.values()].filter((one) => one.tenantId === tenantId && one.appId === appId),
    all: () => subscriptions.values(),
    enable: (tenantId, appId, contentType, now) => {
      const key = [tenantId, appId, contentType].join('|');
      let subscription = subscriptions.get(key);
      if (!subscription) {
        subscription = {
          tenantId,
          appId,
          contentType,
          status: 'enabled',
          webhook: undefined,
          firstStart: now,
          lastStart: now,
          disabledBy: '',
          gaps: [],
        };
        subscriptions.set(key, subscription);
      } else if (subscription.status === 'disabled') {
        const gap = subscription.gaps.at(-1);
        if (gap) gap.to = now;
        subscription.status = 'enabled';
      }
      subscription.lastStart = now;
      return subscription;
    },
    keep: () => keep({ subscriptions }),
    disable: (subscription, now, by = 'a tenant admin') => {
      if (subscription.status === 'disabled') return;
      subscription.status = 'disabled';
      subscription.disabledBy = by;
      subscription.webhook = undefined;
      subscription.gaps.push({ from: now, to: Infinity });
    },
  };
}
