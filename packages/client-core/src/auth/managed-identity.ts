import { resolveCloud } from '../clouds.js';
import type { Cloud, CloudName } from '../clouds.js';
import { systemClock } from '../clock.js';
import type { AccessToken, CloudCredential } from './credential.js';
import { directFetch } from './direct-fetch.js';
import { describeEntraError } from './entra-errors.js';
import { ApiError, ArgumentError, AuthenticationError, ResponseFormatError } from '../errors.js';
import type { ErrorDescription } from '../http/http-types.js';
import { createHttp } from '../http/create-http.js';
import { checkOptions } from '../options/check-options.js';
import type { OptionTable } from '../options/check-options.js';
import { clientOptionTable } from '../options/client-options.js';
import { anyValue, isCloud, isText } from '../options/option-rules.js';
import { withDefaults } from '../options/with-defaults.js';
import type { ClientOptions } from '../types.js';

export interface ManagedIdentityOptions extends Pick<
  ClientOptions,
  'fetch' | 'clock' | 'retry' | 'timeoutInMs' | 'events' | 'userAgentPrefix'
> {
  /** Client id of a user-assigned identity. Default: the system-assigned one. */
  clientId?: string | undefined;
  /** Default `public`. */
  cloud?: CloudName | Cloud | undefined;
  /** Where IDENTITY_ENDPOINT and IDENTITY_HEADER are looked up. Default `process.env`. */
  environment?: Readonly<Record<string, string | undefined>> | undefined;
}

interface Endpoint {
  name: string;
  url: string;
  headers: Record<string, string>;
  /** A long wait that the service's documentation asks for, in milliseconds, by status. */
  waits: Readonly<Record<number, number>>;
}

const { fetch, clock, retry, timeoutInMs, events, userAgentPrefix } = clientOptionTable;
const managedIdentityTable: OptionTable<ManagedIdentityOptions> = {
  fetch,
  clock,
  retry,
  timeoutInMs,
  events,
  userAgentPrefix,
  clientId: isText,
  cloud: isCloud,
  environment: anyValue,
};

/** 0.5..16 s between them, and together more than the 70 s that IMDS takes to update itself (410). */
const maxRetries = 5;
const defaultTimeoutInMs = 10_000;
/** A token is a few KB. */
const maxResponseBytes = 1024 * 1024;

/**
 * Tokens of the managed identity of an Azure virtual machine or scale set (IMDS) or of App Service, Functions and
 * Container Apps (IDENTITY_ENDPOINT with IDENTITY_HEADER, preferred when set). Azure Arc is not covered.
 *
 * The endpoints answer only to their own machine: unless `fetch` is given they are called without any proxy. With a
 * `fetch` that goes through one, list 169.254.169.254 and the host of IDENTITY_ENDPOINT in NO_PROXY.
 *
 * https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token
 */
export function managedIdentity(options: ManagedIdentityOptions = {}): CloudCredential {
  const given = checkOptions(options, managedIdentityTable);
  const cloud = resolveCloud(given.cloud);
  const { clock = systemClock, clientId } = given;
  const endpoint = getEndpoint(given.environment ?? globalThis.process?.env ?? {});
  const http = createHttp({
    ...withDefaults(given, { fetch: directFetch, timeoutInMs: defaultTimeoutInMs }),
    maxResponseBytes,
    retry: withDefaults(given.retry, { maxRetries }),
    userAgent: 'managed-identity/1',
    authorize: async () => ({ headers: endpoint.headers }),
    describeError: ({ status, text }) => describeError(endpoint, status, text),
  });

  return {
    cloud,
    ...(clientId !== undefined && { clientId }),
    async getToken(scopes, { abortSignal } = {}) {
      const url = new URL(endpoint.url);
      url.searchParams.set('resource', getResource(scopes));
      if (clientId) url.searchParams.set('client_id', clientId);
      let token: AccessToken | undefined;
      try {
        await http.send({
          operation: 'managedIdentity.token',
          method: 'GET',
          url: url.href,
          idempotent: true,
          ...(abortSignal && { abortSignal }),
          check: (reply) => void (token = toToken(reply.json(), clock.now())),
        });
      } catch (thrown) {
        throw toRefusal(thrown);
      }
      return token as AccessToken;
    },
  };
}

