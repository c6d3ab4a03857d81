import type { WebhookRequest } from './webhook-types.js';

/** The body, or undefined when it is longer than allowed. */
export async function readLimited(
  request: WebhookRequest,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const { body } = request;
  if (!isIterable(body)) {
    const whole = new Uint8Array(await request.arrayBuffer());
    return whole.byteLength > maxBytes ? undefined : whole;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

function isIterable(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
