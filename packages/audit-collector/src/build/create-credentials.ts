import { readFile } from 'node:fs/promises';
import { AuditSdkError } from 'audit-pipeline';
import { clouds, entraCredential, managedIdentity } from 'o365-activity-client';
import type { Cloud, EntraCommonOptions, TokenCredential } from 'o365-activity-client';
import type { CollectorConfig, IdentityConfig } from '../config/types.js';
import type { BuildContext } from './build-context.js';
import { secretReader } from './read-secret.js';

/** The credentials of a configuration, each made once for an identity and the tenant it signs in to. */
export interface Credentials {
  /** `tenantId` is where to sign in; an identity with a tenant of its own ignores it. */
  get(identity: string, tenantId?: string): TokenCredential;
  cloudOf(identity: string): Cloud;
}

/** Audience of a managed identity's token that vouches for an application. */
const exchangeScope = 'api://AzureADTokenExchange/.default';

export function createCredentials(config: CollectorConfig, context: BuildContext): Credentials {
  const made = new Map<string, TokenCredential>();
  const find = (name: string): IdentityConfig => {
    const identity = config.identities[name];
    if (!identity) throw new RangeError(`no identity ${name}`);
    return identity;
  };
  const cloudOf = (name: string): Cloud => {
    const cloud = find(name).cloud ?? 'public';
    return context.clouds?.[cloud] ?? clouds[cloud];
  };
  const get = (name: string, tenantId?: string): TokenCredential => {
    const identity = find(name);
    const signInTenant = identity.tenant ?? tenantId;
    const key = `${name}\n${signInTenant ?? ''}`;
    const credential = made.get(key) ?? create(identity, name, signInTenant);
    made.set(key, credential);
    return credential;
  };
  const create = (identity: IdentityConfig, name: string, tenantId: string | undefined): TokenCredential => {
    const shared = { cloud: cloudOf(name), fetch: context.fetch, clock: context.clock };
    if (identity.type === 'managed-identity' && identity.application === undefined)
      return managedIdentity({
        ...shared,
        clientId: identity.clientId,
        environment: context.env,
      });
    const common = {
      ...shared,
      tenantId: tenantId ?? missing(name, 'tenant'),
    } as Omit<EntraCommonOptions, 'clientId'>;
    const secret = (ref: Parameters<typeof secretReader>[0]) =>
      secretReader(ref, context, (other) => get(other));
    switch (identity.type) {
      case 'secret':
        return entraCredential({
          ...common,
          clientId: identity.clientId,
          clientSecret: secret(identity.clientSecret),
        });
      case 'certificate':
        return entraCredential({
          ...common,
          clientId: identity.clientId,
          certificate: { pem: secret(identity.certificate) },
        });
      case 'workload-identity':
        return entraCredential({
          ...common,
          clientId: identity.clientId ?? context.env.AZURE_CLIENT_ID ?? missing(name, 'clientId'),
          assertion: tokenFileReader(identity.tokenFile ?? context.env.AZURE_FEDERATED_TOKEN_FILE, name),
        });
      case 'managed-identity': {
        const machine = managedIdentity({
          ...shared,
          clientId: identity.clientId,
          environment: context.env,
        });
        return entraCredential({
          ...common,
          clientId: identity.application ?? missing(name, 'application'),
          assertion: async () => {
            const token = await machine.getToken(exchangeScope);
            return token?.token ?? missing(name, 'token');
          },
        });
      }
    }
  };
  return { get, cloudOf };
}

function tokenFileReader(path: string | undefined, name: string): () => Promise<string> {
  if (path === undefined) return () => missing(name, 'tokenFile');
  return () => readFile(path, 'utf8');
}

/** Something an identity needs and neither the file nor the platform gives. */
class IdentityError extends AuditSdkError {
  static override readonly kind: string = 'IdentityError';
}

function missing(name: string, key: string): never {
  throw new IdentityError(
    `identities.${name} has no ${key}, and the platform gives none. Add ${key} to it.`,
    {
      code: 'IncompleteIdentity',
      retryable: false,
    },
  );
}
