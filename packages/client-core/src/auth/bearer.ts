import type { Cloud } from '../clouds.js';
import type { CloudCredential, TokenCredential } from './credential.js';
import { ArgumentError, AuthenticationError } from '../errors.js';
import type { AttemptContext, Authorization } from '../http/http-types.js';
import { createTokenCache } from './token-cache.js';
import type { Clock } from '../types.js';

/** `authorize` for `createHttp`: a cached token for each attempt, a new one after a 401. */
export function bearerAuthorizer(
  credential: TokenCredential,
  scope: string,
  clock: Clock,
): (context: AttemptContext) => Promise<Authorization> {
  const tokens = createTokenCache(credential, clock);
  const { clientId } = credential as Partial<CloudCredential>;
  return async ({ abortSignal }) => {
    const token = await tokens.get(scope, abortSignal);
    if (!token)
      throw new AuthenticationError(
        `The credential gave an empty token for ${scope}. Check how it is configured.`,
      );
    return {
      headers: { authorization: `Bearer ${token}` },
      clientId,
      refused: () => tokens.invalidate(scope, token),
    };
  };
}

/** A credential that knows its cloud must sign in where the client's cloud does; of others nothing is known. */
export function checkCredential(credential: TokenCredential, wanted: Cloud | undefined): void {
  if (typeof (credential as Partial<TokenCredential> | null | undefined)?.getToken !== 'function')
    throw new ArgumentError(
      'credential',
      'is no TokenCredential',
      'Give entraCredential(…), managedIdentity(…), or a credential of @azure/identity.',
    );
  const { cloud } = credential as Partial<CloudCredential>;
  if (cloud && wanted && cloud.authority !== wanted.authority)
    throw new ArgumentError(
      'credential.cloud',
      `is '${cloud.name}', the client is for '${wanted.name}'`,
      'Make the credential for the same cloud, or give options.cloud.',
    );
}
