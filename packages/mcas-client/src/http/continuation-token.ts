import { ArgumentError } from '@repo/client-core';

const version = 1;

interface Wrapped {
  v: number;
  /** What the token belongs to. */
  k: string;
  /** Fingerprint of the query. */
  q: string;
  s: unknown;
}

const hint = 'Use a token only with the query that gave it, unchanged.';

/** A continuation token: JSON in base64url, versioned, good in any process. */
export function writeToken(kind: string, query: string, state: unknown): string {
  const wrapped: Wrapped = { v: version, k: kind, q: query, s: state };
  const bytes = new TextEncoder().encode(JSON.stringify(wrapped));
  let binary = '';
  for (let at = 0; at < bytes.length; at += 4096)
    binary += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Refuses, with an ArgumentError, what is no token, of another version, or of another query. */
export function readToken(kind: string, query: string, token: string): unknown {
  let wrapped: Partial<Wrapped> | null = null;
  try {
    const binary = atob(token.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    wrapped = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Wrapped> | null;
  } catch {
    // Told below: a cut or foreign text is the same mistake.
  }
  if (typeof wrapped !== 'object' || wrapped === null || wrapped.k !== kind)
    throw new ArgumentError('continuationToken', `is not a token of ${kind}`, hint);
  if (wrapped.v !== version)
    throw new ArgumentError(
      'continuationToken',
      `has version ${String(wrapped.v)}`,
      `This release reads ${version}.`,
    );
  if (wrapped.q !== query) throw new ArgumentError('continuationToken', 'belongs to another query', hint);
  return wrapped.s;
}
