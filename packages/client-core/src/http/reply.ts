import { ResponseFormatError } from '../errors.js';

export interface HttpReply {
  status: number;
  headers: Headers;
  /** The whole body, or its beginning when `rest` is there. */
  body: Uint8Array;
  /** What follows `body`, unread; not covered by retries. */
  rest?: AsyncIterable<Uint8Array>;
  requestId?: string;
  text(): string;
  /** Throws ResponseFormatError. */
  json(): unknown;
}

/** A 2xx response as the clients see it. */
export function toReply(
  { operation, host }: { operation: string; host: string },
  response: Response,
  body: Uint8Array,
  rest: AsyncIterable<Uint8Array> | undefined,
): HttpReply {
  const text = (): string => new TextDecoder().decode(body);
  const requestId = response.headers.get('x-ms-request-id') ?? undefined;
  return {
    status: response.status,
    headers: response.headers,
    body,
    ...(rest && { rest }),
    ...(requestId && { requestId }),
    text,
    json: () => {
      try {
        return JSON.parse(text()) as unknown;
      } catch {
        // Without the parser's message: it quotes the content.
        throw new ResponseFormatError(
          `${operation} returned HTTP ${response.status} from ${host}, but ${body.byteLength} bytes that are not JSON. A proxy or sign-in page may be in between: check the endpoint.`,
          {
            operation,
            host,
            status: response.status,
            requestId,
            length: body.byteLength,
            mediaType: response.headers.get('content-type') ?? undefined,
          },
        );
      }
    },
  };
}
