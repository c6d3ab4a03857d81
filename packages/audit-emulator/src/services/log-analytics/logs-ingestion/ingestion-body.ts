import { gunzipSync } from 'node:zlib';
import type { Call } from '../../../server/service.js';
import { parseJson } from '../json.js';

/** A refusal; without a code it has no body. */
export interface IngestionError {
  readonly status: number;
  readonly code?: string;
  readonly message?: string;
  readonly retryAfterInSeconds?: number;
}

export type Body = { ok: true; value: unknown; bytes: number } | { ok: false; error: IngestionError };

/** Decompresses and parses a body. The codes of malformed bodies are not documented. */
export function readBody(call: Call, maxBytes: number, payloadSizeStatus: number): Body {
  const malformed = (message: string): Body => ({
    ok: false,
    error: { status: 400, code: 'InvalidPayload', message },
  });
  // Observed: an empty body is answered with 500 and no code.
  if (call.body.length === 0) return { ok: false, error: { status: 500 } };
  const encoding = call.headers.get('content-encoding')?.toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip')
    return malformed('The content encoding is not supported.');
  let bytes: Uint8Array = call.body;
  if (encoding === 'gzip') {
    try {
      bytes = gunzipSync(call.body, { maxOutputLength: maxBytes });
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_BUFFER_TOO_LARGE')
        return malformed('The body is not gzip.');
      return tooLarge(payloadSizeStatus, maxBytes);
    }
  }
  if (bytes.length > maxBytes) return tooLarge(payloadSizeStatus, maxBytes);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { ok: true, value: parseJson(text), bytes: bytes.length };
  } catch {
    return malformed('The body is malformed JSON.');
  }
}

function tooLarge(status: number, maxBytes: number): Body {
  const message = `Maximum allowed decompressed payload: ${maxBytes} bytes.`;
  return { ok: false, error: { status, code: 'PayloadSizeLimitExceeded', message } };
}
