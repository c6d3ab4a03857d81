import type { Cloud, CloudName } from '../clouds.js';
import { ArgumentError } from '../errors.js';
import { checkOptions } from '../options/check-options.js';
import type { OptionTable } from '../options/check-options.js';
import { clientOptionTable } from '../options/client-options.js';
import { anyValue, isCallback, isCloud, isEither, isText } from '../options/option-rules.js';
import type { WithoutUndefined } from '../options/with-defaults.js';
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
  cloud?: CloudName | Cloud | undefined;
}

/** The application proves who it is by a secret. */
export interface SecretOptions extends EntraCommonOptions {
  clientSecret: SecretSource;
  certificate?: undefined;
  assertion?: undefined;
  refreshToken?: undefined;
}

/** The application proves who it is by a certificate. */
export interface CertificateOptions extends EntraCommonOptions {
  /** Certificate and RSA private key in PEM, in any order; the thumbprint is computed from them. */
  certificate: { pem: SecretSource };
  clientSecret?: undefined;
  assertion?: undefined;
  refreshToken?: undefined;
}

/** Workload identity federation: another issuer vouches for the application. */
export interface AssertionOptions extends EntraCommonOptions {
  /** Called for every token; gives the signed assertion, for example what a token file holds. */
  assertion: () => string | Promise<string>;
  clientSecret?: undefined;
  certificate?: undefined;
  refreshToken?: undefined;
}

/** On behalf of a user who has signed in before, with a public client. */
export interface RefreshTokenOptions extends EntraCommonOptions {
  /** The newest one that Entra ID hands back is kept in memory and used next. */
  refreshToken: SecretSource;
  clientSecret?: undefined;
  certificate?: undefined;
  assertion?: undefined;
}

/** Exactly one of `clientSecret`, `certificate`, `assertion` and `refreshToken`. */
export type EntraCredentialOptions =
  SecretOptions | CertificateOptions | AssertionOptions | RefreshTokenOptions;

export type Proof = 'clientSecret' | 'certificate' | 'assertion' | 'refreshToken';

const proofs: readonly Proof[] = ['clientSecret', 'certificate', 'assertion', 'refreshToken'];

/** Which of the four ways is asked for, and where its secret comes from. */
export function getProof(options: EntraCredentialOptions): { proof: Proof; source: SecretSource } {
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

const secretSource = isEither(isCallback, isText);
const { fetch, clock, retry, timeoutInMs, events, userAgentPrefix } = clientOptionTable;
const entraTable: OptionTable<AnyEntraOptions> = {
  fetch,
  clock,
  retry,
  timeoutInMs,
  events,
  userAgentPrefix,
  tenantId: anyValue,
  clientId: anyValue,
  cloud: isCloud,
  clientSecret: secretSource,
  certificate: anyValue,
  assertion: isCallback,
  refreshToken: secretSource,
};

type AnyEntraOptions = EntraCommonOptions & Partial<Record<Proof, unknown>>;

/** Options of transport, cloud and proof; the rest is for `checkIds` and `getProof`. */
export function checkEntraOptions(options: EntraCredentialOptions): WithoutUndefined<EntraCommonOptions> {
  return checkOptions<AnyEntraOptions>(options, entraTable);
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
