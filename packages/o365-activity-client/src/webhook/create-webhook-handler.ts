import { ArgumentError } from '@repo/client-core';
import { z } from 'zod';
import { readLimited } from './read-limited.js';
import type { WebhookContent, WebhookHandler, WebhookOptions, WebhookResponse } from './webhook-types.js';

const defaultMaxBytes = 1024 * 1024;

const validation = z.looseObject({ validationCode: z.string() });
const notification: z.ZodType<WebhookContent[]> = z.array(
  z.looseObject({
    tenantId: z.string().exactOptional(),
    clientId: z.string().exactOptional(),
    contentType: z.string(),
    contentId: z.string(),
    contentUri: z.string(),
    contentCreated: z.string(),
    contentExpiration: z.string(),
  }),
);

/**
 * Answers the service's validation request and its notifications. Notifications are not signed: the only proof
 * is `Webhook-AuthID`, so it is required here and compared in constant time.
 */
export function createWebhookHandler(options: WebhookOptions): WebhookHandler {
  const authIds = typeof options.authId === 'string' ? [options.authId] : options.authId;
  if (authIds.length === 0 || authIds.some((one) => one === ''))
    throw new ArgumentError(
      'options.authId',
      'is empty',
      'Give the authId the subscription was started with.',
    );
  const { maxBytes = defaultMaxBytes, timeoutInMs = 30_000 } = options;

  async function deliver(contents: WebhookContent[]): Promise<WebhookResponse> {
    const deadline = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await Promise.race([
        options.onContent(contents, { abortSignal: deadline.signal }),
        new Promise((_, reject) => {
          timer = setTimeout(() => {
            const late = new DOMException('onContent took too long', 'TimeoutError');
            deadline.abort(late);
            reject(late);
          }, timeoutInMs);
        }),
      ]);
      return { status: 200 };
    } catch (error) {
      options.onError?.(error);
      return { status: 500 };
    } finally {
      clearTimeout(timer);
    }
  }

  return async (request) => {
    if (request.method !== 'POST') return { status: 405 };
    const given = request.headers.get('webhook-authid') ?? '';
    // All are compared, so that the time taken does not tell which.
    if (!authIds.map((one) => sameText(given, one)).includes(true)) return { status: 401 };
    const declared = Number(request.headers.get('content-length') ?? 0);
    const bytes = declared > maxBytes ? undefined : await readLimited(request, maxBytes);
    if (!bytes) return { status: 413 };
    let body: unknown;
    try {
      body = JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      body = undefined;
    }
    if (!Array.isArray(body)) {
      const validating =
        request.headers.get('webhook-validationcode') !== null || validation.safeParse(body).success;
      return { status: validating ? 200 : 400 };
    }
    const contents = notification.safeParse(body);
    return contents.success ? deliver(contents.data) : { status: 400 };
  };
}

/** Takes as long for a wrong text as for the right one. */
function sameText(given: string, expected: string): boolean {
  const encoder = new TextEncoder();
  const a = encoder.encode(given);
  const b = encoder.encode(expected);
  let difference = a.length ^ b.length;
  for (let at = 0; at < b.length; at += 1) difference |= (a[at] ?? 0) ^ (b[at] as number);
  return difference === 0;
}
