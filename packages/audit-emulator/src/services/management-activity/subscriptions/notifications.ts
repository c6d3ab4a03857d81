import type { FeedCall } from '../feed-call.js';
import { turnPage } from '../content/pages.js';
import { sendJson } from '../respond.js';
import { contentTypeOfCall, requireSubscription } from './subscriptions.js';
import { describeBlob } from './webhooks.js';
import { windowOf } from '../content/window.js';

/** Lists the attempts to notify, successful or not, of blobs created in the window. */
export function listNotifications(feed: FeedCall): Response {
  const contentType = contentTypeOfCall(feed);
  const window = windowOf(feed);
  requireSubscription(feed, contentType);
  const attempts = feed.state.managementActivity.webhooks.sent
    .map((attempt, i) => ({ ...attempt, number: i + 1 }))
    .filter(
      ({ tenantId, appId, blob }) =>
        tenantId === feed.tenantId &&
        appId === feed.appId &&
        blob.contentType === contentType &&
        blob.created >= window.start &&
        blob.created < window.end,
    );
  const page = turnPage(feed, 'subscriptions/notifications', window, attempts, (attempt) => attempt.number);
  const shown = page.items.map(({ blob, origin, sent, status }) => ({
    ...describeBlob(blob, origin),
    notificationSent: new Date(sent).toISOString(),
    notificationStatus: status,
  }));
  return sendJson(feed, 200, shown, page.headers);
}
