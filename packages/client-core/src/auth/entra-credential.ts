import { resolveCloud } from '../clouds.js';
import { systemClock } from '../clock.js';
import type { AccessToken, CloudCredential } from './credential.js';
import { describeEntraError } from './entra-errors.js';
import { checkEntraOptions, checkIds, getProof } from './entra-options.js';
import type { EntraCredentialOptions } from './entra-options.js';
import { ApiError, ArgumentError, AuthenticationError } from '../errors.js';
import { withDefaults } from '../options/with-defaults.js';
import { createHttp } from '../http/create-http.js';
import { acquire } from './msal.js';
import type { Acquired } from './msal.js';

/** Refusals after which a secret that was read by a callback is worth reading again: it may have been rotated. */
const refusedProof: Readonly<Record<string, RegExp>> = {
  clientSecret: /^AADSTS(7000215|7000222)$/,
  certificate: /^AADSTS(700027|7000277|700030)$/,
  refreshToken: /^AADSTS(70000|70008|700082|700084|70043|50173)$/,
};

const defaultTimeoutInMs = 30_000;
/** A token is a few KB. */
const maxResponseBytes = 1024 * 1024;

/**
 * Tokens of Entra ID for an application (secret, certificate or federated assertion) or, by a refresh token, for a
 * user. Nothing is cached here: the clients keep tokens and refresh them ahead of time. MSAL is loaded on first use
 * and speaks through `fetch`.
 *
 * Throws ArgumentError for options that cannot work. `getToken` rejects with AuthenticationError (`code` such as
 * `AADSTS7000215`, `requestId` Entra ID's correlation id) when it is refused, with ConnectionError, RateLimitError or
 * ApiError when the endpoint could not be used in spite of retries.
 */
export function entraCredential(options: EntraCredentialOptions): CloudCredential {
  const given = checkEntraOptions(options);
  const cloud = resolveCloud(given.cloud);
  const authority = checkIds(options, cloud);
  const { proof, source } = getProof(options);
  const { clock = systemClock } = given;
  const http = createHttp({
    ...withDefaults(given, { timeoutInMs: defaultTimeoutInMs }),
    maxResponseBytes,
    clock,
    userAgent: 'entra-credential/1',
    authorize: async () => ({ headers: {} }),
    describeError: describeEntraError,
  });
  let cached: string | undefined;

  const read = async (): Promise<string> => {
    // An assertion lives for minutes: what was read last time may be over.
    if (proof === 'assertion') cached = undefined;
    cached ??= typeof source === 'string' ? source : await source();
    const value = cached;
    if (!value) {
      cached = undefined;
      throw new ArgumentError(`options.${proof}`, 'gave nothing', 'Check where it reads from.');
    }
    return value;
  };

  async function requestToken(scopes: string[], abortSignal: AbortSignal | undefined): Promise<AccessToken> {
    const secret = await read();
    let got: Acquired;
    try {
      got = await acquire({
        http,
        clock,
        authority,
        tenantId: options.tenantId,
        clientId: options.clientId,
        proof,
        secret,
        scopes,
        abortSignal,
      });
    } catch (thrown) {
      throw toRefusal(thrown);
    }
    if (proof === 'refreshToken' && got.refreshToken) cached = got.refreshToken;
    return got.token;
  }

  return {
    cloud,
    clientId: options.clientId,
    async getToken(scopes, { abortSignal } = {}) {
      const wanted = typeof scopes === 'string' ? [scopes] : scopes;
      try {
        return await requestToken(wanted, abortSignal);
      } catch (thrown) {
        const readAgain = typeof source === 'function' && refusedProof[proof]?.test(getCode(thrown));
        if (!readAgain) throw thrown;
        cached = undefined;
        return await requestToken(wanted, abortSignal);
      }
    },
  };
}

function getCode(thrown: unknown): string {
  return AuthenticationError.isInstance(thrown) ? thrown.code : '';
}

/** Entra ID says no with 400 as often as with 401. */
function toRefusal(thrown: unknown): unknown {
  if (!ApiError.isInstance(thrown) || thrown.status === undefined) return thrown;
  const refused = thrown.status >= 400 && thrown.status < 500 && ![408, 429].includes(thrown.status);
  const { message, operation, host, status, code, requestId, body } = thrown;
  if (!refused || AuthenticationError.isInstance(thrown)) return thrown;
  return new AuthenticationError(message, { operation, host, status, code, requestId, body });
}
