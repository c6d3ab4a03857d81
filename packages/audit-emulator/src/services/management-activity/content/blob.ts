import { af } from '../errors.js';
import type { FeedCall } from '../feed-call.js';
import { send } from '../respond.js';

/** A blob's records as one JSON array, written while it is read. */
export function getBlob(feed: FeedCall, contentId: string): Response {
  const { managementActivity } = feed.state;
  // The first word of permission is the feed's; the content type has the last, once known.
  feed.requirePermission();
  if (!/^\d+\$\d+\$[\w$.-]+$/.test(contentId)) throw af.contentId(contentId);
  const blob = managementActivity.findBlob(feed.tenantId, contentId);
  if (!blob || blob.listedFrom > feed.now) throw af.contentUnknown(contentId);
  feed.requirePermission(blob.contentType);
  if (blob.expires <= feed.now) throw af.contentExpired(contentId);
  return send(feed, 200, arrayOf(blob.records()), {
    'Content-Type': managementActivity.settings.blobContentType,
  });
}

const chunkSize = 64 * 1024;

function arrayOf(records: Iterable<string>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const source = records[Symbol.iterator]();
  let separator = '[';
  return new ReadableStream({
    pull: (controller) => {
      let chunk = '';
      while (chunk.length < chunkSize) {
        const next = source.next();
        if (next.done) {
          controller.enqueue(encoder.encode(`${chunk}${separator === '[' ? '[]' : ']'}`));
          controller.close();
          return;
        }
        chunk += separator + next.value;
        separator = ',';
      }
      controller.enqueue(encoder.encode(chunk));
    },
  });
}
