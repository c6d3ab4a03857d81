import { createHmac } from 'node:crypto';

/** The signature of a Data Collector request, over the length of its body in bytes. */
export function sharedKeySignature(
  key: string,
  contentLength: number,
  contentType: string,
  date: string,
): string {
  const text = `POST\n${contentLength}\n${contentType}\nx-ms-date:${date}\n/api/logs`;
  return createHmac('sha256', Buffer.from(key, 'base64')).update(text, 'utf8').digest('base64');
}
