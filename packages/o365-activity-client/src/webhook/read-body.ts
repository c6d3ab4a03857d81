import { WebhookError } from './webhook-error.js';
import type { WebhookRequest } from './webhook-types.js';

/** How much of a body is read, and for how long. */
interface BodyLimits {
  maxBytes: number;
  timeoutInMs: number;
}

/** The body as JSON. A value that a body parser has made of it is taken as it is. */
export async function readBody(request: WebhookRequest, limits: BodyLimits): Promise<unknown> {
  const { body } = request;
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > limits.maxBytes) throw tooLong(limits);
  if (isParsed(body)) return body;
  const bytes = await withDeadline(readBytes(request, limits), limits.timeoutInMs);
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    throw new WebhookError(`the body (${bytes.byteLength} bytes) is not JSON`, {
      code: 'BodyNotJson',
      status: 400,
    });
  }
}

function isParsed(body: unknown): boolean {
  return typeof body === 'object' && body !== null && !isIterable(body) && !isBytes(body) && !isStream(body);
}

async function readBytes(request: WebhookRequest, limits: BodyLimits): Promise<Uint8Array> {
  const { body } = request;
  try {
    if (isIterable(body)) return await readStream(body, limits);
    const whole =
      typeof body === 'string'
        ? new TextEncoder().encode(body)
        : isBytes(body)
          ? body
          : new Uint8Array(await request.arrayBuffer());
    if (whole.byteLength > limits.maxBytes) throw tooLong(limits);
    return whole;
  } catch (cause) {
    if (WebhookError.isInstance(cause)) throw cause;
    throw new WebhookError(
      'the body cannot be read. Mount the handler before any body parser, or hand over what the parser made of it',
      { code: 'BodyUnreadable', status: 400, cause },
    );
  }
}

async function readStream(body: AsyncIterable<Uint8Array>, limits: BodyLimits): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limits.maxBytes) throw tooLong(limits);
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}

/** A sender that stops in the middle of a body must not hold a connection. */
async function withDeadline<T>(work: Promise<T>, timeoutInMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new WebhookError(`the body did not arrive within ${timeoutInMs} ms`, {
            code: 'BodyTimeout',
            status: 408,
          }),
        ),
      timeoutInMs,
    );
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
    // The work may fail after the deadline: nobody waits for it then.
    work.catch(() => {});
  }
}

function tooLong({ maxBytes }: BodyLimits): WebhookError {
  return new WebhookError(`the body is longer than maxBytes (${maxBytes})`, {
    code: 'BodyTooLong',
    status: 413,
  });
}

function isIterable(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

/** A stream that is not iterable: its owner reads it, by `arrayBuffer`. */
function isStream(body: object): boolean {
  return 'getReader' in body;
}

function isBytes(body: unknown): body is Uint8Array {
  return body instanceof Uint8Array;
}
