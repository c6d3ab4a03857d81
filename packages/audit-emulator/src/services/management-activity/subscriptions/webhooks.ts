import { keep } from '../../../server/snapshot.js';
import type { Keeper } from '../../../server/snapshot.js';
import type { StateBasics } from '../../../server/state-basics.js';
import type { ContentType } from '../../../data/audit/index.js';
import { af } from '../errors.js';
import type { StoredBlob } from '../content/store.js';
import type { Webhook } from './subscription.js';
import type { SubscriptionStore } from './subscription-store.js';
import type { ManagementActivitySettings } from '../settings.js';
import { parseTime } from '../content/parse-time.js';

/** One attempt to deliver one blob's notification. */
export interface NotificationSent {
  readonly tenantId: string;
  readonly appId: string;
  readonly blob: StoredBlob;
  readonly origin: string;
  /** In ms. */
  readonly sent: number;
  readonly status: 'success' | 'failed';
}

export interface Webhooks extends Keeper {
  /** Posts the validation code; AF20021 unless the answer is 200. */
  validate(webhook: Webhook): Promise<Webhook>;
  /** Tells every live webhook of the blobs' content types, one POST per webhook; call again for a repetition. */
  announce(blobs: readonly StoredBlob[]): void;
  /** A webhook came: from now on live blobs are announced by the clock. */
  watch(): void;
  /** Resolves when no request is under way; retries that wait for the clock do not count. */
  idle(): Promise<void>;
  readonly sent: readonly NotificationSent[];
}

interface WebhookParts extends Pick<StateBasics, 'clock' | 'random'> {
  readonly settings: ManagementActivitySettings;
  readonly subscriptions: SubscriptionStore;
  /** What posts to the outside. */
  fetch(request: Request): Promise<Response>;
  /** Publishes live blobs that are due and gives the ms until the next; undefined when there are none to come. */
  nextLive(): number | undefined;
}

const answerDeadlineInMs = 10_000;

export function createWebhooks(parts: WebhookParts): Webhooks {
  const { clock, settings, subscriptions } = parts;
  const random = parts.random.fork('webhooks');
  const sent: NotificationSent[] = [];
  const underWay = new Set<Promise<unknown>>();
  let watching = false;

  const post = async (webhook: Webhook, body: unknown, headers: Record<string, string>): Promise<boolean> => {
    const request = new Request(webhook.address, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        ...(webhook.authId !== undefined && { 'Webhook-AuthID': webhook.authId }),
        ...headers,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(answerDeadlineInMs),
    });
    const answer = parts.fetch(request).then(
      // Only 200 counts: 201, 202 and 204 are failures.
      (response) => response.status === 200,
      () => false,
    );
    underWay.add(answer);
    try {
      return await answer;
    } finally {
      underWay.delete(answer);
    }
  };

  const current = (tenantId: string, appId: string, contentType: ContentType): Webhook | undefined => {
    const subscription = subscriptions.get(tenantId, appId, contentType);
    const webhook = subscription?.status === 'enabled' ? subscription.webhook : undefined;
    if (webhook?.status !== 'enabled') return undefined;
    const expiration = webhook.expiration === undefined ? undefined : parseTime(webhook.expiration);
    return expiration !== undefined && expiration <= clock.now() ? undefined : webhook;
  };

  const deliver = async (tenantId: string, appId: string, blobs: readonly StoredBlob[]): Promise<void> => {
    const [{ contentType }] = blobs as [StoredBlob];
    for (let attempt = 1; ; attempt++) {
      const webhook = current(tenantId, appId, contentType);
      if (!webhook) return;
      const { origin } = webhook;
      const ok = await post(
        webhook,
        blobs.map((blob) => ({ tenantId, clientId: appId, ...describeBlob(blob, origin) })),
        {},
      );
      const status = ok ? 'success' : 'failed';
      for (const blob of blobs) sent.push({ tenantId, appId, blob, origin, sent: clock.now(), status });
      if (ok) return;
      if (attempt >= settings.webhookAttempts) {
        webhook.status = 'disabled';
        return;
      }
      await clock.sleep(settings.webhookRetryInMs * 2 ** (attempt - 1));
    }
  };

  const track = (work: Promise<void>): void => void work.catch(() => undefined);

  const announce = (blobs: readonly StoredBlob[]): void => {
    for (const subscription of subscriptions.all()) {
      const { tenantId, appId, contentType } = subscription;
      if (!current(tenantId, appId, contentType)) continue;
      const own = blobs.filter((blob) => blob.tenantId === tenantId && blob.contentType === contentType);
      const due = own.filter((blob) => blob.listedFrom <= clock.now());
      if (due.length > 0) track(deliver(tenantId, appId, due));
      for (const late of own.filter((blob) => !due.includes(blob))) {
        track(clock.sleep(late.listedFrom - clock.now()).then(() => deliver(tenantId, appId, [late])));
      }
    }
  };

  const someoneListens = (): boolean =>
    [...subscriptions.all()].some((one) => current(one.tenantId, one.appId, one.contentType) !== undefined);

  const pump = async (): Promise<void> => {
    while (someoneListens()) {
      const wait = parts.nextLive();
      if (wait === undefined) break;
      await clock.sleep(wait);
    }
    watching = false;
  };

  return {
    validate: async (webhook) => {
      const validationCode = random.guid();
      const ok = await post(webhook, { validationCode }, { 'Webhook-ValidationCode': validationCode });
      if (!ok) throw af.webhook(webhook.address, 'The webhook endpoint did not return HTTP 200.');
      return webhook;
    },
    announce,
    keep: () => keep({ sent }),
    watch: () => {
      if (watching) return;
      watching = true;
      track(pump());
    },
    idle: async () => {
      // What an answer sets off begins within the same turn.
      do {
        await Promise.all(underWay);
        await new Promise((resolve) => setImmediate(resolve));
      } while (underWay.size > 0);
    },
    sent,
  };
}

/** A blob as listings and notifications show it; `contentUri` comes first on the wire. */
export function describeBlob(blob: StoredBlob, origin: string): Record<string, string> {
  return {
    contentUri: `${origin}/api/v1.0/${blob.tenantId}/activity/feed/audit/${blob.contentId}`,
    contentId: blob.contentId,
    contentType: blob.contentType,
    contentCreated: new Date(blob.created).toISOString(),
    contentExpiration: new Date(blob.expires).toISOString(),
  };
}
