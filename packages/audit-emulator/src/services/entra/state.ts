import type { JWK } from 'jose';
import type { StateBasics } from '../../server/state-basics.js';
import { contoso } from '../../data/contoso.js';
import { createTokenMint } from './tokens.js';
import type { TokenMint, Verdict } from './tokens.js';
import type { Resource } from '../../server/resource.js';
import { findResource } from './resources.js';
import { thumbprints } from './certificates.js';
import type { RegisteredCertificate } from './certificates.js';

export type { Claims, Verdict } from './tokens.js';

export interface Tenant {
  tenantId: string;
  displayName: string;
  /** Verified domains: each works wherever the GUID does. */
  domains: string[];
}

export interface ClientSecret {
  value: string;
  /** Milliseconds since the epoch by the emulator's clock; absent: never. */
  expiresAt?: number;
}

export interface FederatedCredential {
  issuer: string;
  subject: string;
  audience: string;
}

export interface RefreshToken {
  tenantId: string;
  clientId: string;
  userObjectId: string;
  expiresAt?: number;
}

export interface App {
  tenantId: string;
  clientId: string;
  /** Object id of the service principal: the `oid` claim. */
  objectId: string;
  displayName: string;
  secrets: ClientSecret[];
  certificates: RegisteredCertificate[];
  federated: FederatedCredential[];
  /** App roles granted, by any audience of the resource or its app id. */
  roles: Record<string, string[]>;
  /** Delegated permissions granted, likewise. */
  delegated: Record<string, string[]>;
  /** False: the token endpoint answers AADSTS65001. */
  consented: boolean;
  /** True: the token endpoint answers AADSTS53003. */
  blockedByConditionalAccess: boolean;
  /** How the managed-identity endpoints know it; absent: not a managed identity. */
  managedIdentity?: 'system' | 'user';
}

export type AppInit = Pick<App, 'tenantId' | 'clientId'> & Partial<App>;

export interface EntraState {
  readonly tenants: Tenant[];
  readonly apps: App[];
  readonly resources: Resource[];
  readonly refreshTokens: Map<string, RefreshToken>;
  /** Keys of the foreign issuers whose assertions may be exchanged. */
  readonly issuers: Map<string, { keys: JWK[] }>;
  /** Seconds an access token lives. Default 3,599. */
  tokenLifetimeInS: number;
  /** What `X-IDENTITY-HEADER` must carry at `/msi/token`. */
  identityHeader: string;
  /** By GUID or verified domain. */
  findTenant(nameOrId: string): Tenant | undefined;
  findApp(tenantId: string, clientId: string): App | undefined;
  registerApp(init: AppInit): App;
  /** Registers a certificate (PEM, without its key) with an app. */
  registerCertificate(clientId: string, pem: string): RegisteredCertificate;
  /** Ends the named secret, or all of the app's, as of now. */
  expireSecret(clientId: string, value?: string): void;
  /** What the app was granted on the resource behind an audience. */
  rolesOf(app: App, audience: string): string[];
  scopesOf(app: App, audience: string): string[];
  /** A token as the token endpoint would issue it now: for tests that start from a token. */
  issueToken(
    app: App,
    audience: string,
    options?: { roles?: string[]; lifetimeInS?: number },
  ): Promise<string>;
  /** Checks an `Authorization: Bearer` header: signature, lifetime by the emulator's clock, audience. */
  verify(authorization: string | null, audiences: readonly string[]): Promise<Verdict>;
  readonly mint: TokenMint;
}

export function createEntraState(basics: StateBasics): EntraState {
  const random = basics.random.fork('entra');
  const mint = createTokenMint(basics.clock, random.fork('tokens'));
  const resources = [...basics.resources];

  const granted = (grants: Record<string, string[]>, audience: string): string[] => {
    const resource = findResource(resources, audience);
    return Object.entries(grants)
      .filter(([known]) => resource !== undefined && findResource(resources, known) === resource)
      .flatMap(([, permissions]) => permissions);
  };
  const appsOf = (clientId: string): App[] => state.apps.filter((app) => same(app.clientId, clientId));

  const state: EntraState = {
    tenants: [],
    apps: [],
    resources,
    refreshTokens: new Map(),
    issuers: new Map(),
    tokenLifetimeInS: 3599,
    identityHeader: contoso.identityHeader,
    mint,
    findTenant: (name) =>
      state.tenants.find((one) => [one.tenantId, ...one.domains].some((known) => same(known, name))),
    findApp: (tenantId, clientId) => appsOf(clientId).find((app) => same(app.tenantId, tenantId)),
    registerApp: (init) => {
      const app: App = {
        objectId: random.guid(),
        displayName: 'app',
        secrets: [],
        certificates: [],
        federated: [],
        roles: {},
        delegated: {},
        consented: true,
        blockedByConditionalAccess: false,
        ...init,
      };
      state.apps.push(app);
      return app;
    },
    registerCertificate: (clientId, pem) => {
      const certificate = thumbprints(pem);
      for (const app of appsOf(clientId)) app.certificates.push(certificate);
      return certificate;
    },
    expireSecret: (clientId, value) => {
      const secrets = appsOf(clientId).flatMap((app) => app.secrets);
      for (const secret of secrets) {
        if (value === undefined || secret.value === value) secret.expiresAt = basics.clock.now();
      }
    },
    rolesOf: (app, audience) => granted(app.roles, audience),
    scopesOf: (app, audience) => granted(app.delegated, audience),
    issueToken: (app, audience, options = {}) =>
      mint.issue({
        tenantId: app.tenantId,
        clientId: app.clientId,
        objectId: app.objectId,
        audience,
        roles: options.roles ?? granted(app.roles, audience),
        lifetimeInS: options.lifetimeInS ?? state.tokenLifetimeInS,
      }),
    verify: mint.verify,
  };
  return state;
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
