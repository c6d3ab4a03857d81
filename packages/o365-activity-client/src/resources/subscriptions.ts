import { ApiError, parseEnvelope } from '@repo/client-core';
import type { OperationOptions } from '@repo/client-core';
import type { ContentType, Subscription } from '../models.js';
import { subscriptionSchema, subscriptionsSchema } from '../http/schemas.js';
import { callOptions } from '../http/service.js';
import type { Service } from '../http/service.js';
import { formatTime, timeOf } from '../http/time.js';
import type { TimeInput } from '../http/time.js';

/** Where the service announces new content. The listener must be up before the subscription is started. */
export interface WebhookRegistration {
  /** Begins with https://. */
  address: string;
  /** Sent back with every notification as `Webhook-AuthID`: make it long and random. */
  authId?: string;
  /** No notifications after this time. Default: none. */
  expiration?: TimeInput;
}

export interface StartOptions extends OperationOptions {
  webhook?: WebhookRegistration;
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
  /** Stops it; what becomes available until the next start is lost. */
  stop(contentType: ContentType, options?: OperationOptions): Promise<void>;
  /** Lists, then starts only what is not enabled. One failing type does not stop the others. */
  ensure(types: readonly ContentType[], options?: OperationOptions): Promise<EnsureOutcome[]>;
}

export function createSubscriptions(service: Service): Subscriptions {
  async function list(options: OperationOptions = {}): Promise<Subscription[]> {
    const operation = 'subscriptions.list';
    const reply = await service.feed(
      'subscriptions/list',
      {},
      {
        ...callOptions(options),
        operation,
        method: 'GET',
        check: (one) => void parseEnvelope(subscriptionsSchema, one.json(), operation),
      },
    );
    return parseEnvelope(subscriptionsSchema, reply.json(), operation);
  }

  async function start(contentType: ContentType, options: StartOptions = {}): Promise<Subscription> {
    const { webhook } = options;
    const operation = 'subscriptions.start';
    try {
      const reply = await service.feed(
        'subscriptions/start',
        { contentType },
        {
          ...callOptions(options),
          operation,
          method: 'POST',
          change: contentType,
          ...(webhook
            ? { body: webhookBody(webhook), headers: { 'content-type': 'application/json; charset=utf-8' } }
            : // Without a body some proxies want the length all the same.
              { body: new Uint8Array() }),
        },
      );
      return parseEnvelope(subscriptionSchema, reply.json(), operation);
    } catch (error) {
      if (ApiError.isInstance(error) && error.code === 'AF20024') return { contentType, status: 'enabled' };
      throw error;
    }
  }

  async function startForEnsure(contentType: ContentType, options: OperationOptions): Promise<EnsureOutcome> {
    try {
      await start(contentType, options);
      return { contentType, outcome: 'started' };
    } catch (error) {
      if (options.abortSignal?.aborted || !ApiError.isInstance(error)) throw error;
      return { contentType, outcome: 'failed', error };
    }
  }

  return {
    list,
    start,
    async stop(contentType, options = {}) {
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
    },
    async ensure(types, options = {}) {
      const enabled = new Set(
        (await list(options))
          .filter(({ status }) => status?.toLowerCase() === 'enabled')
          .map(({ contentType }) => contentType.toLowerCase()),
      );
      const outcomes: EnsureOutcome[] = [];
      for (const contentType of new Set(types))
        outcomes.push(
          enabled.has(contentType.toLowerCase())
            ? { contentType, outcome: 'already-enabled' }
            : await startForEnsure(contentType, options),
        );
      return outcomes;
    },
  };
}

function webhookBody({ address, authId, expiration }: WebhookRegistration): string {
  const until = expiration === undefined ? '' : `${formatTime(timeOf(expiration, 'webhook.expiration'))}Z`;
  return JSON.stringify({ webhook: { address, ...(authId !== undefined && { authId }), expiration: until } });
}
