import type { Cloud, CloudName } from '../clouds.js';
import { ArgumentError } from '../errors.js';
import type { ClientOptions } from '../types.js';

/** A secret, or where to read it: called on first use, and once more when Entra ID refuses what it gave. */
export type SecretSource = string | (() => string | Promise<string>);

export interface EntraCommonOptions extends Pick<
  ClientOptions,
  'fetch' | 'clock' | 'retry' | 'timeoutInMs' | 'events' | 'userAgentPrefix'
> {
  /** The tenant's id or one of its domains. */
  tenantId: string;
  /** Application (client) id of the app registration. */
  clientId: string;
  /** Where the tenant lives. Default `public`. */
  cloud?: CloudName | Cloud;
}

/** The application proves who it is by a secret. */
export interface SecretOptions extends EntraCommonOptions {
  clientSecret: SecretSource;
  certificate?: never;
  assertion?: never;
  refreshToken?: never;
}

/** The application proves who it is by a certificate. */
export interface CertificateOptions extends EntraCommonOptions {
  /** Certificate and RSA private key in PEM, in any order; the thumbprint is computed from them. */
  certificate: { pem: SecretSource };
  clientSecret?: never;
  assertion?: never;
  refreshToken?: never;
}

/** Workload identity federation: another issuer vouches for the application. */
export interface AssertionOptions extends EntraCommonOptions {
  /** Called for every token; gives the signed assertion, for example what a token file holds. */
  assertion: () => string | Promise<string>;
  clientSecret?: never;
  certificate?: never;
  refreshToken?: never;
}

/** On behalf of a user who has signed in before, with a public client. */
export interface RefreshTokenOptions extends EntraCommonOptions {
  /** The newest one that Entra ID hands back is kept in memory and used next. */
  refreshToken: SecretSource;
  clientSecret?: never;
  certificate?: never;
  assertion?: never;
}

/** Exactly one of `clientSecret`, `certificate`, `assertion` and `refreshToken`. */
export type EntraCredentialOptions =
  SecretOptions | CertificateOptions | AssertionOptions | RefreshTokenOptions;

export type Proof = 'clientSecret' | 'certificate' | 'assertion' | 'refreshToken';

const proofs: readonly Proof[] = ['clientSecret', 'certificate', 'assertion', 'refreshToken'];

/** Which of the four ways is asked for, and where its secret comes from. */
export function proofOf(options: EntraCredentialOptions): { proof: Proof; source: SecretSource } {
  const given = proofs.filter((name) => options[name] !== undefined);
  const proof = given[0];
  if (!proof || given.length > 1)
    throw new ArgumentError(
      'options',
      given.length ? `${given.join(' and ')} are both given` : 'nothing proves who the application is',
      `Give exactly one of ${proofs.join(', ')}.`,
    );
  const source = options.certificate
    ? options.certificate.pem
    : options[proof as Exclude<Proof, 'certificate'>];
  if (typeof source !== 'function' && (typeof source !== 'string' || source === ''))
    throw new ArgumentError(
      proof === 'certificate' ? 'options.certificate.pem' : `options.${proof}`,
      'is empty',
      'Give a string or a function that returns one.',
    );
  return { proof, source };
}

/** Refuses what would send a secret to the wrong place. */
export function checkIds({ tenantId, clientId }: EntraCredentialOptions, { authority }: Cloud): URL {
  if (!/^[\w.-]+$/.test(tenantId))
    throw new ArgumentError(
      'options.tenantId',
      'is neither an id nor a domain',
      'Give the tenant id (a GUID) or a domain such as contoso.example.',
    );
  if (!clientId) throw new ArgumentError('options.clientId', 'is empty', 'Give the application (client) id.');
  const url = URL.canParse(authority) ? new URL(authority) : undefined;
  if (url?.protocol !== 'https:')
    throw new ArgumentError(
      'options.cloud.authority',
      'is not an https URL',
      'Secrets are sent there: give https, for example https://login.microsoftonline.com.',
    );
  return url;
}
