import { readCertificate } from './certificate.js';
import type { AccessToken } from './credential.js';
import type { Proof } from './entra-options.js';
import { ApiError, ArgumentError, AuthenticationError, ResponseFormatError } from '../errors.js';
import type { Http } from '../http/http-types.js';
import type { HttpReply } from '../http/reply.js';
import { trimSlashes } from '../service/trim-slashes.js';
import type { Clock } from '../types.js';

export interface AcquireRequest {
  http: Http;
  clock: Clock;
  authority: URL;
  tenantId: string;
  clientId: string;
  proof: Proof;
  secret: string;
  scopes: string[];
  abortSignal?: AbortSignal | undefined;
}

export interface Acquired {
  token: AccessToken;
  /** Entra ID hands out a new one with every use. */
  refreshToken: string | undefined;
}

/** Hosts whose endpoints MSAL knows: nothing is discovered there. */
const microsoftHosts: ReadonlySet<string> = new Set([
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
]);

/** MSAL asks its network client for a generic body; the answer is whatever JSON came. */
interface NetworkReply<T> {
  headers: Record<string, string>;
  body: T;
  status: number;
}

/**
 * One token, by an MSAL application that lives for this call only: its caches of tokens and of throttling responses
 * would hide from our own, and it has no single flight.
 */
export async function acquire(request: AcquireRequest): Promise<Acquired> {
  const { proof, secret, scopes, clientId, tenantId, authority, clock } = request;
  const msal = await import('@azure/msal-node');
  const certificate = proof === 'certificate' ? await readCertificate(secret) : undefined;
  const startedAt = clock.now();
  const network = createNetwork(request);
  const configuration = {
    auth: {
      clientId,
      authority: `${trimSlashes(authority.href)}/${tenantId}`,
      ...(!microsoftHosts.has(authority.host) && { knownAuthorities: [authority.host] }),
      ...(proof === 'clientSecret' && { clientSecret: secret }),
      ...(proof === 'assertion' && { clientAssertion: secret }),
      ...(certificate && { clientCertificate: certificate }),
    },
    system: {
      networkClient: network,
      disableInternalRetries: true,
      loggerOptions: { loggerCallback: () => {}, piiLoggingEnabled: false },
    },
  };
  try {
    const result =
      proof === 'refreshToken'
        ? await new msal.PublicClientApplication(configuration).acquireTokenByRefreshToken({
            refreshToken: secret,
            scopes,
          })
        : await new msal.ConfidentialClientApplication(configuration).acquireTokenByClientCredential({
            scopes,
            skipCache: true,
          });
    if (!result?.accessToken) throw new AuthenticationError('Entra ID gave no access token.');
    return {
      token: toAccessToken(result.accessToken, network.answer, startedAt),
      refreshToken: network.answer.refresh_token,
    };
  } catch (thrown) {
    throw request.abortSignal?.aborted ? request.abortSignal.reason : (network.failure ?? toSdkError(thrown));
  }
}

interface TokenAnswer {
  expires_in?: unknown;
  refresh_in?: unknown;
  refresh_token?: string;
}

/** Lifetimes count from before the request was sent, by our clock: never too long. */
function toAccessToken(token: string, answer: TokenAnswer, startedAt: number): AccessToken {
  const refreshIn = Number(answer.refresh_in);
  return {
    token,
    expiresOnTimestamp: startedAt + Number(answer.expires_in) * 1000,
    ...(refreshIn > 0 && { refreshAfterTimestamp: startedAt + refreshIn * 1000 }),
  };
}

/** MSAL's network client over our HTTP: our retries, deadline, proxies and errors. */
function createNetwork({ http, secret, abortSignal }: AcquireRequest): {
  answer: TokenAnswer;
  failure: unknown;
  sendGetRequestAsync<T>(url: string, options?: MsalOptions): Promise<NetworkReply<T>>;
  sendPostRequestAsync<T>(url: string, options?: MsalOptions): Promise<NetworkReply<T>>;
} {
  const network = {
    answer: {} as TokenAnswer,
    failure: undefined as unknown,
    sendGetRequestAsync: <T>(url: string, options?: MsalOptions) => send<T>('GET', url, options),
    sendPostRequestAsync: async <T>(url: string, options?: MsalOptions) => {
      const reply = await send<T>('POST', url, options);
      network.answer = reply.body as TokenAnswer;
      return reply;
    },
  };

  async function send<T>(
    method: 'GET' | 'POST',
    url: string,
    options: MsalOptions = {},
  ): Promise<NetworkReply<T>> {
    const operation = method === 'POST' ? 'entra.token' : 'entra.discovery';
    try {
      const reply = await http.send({
        operation,
        method,
        url,
        idempotent: true,
        secrets: [secret],
        headers: options.headers ?? {},
        ...(options.body !== undefined && { body: options.body }),
        ...(abortSignal && { abortSignal }),
        check: method === 'POST' ? checkToken : (answer) => void answer.json(),
      });
      return { status: reply.status, headers: Object.fromEntries(reply.headers), body: reply.json() as T };
    } catch (thrown) {
      // MSAL replaces this error by its own; the first one says what happened.
      network.failure ??= thrown;
      throw thrown;
    }
  }

  return network;
}

interface MsalOptions {
  headers?: Record<string, string>;
  body?: string;
}

function checkToken(reply: HttpReply): void {
  const body = reply.json() as { access_token?: unknown; expires_in?: unknown } | null;
  if (typeof body?.access_token === 'string' && Number(body.expires_in) > 0) return;
  throw new ResponseFormatError(
    'entra.token: the answer holds no access_token with its expires_in. Check that the authority of the cloud is Entra ID and not a proxy.',
    { status: reply.status },
  );
}

/** An error of MSAL itself, by its code alone: its text may quote what it was given. */
function toSdkError(thrown: unknown): unknown {
  if (ApiError.isInstance(thrown) || ArgumentError.isInstance(thrown)) return thrown;
  const code = (thrown as { errorCode?: unknown } | undefined)?.errorCode;
  return new AuthenticationError(
    `entra.token failed before a request was sent${typeof code === 'string' ? ` (${code})` : ''}. Check tenantId, clientId, the credential and the authority of the cloud.`,
    typeof code === 'string' ? { code } : {},
  );
}
