import { ConnectionError } from '@repo/client-core';
import type { ErrorDescription } from '@repo/client-core';

const retirement =
  'Microsoft ended support for the HTTP Data Collector API on 14 September 2026; by its newest wording ingestion continues. The Logs Ingestion API is the successor.';

const hints: Readonly<Record<string, string>> = {
  InvalidAuthorization: 'Check workspace id, key and clock; explainSignature tells more.',
  InvalidStream:
    'Check that the stream is declared in the rule and starts with Custom-; a change of the rule needs up to 10 minutes.',
  NotFound: 'Check the immutable id of the rule and that the endpoint is in its region.',
  OperationFailed:
    'Give this identity the role Monitoring Metrics Publisher on the rule; an assignment needs up to 30 minutes.',
  InvalidLogType: 'Letters, digits and _ only, at most 100 characters.',
};

/** Error bodies of both APIs: `{"Error","Message"}` and `{"error":{"code","message"}}`. */
export function describeError(api: 'data-collector' | 'logs-ingestion') {
  return (reply: { status: number; headers: Headers; text: string }): ErrorDescription => {
    const { code, message } = parse(reply.text);
    const known = code ?? reply.headers.get('x-ms-error-code') ?? undefined;
    const gone = api === 'data-collector' && (reply.status === 404 || reply.status === 410);
    return {
      code: known,
      message,
      hint: gone
        ? `The URL is wrong, the request is too large, or the API is gone. ${retirement}`
        : known
          ? hints[known]
          : undefined,
      // Spurious refusals are reported; a fresh date and signature are worth one more attempt.
      ...(api === 'data-collector' && reply.status === 403 && { retryable: 'once' as const }),
    };
  };
}

/** A host of the Data Collector API that has no address may be a typing error, or the API gone: says both. */
export function withRetirement(error: unknown): unknown {
  if (!ConnectionError.isInstance(error) || error.code !== 'dns') return error;
  return new ConnectionError(
    `${error.message} The workspace id or cloud is wrong, or the API is gone. ${retirement}`,
    { code: 'dns', requestId: error.requestId, cause: error.cause },
  );
}

function parse(text: string): { code?: string; message?: string } {
  try {
    const body = JSON.parse(text) as {
      Error?: unknown;
      Message?: unknown;
      error?: { code?: unknown; message?: unknown };
    };
    const code = body.Error ?? body.error?.code;
    const message = body.Message ?? body.error?.message;
    return {
      ...(typeof code === 'string' && { code }),
      ...(typeof message === 'string' && { message: message.slice(0, 500) }),
    };
  } catch {
    return {};
  }
}
