import { ApiError, parseEnvelope, parseTime } from '@repo/client-core';
import type { OperationOptions, TimeInput } from '@repo/client-core';
import { subscriptionSchema, subscriptionsSchema } from '../http/schemas.js';
import { callOptions } from '../http/service.js';
import type { Service } from '../http/service.js';
import { formatTime } from '../http/time.js';
import type { ContentType, Subscription } from '../models.js';

/** Where the service announces new content. The listener must be up before the subscription is started. */
export interface WebhookRegistration {
  /** Begins with https://. */
  address: string;
  /** Sent back with every notification as `Webhook-AuthID`: make it long and random. */
  authId?: string | undefined;
  /** No notifications after this time. Default: none. */
  expiration?: TimeInput | undefined;
}

export interface StartOptions extends OperationOptions {
  webhook?: WebhookRegistration | undefined;
}

/** What `ensure` has done for one content type. */
export type EnsureOutcome =
  | { contentType: ContentType; outcome: 'already-enabled' | 'started' }
  | { contentType: ContentType; outcome: 'failed'; error: ApiError };

/**
 * Subscriptions of this app to content types of this tenant. Content that becomes available while a
 * subscription is stopped can never be read.
 */
export interface Subscriptions {
  /** All subscriptions of this app, enabled and disabled. */
  list(options?: OperationOptions): Promise<Subscription[]>;
  /**
   * Starts, updates or re-enables a subscription. One that is already enabled (AF20024) is success. The service
   * asks for 15 minutes between two starts of one type: prefer `ensure`.
   */
  start(contentType: ContentType, options?: StartOptions): Promise<Subscription>;
  /** Stops it; what becomes available until the next start is lost. One that does not exist (AF20022) is success. */
  stop(contentType: ContentType, options?: OperationOptions): Promise<void>;
  /** Lists, then starts only what is not enabled. One failing type does not stop the others. */
  ensure(types: readonly ContentType[], options?: OperationOptions): Promise<EnsureOutcome[]>;
}

export function createSubscriptions(service: Service): Subscriptions {
  return {
    list: (options = {}) => listSubscriptions(service, options),
    start: (contentType, options = {}) => startSubscription(service, contentType, options),
    stop: (contentType, options = {}) => stopSubscription(service, contentType, options),
    ensure: (types, options = {}) => ensureSubscriptions(service, types, options),
  };
}

async function listSubscriptions(service: Service, options: OperationOptions): Promise<Subscription[]> {
  const operation = 'subscriptions.list';
  const reply = await service.feed(
    'subscriptions/list',
    {},
    {
      ...callOptions(options),
      operation,
      method: 'GET',
      check: (answer) => void parseEnvelope(subscriptionsSchema, answer.json(), operation),
    },
  );
  return parseEnvelope(subscriptionsSchema, reply.json(), operation);
}

/** Already enabled without a change (AF20024) is success: another collector of this app was faster. */
export async function startSubscription(
  service: Service,
  contentType: ContentType,
  options: StartOptions,
): Promise<Subscription> {
  const { webhook } = options;
  const operation = 'subscriptions.start';
  // Without a body some proxies still require the length.
  const content = webhook
    ? { body: webhookBody(webhook), headers: { 'content-type': 'application/json; charset=utf-8' } }
    : { body: new Uint8Array() };
  try {
    const reply = await service.feed(
      'subscriptions/start',
      { contentType },
      { ...callOptions(options), ...content, operation, method: 'POST', change: contentType },
    );
    return parseEnvelope(subscriptionSchema, reply.json(), operation);
  } catch (error) {
    if (ApiError.isInstance(error) && error.code === 'AF20024') return { contentType, status: 'enabled' };
    throw error;
  }
}

async function stopSubscription(
  service: Service,
  contentType: ContentType,
  options: OperationOptions,
): Promise<void> {
  try {
    // 200 and 204 have been seen: nothing is read from the answer.
    await service.feed(
      'subscriptions/stop',
      { contentType },
      {
        ...callOptions(options),
        operation: 'subscriptions.stop',
        method: 'POST',
        change: contentType,
        body: new Uint8Array(),
      },
    );
  } catch (error) {
    if (!ApiError.isInstance(error) || error.code !== 'AF20022') throw error;
  }
}

async function ensureSubscriptions(
  service: Service,
  types: readonly ContentType[],
  options: OperationOptions,
): Promise<EnsureOutcome[]> {
  const enabled = new Set(
    (await listSubscriptions(service, options))
      .filter(({ status }) => status?.toLowerCase() === 'enabled')
      .map(({ contentType }) => contentType.toLowerCase()),
  );
  const outcomes: EnsureOutcome[] = [];
  for (const contentType of new Set(types))
    outcomes.push(
      enabled.has(contentType.toLowerCase())
        ? { contentType, outcome: 'already-enabled' }
        : await startForEnsure(service, contentType, options),
    );
  return outcomes;
}

async function startForEnsure(
  service: Service,
  contentType: ContentType,
  options: OperationOptions,
): Promise<EnsureOutcome> {
  try {
    await startSubscription(service, contentType, options);
    return { contentType, outcome: 'started' };
  } catch (error) {
    if (options.abortSignal?.aborted || !ApiError.isInstance(error)) throw error;
    return { contentType, outcome: 'failed', error };
  }
}

function webhookBody({ address, authId, expiration }: WebhookRegistration): string {
  const until = expiration === undefined ? '' : `${formatTime(parseTime(expiration, 'webhook.expiration'))}Z`;
  return JSON.stringify({ webhook: { address, authId, expiration: until } });
}
