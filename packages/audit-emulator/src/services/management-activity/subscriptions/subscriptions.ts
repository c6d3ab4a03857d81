import type { ContentType } from '../../../data/audit/index.js';
import { contentTypes } from '../../../data/audit/index.js';
import { af } from '../errors.js';
import type { FeedCall } from '../feed-call.js';
import { sendJson } from '../respond.js';
import { readWebhook } from './webhook-start.js';
import type { Subscription, Webhook } from './subscription.js';

const fifteenMinutes = 15 * 60_000;

/** The content type asked for, if the caller's token may read it. */
export function contentTypeOfCall(feed: FeedCall): ContentType {
  const asked = feed.query('contentType');
  if (asked === undefined) throw af.missingParameter('contentType');
  const contentType = contentTypes.find((one) => one.toLowerCase() === asked.toLowerCase());
  if (!contentType) throw af.contentType();
  feed.requirePermission(contentType);
  return contentType;
}

/** The caller's enabled subscription, or AF20022 or AF20023. */
export function requireSubscription(feed: FeedCall, contentType: ContentType): Subscription {
  const { state, tenantId, appId, now } = feed;
  const { subscriptions, settings } = state.managementActivity;
  const subscription = subscriptions.get(tenantId, appId, contentType);
  if (!subscription || now < subscription.firstStart + settings.subscriptionReadyInMs)
    throw af.noSubscription();
  if (subscription.status === 'disabled') throw af.subscriptionDisabled(subscription.disabledBy);
  return subscription;
}

export async function start(feed: FeedCall): Promise<Response> {
  const { state, now, tenantId, appId } = feed;
  const { subscriptions, settings } = state.managementActivity;
  const contentType = contentTypeOfCall(feed);
  const existing = subscriptions.get(tenantId, appId, contentType);
  if (settings.fifteenMinuteRule && existing && now - existing.lastStart < fifteenMinutes) {
    throw af.throttled('StartSubscription', feed.publisherId);
  }
  const asked = readWebhook(feed);
  if (existing?.status === 'enabled') {
    const unchanged = asked
      ? existing.webhook?.status === 'enabled' && sameWebhook(existing.webhook, asked)
      : !existing.webhook || settings.bodylessStartKeepsWebhook;
    if (unchanged) throw af.alreadyEnabled();
  }
  const webhook = asked && (await state.managementActivity.webhooks.validate(asked));
  const subscription = subscriptions.enable(tenantId, appId, contentType, now);
  if (webhook ?? !settings.bodylessStartKeepsWebhook) subscription.webhook = webhook;
  if (webhook) state.managementActivity.webhooks.watch();
  return sendJson(feed, 200, shown(subscription));
}

export function stop(feed: FeedCall): Response {
  const { state, now, tenantId, appId } = feed;
  const subscription = state.managementActivity.subscriptions.get(tenantId, appId, contentTypeOfCall(feed));
  if (!subscription) throw af.noSubscription();
  state.managementActivity.subscriptions.disable(subscription, now);
  return sendJson(feed, state.managementActivity.settings.stopStatus, undefined);
}

export function list(feed: FeedCall): Response {
  feed.requirePermission();
  const { subscriptions, settings } = feed.state.managementActivity;
  const own = subscriptions.of(feed.tenantId, feed.appId).map((subscription) => {
    const { status, ...rest } = shown(subscription);
    return settings.listOmitsStatus ? rest : { contentType: rest.contentType, status, webhook: rest.webhook };
  });
  return sendJson(feed, 200, own);
}

function sameWebhook(one: Webhook, other: Pick<Webhook, 'address' | 'authId' | 'expiration'>): boolean {
  return one.address === other.address && one.authId === other.authId && one.expiration === other.expiration;
}

interface Shown {
  contentType: ContentType;
  status: string;
  webhook: { status: string; address: string; authId: string | null; expiration: string | null } | null;
}

function shown({ contentType, status, webhook }: Subscription): Shown {
  if (!webhook) return { contentType, status, webhook: null };
  const { address, authId, expiration } = webhook;
  return {
    contentType,
    status,
    webhook: { status: webhook.status, address, authId: authId ?? null, expiration: expiration ?? null },
  };
}
