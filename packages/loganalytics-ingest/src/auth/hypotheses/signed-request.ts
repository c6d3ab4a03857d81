import { encodeBase64, encodeLatin1, encodeText, signBytes, signText } from '../signing.js';

/** A refused request, as far as its signature goes. */
export interface SignedRequest {
  readonly sharedKey: string;
  /** The key's bytes; undefined when it is not base64. */
  readonly key: Uint8Array | undefined;
  readonly otherKeys: readonly string[];
  readonly workspaceId: string | undefined;
  readonly body: Uint8Array;
  readonly date: string;
  readonly contentType: string | undefined;
  /** Of the Authorization header. */
  readonly signature: string;
}

/** A mistake, and the signatures it would make. */
export interface Hypothesis {
  readonly finding: string;
  /** Signatures, base64 unless the mistake is another writing of it. */
  signatures(request: SignedRequest): Iterable<string>;
}

interface Parts {
  method: string;
  length: string | number;
  contentType: string;
  date: string;
  path: string;
}

export const getParts = ({ body, date }: SignedRequest): Parts => ({
  method: 'POST',
  length: body.byteLength,
  contentType: 'application/json',
  date: `x-ms-date:${date}`,
  path: '/api/logs',
});

export const getLines = ({ method, length, contentType, date, path }: Parts): string[] => [
  method,
  String(length),
  contentType,
  date,
  path,
];

export const joinParts = (parts: Parts): string => getLines(parts).join('\n');

/** Signatures over variants of one part of the string to sign. */
export function* signVariants<Name extends keyof Parts>(
  request: SignedRequest,
  name: Name,
  values: Iterable<Parts[Name]>,
): Generator<string> {
  const { key } = request;
  if (!key) return;
  for (const value of new Set(values))
    yield encodeBase64(signText(key, joinParts({ ...getParts(request), [name]: value })));
}

/** Signatures over other strings. */
export function* signTexts(request: SignedRequest, texts: Iterable<string>): Generator<string> {
  if (!request.key) return;
  for (const text of texts) yield encodeBase64(signText(request.key, text));
}

/** Signatures by other keys over the right string. */
export function* signByKeys(
  request: SignedRequest,
  keys: Iterable<Uint8Array | undefined>,
): Generator<string> {
  for (const key of keys)
    if (key) yield encodeBase64(signBytes(key, encodeText(joinParts(getParts(request)))));
}

/** The body as text; bytes that are no UTF-8 become U+FFFD. */
export const decodeText = (body: Uint8Array): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);

export function decodeLoosely(text: string): Uint8Array | undefined {
  try {
    return encodeLatin1(atob(text.trim().replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    return undefined;
  }
}