function getEndpoint(environment: Readonly<Record<string, string | undefined>>): Endpoint {
  const { IDENTITY_ENDPOINT: own, IDENTITY_HEADER: secret, IMDS_ENDPOINT: arc } = environment;
  if (own && secret) {
    if (!URL.canParse(own))
      throw new ArgumentError('IDENTITY_ENDPOINT', 'is not a URL', 'Leave it as the platform sets it.');
    return {
      name: 'App Service',
      url: withVersion(own, '2019-08-01'),
      headers: { 'x-identity-header': secret },
      waits: {},
    };
  }
  if (own && arc)
    throw new ArgumentError(
      'options',
      'managed identity of Azure Arc is not covered',
      'Use entraCredential, or a credential of @azure/identity.',
    );
  return {
    name: 'IMDS',
    url: withVersion('http://169.254.169.254/metadata/identity/oauth2/token', '2018-02-01'),
    headers: { metadata: 'true' },
    waits: { 410: 15_000 },
  };
}

function withVersion(endpoint: string, version: string): string {
  const url = new URL(endpoint);
  url.searchParams.set('api-version', version);
  return url.href;
}

/** These endpoints ask for a resource: a scope without its `/.default`. */
function getResource(scopes: string | string[]): string {
  const [scope, ...more] = typeof scopes === 'string' ? [scopes] : scopes;
  if (!scope || more.length)
    throw new ArgumentError('scopes', 'is not one scope', 'Ask for one resource at a time.');
  return scope.replace(/\/\.default$/, '');
}

function describeError({ name, waits }: Endpoint, status: number, text: string): ErrorDescription {
  const says = describeEntraError({ status, text });
  const isTransient = status === 404 || status === 410 || status === 429 || status >= 500;
  const hint = isTransient
    ? `The ${name} endpoint is busy or being updated; try again later.`
    : 'Check that an identity is assigned to this machine or app, and clientId if there are several.';
  // AADSTS codes carry their own advice.
  return {
    ...says,
    hint: says.code?.startsWith('AADSTS') ? says.hint : hint,
    retryable: isTransient,
    ...(waits[status] !== undefined && { retryAfterInMs: waits[status] }),
  };
}

/** Lifetimes come as numbers or as numbers in strings; `expires_on` is in seconds since the epoch. */
function toToken(body: unknown, now: number): AccessToken {
  const {
    access_token: token,
    expires_on: on,
    expires_in: period,
    refresh_in: refreshIn,
  } = (body ?? {}) as Record<string, unknown>;
  const expiresOnTimestamp = Number(period) > 0 ? now + Number(period) * 1000 : Number(on) * 1000;
  if (typeof token !== 'string' || !token || !(expiresOnTimestamp > 0))
    throw new ResponseFormatError(
      'managedIdentity.token: the response holds no access_token with its lifetime. Check that IDENTITY_ENDPOINT is what the platform sets.',
    );
  return {
    token,
    expiresOnTimestamp,
    ...(Number(refreshIn) > 0 && { refreshAfterTimestamp: now + Number(refreshIn) * 1000 }),
  };
}

function toRefusal(thrown: unknown): unknown {
  if (!ApiError.isInstance(thrown) || AuthenticationError.isInstance(thrown)) return thrown;
  const { status, message, code, requestId, body, operation, host } = thrown;
  if (status === undefined || status < 400 || status >= 500 || [404, 408, 410, 429].includes(status))
    return thrown;
  return new AuthenticationError(message, { status, code, requestId, body, operation, host });
}
