import { ArgumentError, bearerAuthorizer, untilAborted } from '@repo/client-core';
import type { AttemptContext, Authorization, Clock, TokenCredential } from '@repo/client-core';

const kind: unique symbol = Symbol.for('mcas-client.api-token');

/** An API token of the portal, made by `apiToken`. */
export interface ApiTokenCredential {
  readonly [kind]: true;
  /** True when `read` may give another token after a refusal. */
  readonly renewable: boolean;
  read(): Promise<string>;
}

/**
 * An API token of Settings → Cloud Apps → System → API tokens, sent as `Authorization: Token …`. A callback is
 * called on first use and once more when the service answers 401, so that a vault can rotate the token. Such a
 * token has the rights of the user who made it, and is the only kind of credential that may read files.
 */
export function apiToken(token: string | (() => string | Promise<string>)): ApiTokenCredential {
  if (typeof token === 'string') checkToken(token);
  else if (typeof token !== 'function')
    throw new ArgumentError('token', 'is neither a string nor a function', 'Give the token or a callback.');
  return {
    [kind]: true,
    renewable: typeof token === 'function',
    read: async () => {
      const value = typeof token === 'string' ? token : await token();
      checkToken(value);
      return value;
    },
  };
}

function checkToken(token: unknown): void {
  // Never with the value: it is a secret even when it is wrong.
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token))
    throw new ArgumentError(
      'token',
      'is empty or holds blanks',
      'Give the API token alone, case kept, without the word Token before it.',
    );
}

/** Whether this is an API token, and not a credential of Entra ID. */
export function isApiToken(credential: unknown): credential is ApiTokenCredential {
  return typeof credential === 'object' && credential !== null && kind in credential;
}

/** How each attempt is signed with this credential. */
export function createAuthorizer(
  credential: ApiTokenCredential | TokenCredential,
  scope: string,
  clock: Clock,
): (context: AttemptContext) => Promise<Authorization> {
  if (isApiToken(credential)) {
    let current: Promise<string> | undefined;
    return async ({ abortSignal }) => {
      current ??= credential.read();
      const mine = current;
      let token: string;
      try {
        token = await untilAborted(mine, abortSignal);
      } catch (error) {
        // Who gives up leaves the question open for the others.
        if (current === mine && !abortSignal?.aborted) current = undefined;
        throw error;
      }
      const headers = { authorization: `Token ${token}` };
      if (!credential.renewable) return { headers };
      return { headers, refused: () => void (current === mine && (current = undefined)) };
    };
  }
  return bearerAuthorizer(credential, scope, clock);
}
