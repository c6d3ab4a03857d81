import { compactVerify, decodeJwt, decodeProtectedHeader } from 'jose';
import type { JWTPayload } from 'jose';
import { decoded } from '../../server/unescape-path.js';
import type { Call } from '../../server/service.js';
import type { EmulatorState } from '../../server/emulator-state.js';
import type { EntraRefusal } from './errors.js';
import type { App } from './state.js';
import { signedBy } from './tokens.js';

const maxSkewInS = 300;

/** The client's id and secret, from the form or from HTTP Basic (RFC 6749, 2.3.1: each part form-encoded). */
export function clientCredentials(call: Call, form: URLSearchParams): { clientId: string; secret: string } {
  const basic = /^Basic +(\S+)$/i.exec(call.headers.get('authorization') ?? '')?.[1];
  if (basic === undefined) {
    return { clientId: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
  }
  const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(/:(.*)/s);
  return { clientId: formDecoded(id), secret: formDecoded(secret) };
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Why the client is not who it claims to be; nothing if it is. */
export async function refuseClient(
  call: Call,
  form: URLSearchParams,
  app: App,
  state: EmulatorState,
): Promise<EntraRefusal | undefined> {
  const { secret } = clientCredentials(call, form);
  const assertion = form.get('client_assertion');
  if (assertion) {
    if (form.get('client_assertion_type') !== assertionType)
      return {
        code: 900144,
        message: `The request body must contain the following parameter: 'client_assertion_type'.`,
      };
    return refuseAssertion(call, assertion, app, state);
  }
  if (secret) return refuseSecret(secret, app, state);
  return {
    code: 7000216,
    message:
      "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
  };
}

function refuseSecret(value: string, app: App, state: EmulatorState): EntraRefusal | undefined {
  const secret = app.secrets.find((one) => one.value === value);
  if (!secret) {
    return {
      code: 7000215,
      message: `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${app.clientId}'.`,
    };
  }
  if (secret.expiresAt !== undefined && secret.expiresAt <= state.clock.now()) {
    return {
      code: 7000222,
      message: `The provided client secret keys for app '${app.clientId}' are expired. Visit the Azure portal to create new keys for your app, or consider using certificate credentials for added security.`,
    };
  }
  return undefined;
}

async function refuseAssertion(
  call: Call,
  assertion: string,
  app: App,
  state: EmulatorState,
): Promise<EntraRefusal | undefined> {
  let claims: JWTPayload;
  try {
    claims = decodeJwt(assertion);
  } catch {
    return { code: 50027, message: 'JWT token is invalid or malformed.' };
  }
  return claims.iss?.toLowerCase() === app.clientId.toLowerCase()
    ? (refuseSubject(claims, app) ??
        (await refuseCertificate(assertion, app)) ??
        refuseAudience(call, claims, app, state) ??
        refuseLifetime(claims, state))
    : ((await refuseFederated(assertion, claims, app, state)) ?? refuseLifetime(claims, state));
}

/** Issuer and subject are both the application. */
function refuseSubject({ sub }: JWTPayload, app: App): EntraRefusal | undefined {
  if (sub?.toLowerCase() === app.clientId.toLowerCase()) return undefined;
  return {
    code: 700021,
    message: `Client assertion application identifier doesn't match 'client_id' parameter.`,
  };
}

async function refuseCertificate(assertion: string, app: App): Promise<EntraRefusal | undefined> {
  const header = decodeProtectedHeader(assertion) as { alg?: string; x5t?: string; 'x5t#S256'?: string };
  const certificate = app.certificates.find(
    (one) =>
      (header.x5t !== undefined || header['x5t#S256'] !== undefined) &&
      (header.x5t === undefined || one.x5t === header.x5t) &&
      (header['x5t#S256'] === undefined || one.x5tS256 === header['x5t#S256']),
  );
  if (!certificate) {
    return {
      code: 700027,
      message: `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found.] Please visit the Azure Portal and verify the certificates of app '${app.clientId}'.`,
    };
  }
  try {
    await compactVerify(assertion, certificate.publicKey, { algorithms: ['RS256', 'PS256'] });
    return undefined;
  } catch {
    return {
      code: 700027,
      message:
        'Client assertion failed signature validation. [Reason - The key used is expired or the signature does not match.]',
    };
  }
}

/** The token URL of any of Entra's hosts or of the emulator itself, in v1 or v2 form, or the v2 issuer. */
function refuseAudience(
  call: Call,
  claims: JWTPayload,
  app: App,
  state: EmulatorState,
): EntraRefusal | undefined {
  const audiences = [claims.aud ?? []].flat();
  const tenant = state.entra.findTenant(app.tenantId);
  const names = [app.tenantId, ...(tenant?.domains ?? [])].map((name) => name.toLowerCase());
  const paths = names.flatMap((name) => [
    `/${name}/oauth2/token`,
    `/${name}/oauth2/v2.0/token`,
    `/${name}/v2.0`,
  ]);
  const fits = audiences.some((audience) => {
    const url = URL.canParse(audience) ? new URL(audience) : undefined;
    return (
      url &&
      (url.host === call.url.host || isEntraHost(url.host)) &&
      paths.includes(url.pathname.toLowerCase())
    );
  });
  if (fits) return undefined;
  return { code: 700023, message: 'Client assertion audience claim does not match Realm issuer.' };
}

function refuseLifetime(claims: JWTPayload, state: EmulatorState): EntraRefusal | undefined {
  const now = state.clock.now() / 1000;
  const { exp, nbf } = claims;
  if (exp !== undefined && exp > now - maxSkewInS && (nbf ?? 0) <= now + maxSkewInS) return undefined;
  return {
    code: 700024,
    message: `Client assertion is not within its valid time range. Current time: ${new Date(now * 1000).toISOString()}.`,
  };
}

async function refuseFederated(
  assertion: string,
  claims: JWTPayload,
  app: App,
  state: EmulatorState,
): Promise<EntraRefusal | undefined> {
  const { iss = '', sub = '' } = claims;
  const match = app.federated.find((one) => one.issuer === iss && one.subject === sub);
  if (!match) {
    return {
      code: 700213,
      message: `No matching federated identity record found for presented assertion subject '${sub}'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion.`,
    };
  }
  if (![claims.aud ?? []].flat().includes(match.audience)) {
    return {
      code: 700212,
      message: 'No matching federated identity record found for presented assertion audience.',
    };
  }
  const keys = state.entra.issuers.get(iss);
  if (keys && (await signedBy(keys, assertion, state.clock.now()))) return undefined;
  return { code: 50013, message: 'Assertion failed signature validation. [Reason - The key was not found.]' };
}

export function isEntraHost(host: string): boolean {
  return entraHosts.includes(host);
}

export const entraHosts: readonly string[] = [
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.microsoft.com',
  'login.windows.net',
  'sts.windows.net',
  'login.partner.microsoftonline.cn',
  'login.chinacloudapi.cn',
];

function formDecoded(part: string): string {
  return decoded(part.replace(/\+/g, '%20'));
}
