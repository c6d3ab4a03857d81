import { text } from '../../../server/service.js';
import { af } from '../errors.js';
import type { FeedCall } from '../feed-call.js';
import { parseTime } from '../content/parse-time.js';
import type { Webhook } from './subscription.js';

/** The webhook in the body of a start request, not yet validated; none for an empty body. */
export function readWebhook(feed: FeedCall): Webhook | undefined {
  const body = text(feed.call).trim();
  if (body === '') return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw af.parameterType('body', 'json');
  }
  const webhook = member(parsed, 'webhook');
  if (webhook === undefined || webhook === null) return undefined;
  const address = member(webhook, 'address');
  if (typeof address !== 'string' || address === '') throw af.missingParameter('webhook.address');
  const secure = address.startsWith('https://');
  const tolerated = feed.state.managementActivity.settings.insecureWebhooks && address.startsWith('http://');
  if ((!secure && !tolerated) || !URL.canParse(address)) {
    throw af.webhook(address, 'The webhook address must begin with HTTPS.');
  }
  const authId = member(webhook, 'authId');
  const expiration = member(webhook, 'expiration');
  return {
    status: 'enabled',
    address,
    origin: feed.call.url.origin,
    ...(typeof authId === 'string' && { authId }),
    ...(typeof expiration === 'string' && expiration !== '' && { expiration: future(expiration, feed.now) }),
  };
}

function future(expiration: string, now: number): string {
  const at = parseTime(expiration);
  if (at === undefined) throw af.parameterType('webhook.expiration', 'datetime');
  if (at <= now) throw af.expirationPast(expiration);
  return expiration;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
