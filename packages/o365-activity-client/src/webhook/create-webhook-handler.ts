import { ArgumentError } from '@repo/client-core';
import { z } from 'zod';
import { readBody } from './read-body.js';
import { WebhookError } from './webhook-error.js';
import type { WebhookContent, WebhookHandler, WebhookOptions, WebhookRequest } from './webhook-types.js';

const defaultMaxBytes = 1024 * 1024;

const validation = z.looseObject({ validationCode: z.string() });
const announcement: z.ZodType<WebhookContent> = z.looseObject({
  tenantId: z.string().exactOptional(),
  clientId: z.string().exactOptional(),
  contentType: z.string(),
  contentId: z.string(),
  contentUri: z.string(),
  contentCreated: z.string(),
  contentExpiration: z.string(),
});

/**
 * Answers the service's validation request and its notifications. Notifications are not signed: the only proof
 * is `Webhook-AuthID`, so it is required here and compared in constant time.
 */
export function createWebhookHandler(options: WebhookOptions): WebhookHandler {
  const authIds = typeof options.authId === 'string' ? [options.authId] : options.authId;
  if (!Array.isArray(authIds) || authIds.length === 0 || authIds.some((authId) => !authId))
    throw new ArgumentError(
      'options.authId',
      'is empty',
      'Give the authId the subscription was started with.',
    );
  const { maxBytes = defaultMaxBytes, timeoutInMs = 30_000, bodyTimeoutInMs = 10_000 } = options;

  async function answer(request: WebhookRequest): Promise<void> {
    checkSender(request, authIds);
    const body = await readBody(request, { maxBytes, timeoutInMs: bodyTimeoutInMs });
    if (!Array.isArray(body)) {
      checkValidation(request, body);
      return;
    }
    const { contents, invalid } = sortItems(body);
    // One item of another shape must not make the service deliver the good ones again without end.
    if (invalid) {
      if (contents.length === 0) throw invalid;
      report(options, invalid);
    }
    await deliver(options, contents, timeoutInMs);
  }

  return async (request) => {
    try {
      await answer(request);
      return { status: 200 };
    } catch (thrown) {
      const error = WebhookError.isInstance(thrown)
        ? thrown
        : new WebhookError('the request cannot be read', {
            code: 'BodyUnreadable',
            status: 400,
            cause: thrown,
          });
      report(options, error);
      return { status: error.status as 400 };
    }
  };
}

function checkSender(request: WebhookRequest, authIds: readonly string[]): void {
  if (request.method !== 'POST')
    throw new WebhookError(`${request.method} is not POST, which the service sends`, {
      code: 'MethodNotAllowed',
      status: 405,
    });
  const given = request.headers.get('webhook-authid') ?? '';
  // All are compared, so that the time taken does not tell which.
  if (!authIds.map((authId) => isSameText(given, authId)).includes(true))
    throw new WebhookError(
      `Webhook-AuthID is ${given === '' ? 'missing' : 'wrong'}: not sent by the service, or the subscription was started with another authId`,
      { code: 'WrongAuthId', status: 401 },
    );
}

function checkValidation(request: WebhookRequest, body: unknown): void {
  if (request.headers.get('webhook-validationcode') !== null || validation.safeParse(body).success) return;
  throw new WebhookError('the body is neither a validation request nor a list of announced content', {
    code: 'UnknownBody',
    status: 400,
  });
}

function sortItems(items: readonly unknown[]): { contents: WebhookContent[]; invalid?: WebhookError } {
  const contents: WebhookContent[] = [];
  let firstInvalid: number | undefined;
  items.forEach((item, index) => {
    const parsed = announcement.safeParse(item);
    if (parsed.success) contents.push(parsed.data);
    else firstInvalid ??= index;
  });
  const count = items.length - contents.length;
  if (count === 0) return { contents };
  return {
    contents,
    invalid: new WebhookError(
      `${count} of ${items.length} items do not have the documented fields, the first at index ${firstInvalid}. The listing of content still finds what they announce`,
      { code: 'InvalidItems', status: contents.length > 0 ? 200 : 400 },
    ),
  };
}

async function deliver(
  options: WebhookOptions,
  contents: WebhookContent[],
  timeoutInMs: number,
): Promise<void> {
  const deadline = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new WebhookError(`onContent took longer than ${timeoutInMs} ms`, {
        code: 'HandlerTimeout',
        status: 500,
      });
      deadline.abort(error);
      reject(error);
    }, timeoutInMs);
  });
  try {
    await Promise.race([options.onContent(contents, { abortSignal: deadline.signal }), late]);
  } catch (cause) {
    if (WebhookError.isInstance(cause)) throw cause;
    throw new WebhookError('onContent has thrown; the service delivers again', {
      code: 'HandlerFailed',
      status: 500,
      cause,
    });
  } finally {
    clearTimeout(timer);
  }
}

/** A callback that throws must not change the answer. */
function report(options: WebhookOptions, error: WebhookError): void {
  try {
    options.onError?.(error);
  } catch {
    // The caller's own mistake.
  }
}

/** Takes as long for a wrong text as for the right one. */
function isSameText(given: string, expected: string): boolean {
  const encoder = new TextEncoder();
  const a = encoder.encode(given);
  const b = encoder.encode(expected);
  let difference = a.length ^ b.length;
  for (let index = 0; index < b.length; index += 1) difference |= (a[index] ?? 0) ^ (b[index] as number);
  return difference === 0;
}
