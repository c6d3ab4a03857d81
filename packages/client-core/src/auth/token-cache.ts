import { untilAborted } from '../abort.js';
import { systemClock } from '../clock.js';
import { AuthenticationError } from '../errors.js';
import type { AccessToken, TokenCredential } from './credential.js';
import type { Clock } from '../types.js';

/** A fresh token is fetched in the background this long before the old one ends. */
const refreshAheadInMs = 120_000;
/** This close to its end a token is not used any more. */
const unusableInMs = 1000;
/** After a failed background refresh, the next try waits this long. */
const retryBackgroundInMs = 3000;

export interface TokenCache {
  get(scope: string, abortSignal?: AbortSignal): Promise<string>;
  /** The service refused this token: the next `get` fetches another. */
  invalidate(scope: string, token: string): void;
}

interface Entry {
  token?: AccessToken | undefined;
  refused?: boolean;
  pending?: Promise<AccessToken> | undefined;
  noBackgroundBefore?: number;
}

/** The only cache of tokens: one refresh in flight per scope, refreshed ahead of expiry. */
export function createTokenCache(credential: TokenCredential, clock: Clock = systemClock): TokenCache {
  const entries = new Map<string, Entry>();

  const entryOf = (scope: string): Entry => {
    const entry = entries.get(scope) ?? {};
    entries.set(scope, entry);
    return entry;
  };

  // Without the caller's signal: others wait for the same refresh.
  function refresh(scope: string, entry: Entry): Promise<AccessToken> {
    entry.pending ??= (async () => {
      try {
        const token = await credential.getToken(scope, entry.refused ? { forceRefresh: true } : {});
        if (!token)
          throw new AuthenticationError(
            `The credential gave no token for ${scope}. Check that it is configured for this tenant and cloud.`,
          );
        entry.refused = false;
        return (entry.token = token);
      } finally {
        entry.pending = undefined;
      }
    })();
    return entry.pending;
  }

  return {
    async get(scope, abortSignal) {
      abortSignal?.throwIfAborted();
      const entry = entryOf(scope);
      const { token } = entry;
      const now = clock.now();
      if (!token || now >= token.expiresOnTimestamp - unusableInMs)
        return (await untilAborted(refresh(scope, entry), abortSignal)).token;
      const refreshAt = token.refreshAfterTimestamp ?? token.expiresOnTimestamp - refreshAheadInMs;
      if (now >= refreshAt && now >= (entry.noBackgroundBefore ?? 0)) {
        entry.noBackgroundBefore = now + retryBackgroundInMs;
        refresh(scope, entry).catch(() => {
          // The old token still works; the next call tries again.
        });
      }
      return token.token;
    },
    invalidate(scope, token) {
      const entry = entryOf(scope);
      if (entry.token?.token !== token) return;
      entry.token = undefined;
      entry.refused = true;
    },
  };
}
