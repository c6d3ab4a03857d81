import { createRandom } from '../../../data/random.js';
import type { FeedCall } from '../feed-call.js';
import { turnPage } from './pages.js';
import { sendJson } from '../respond.js';
import { contentTypeOfCall, requireSubscription } from '../subscriptions/subscriptions.js';
import type { Subscription } from '../subscriptions/subscription.js';
import type { StoredBlob } from './store.js';
import { describeBlob } from '../subscriptions/webhooks.js';
import { windowOf } from './window.js';

/** Lists the blobs of a window by `contentCreated`, in the order in which they became available. */
export function listContent(feed: FeedCall): Response {
  const { managementActivity } = feed.state;
  const contentType = contentTypeOfCall(feed);
  const window = windowOf(feed);
  const subscription = requireSubscription(feed, contentType);
  const blobs = managementActivity
    .blobs(feed.tenantId)
    .filter(
      (blob) =>
        blob.contentType === contentType &&
        blob.created >= window.start &&
        blob.created < window.end &&
        isVisible(blob, subscription, feed),
    );
  const page = turnPage(feed, 'subscriptions/content', window, blobs, (blob) => blob.sequence);
  const origin = managementActivity.settings.foreignOrigin ?? feed.call.url.origin;
  const shown = page.items.map((blob) => describeBlob(blob, origin));
  const order = managementActivity.settings.shuffledPages
    ? shuffled(shown, String(page.items[0]?.sequence))
    : shown;
  return sendJson(feed, 200, order, page.headers);
}

function isVisible(blob: StoredBlob, subscription: Subscription, feed: FeedCall): boolean {
  const { listedFrom } = blob;
  return (
    listedFrom <= feed.now &&
    blob.expires > feed.now &&
    listedFrom >= subscription.firstStart - feed.state.managementActivity.settings.backfillInMs &&
    !subscription.gaps.some((gap) => listedFrom >= gap.from && listedFrom < gap.to)
  );
}

function shuffled<T>(items: readonly T[], seed: string): T[] {
  const random = createRandom(seed);
  return items
    .map((item) => ({ item, key: random.next() }))
    .toSorted((one, other) => one.key - other.key)
    .map(({ item }) => item);
}
