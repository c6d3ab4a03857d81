import { ArgumentError } from './errors.js';

/** What a token belongs to. */
export interface TokenBinding {
  /** What made it, for example `activities.scan`. */
  kind: string;
  /** Of the format of its state. */
  version: number;
  /** Of the query, by `createFingerprint`. */
  fingerprint: string;
}

export interface DecodeOptions extends TokenBinding {
  /** The argument that holds the token. Default `continuationToken`. */
  path?: string | undefined;
}

interface Envelope {
  k: string;
  v: number;
  q: string;
  s: unknown;
}

const hint = 'A token is opaque: pass it back unmodified, with the query that gave it.';

/** A continuation token or cursor: JSON in base64url, valid in any process. The state must be JSON. */
export function encodeToken({
  kind,
  version,
  fingerprint,
  state,
}: TokenBinding & { state: unknown }): string {
  const envelope: Envelope = { v: version, k: kind, q: fingerprint, s: state };
  const bytes = new TextEncoder().encode(JSON.stringify(envelope));
  let binary = '';
  for (let start = 0; start < bytes.length; start += 4096)
    binary += String.fromCharCode(...bytes.subarray(start, start + 4096));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * The state of a token made by `encodeToken`. What the state holds is for the caller to check.
 * @throws ArgumentError for text that is no token, and for a token of another kind, version or query.
 */
export function decodeToken(text: string, options: DecodeOptions): unknown {
  const { kind, version, fingerprint, path = 'continuationToken' } = options;
  const { k, v, q, s } = parseEnvelope(text) ?? {};
  if (k !== kind) throw new ArgumentError(path, `is not a token of ${kind}`, hint);
  if (v !== version)
    throw new ArgumentError(
      path,
      `has version ${String(v)}, this release reads ${version}`,
      'Start again without it.',
    );
  if (q !== fingerprint) throw new ArgumentError(path, 'belongs to another query', hint);
  return s;
}

function parseEnvelope(text: unknown): Partial<Envelope> | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    // Truncated or foreign text: the caller says so.
    return undefined;
  }
}
