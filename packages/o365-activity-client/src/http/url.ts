import { ApiError } from '@repo/client-core';

/**
 * The URL with PublisherIdentifier, set only if absent: without it the request counts in a pool shared with
 * strangers. The rest stays as the service wrote it, with its raw `$` signs.
 */
export function withPublisher(address: string, publisherId: string): string {
  const url = new URL(address);
  const there = [...url.searchParams.keys()].some((name) => name.toLowerCase() === 'publisheridentifier');
  if (!there) url.search += `${url.search ? '&' : '?'}PublisherIdentifier=${encodeURIComponent(publisherId)}`;
  return url.href;
}

/** A URL out of an answer gets our token only on our own origin. */
export function assertOwnOrigin(address: string, origin: string, operation: string): void {
  let actual: string | undefined;
  try {
    actual = new URL(address).origin;
  } catch {
    // Said below.
  }
  if (actual === origin) return;
  throw new ApiError(
    `${operation}: the service named an address on ${actual ?? 'no valid host'}, but this client sends its token only to ${origin}. Nothing was sent. Set options.endpoint to the host that serves this tenant.`,
    { code: 'ForeignOrigin' },
  );
}
