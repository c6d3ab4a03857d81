import { ArgumentError, ResponseFormatError } from '@repo/client-core';
import type { HttpReply } from '@repo/client-core';

/** An answer that is one record, handed on as parsed. */
export function readRecord(reply: HttpReply, operation: string): object {
  const value = reply.json();
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ResponseFormatError(`${operation}: the answer is JSON, but no record.`, {
      status: reply.status,
    });
  return value;
}

/** An answer whose content is not documented: anything but the page of a proxy or a sign-in, which says nothing was done. */
export function readNothing(reply: HttpReply, operation: string): undefined {
  notPage(reply, operation);
}

/** An answer that is text of its own. */
export function readText(reply: HttpReply, operation: string): string {
  notPage(reply, operation);
  return reply.text();
}

function notPage(reply: HttpReply, operation: string): void {
  const contentType = reply.headers.get('content-type') ?? '';
  if (!/html/i.test(contentType) && !/^\s*<(!doctype|html)/i.test(reply.text().slice(0, 200))) return;
  throw new ResponseFormatError(
    `${operation} returned HTTP ${reply.status}, but an HTML page: a proxy or a sign-in may be in between. Whether it was done is not known.`,
    { status: reply.status, mediaType: contentType },
  );
}

/** An id as one segment of a path: nothing in it may lead elsewhere. */
export function segment(path: string, id: string): string {
  if (typeof id !== 'string' || id === '' || id === '.' || id === '..')
    throw new ArgumentError(path, 'is empty or no id', 'Give the _id of the record.');
  return encodeURIComponent(id);
}
