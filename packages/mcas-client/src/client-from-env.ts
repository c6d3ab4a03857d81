import { ArgumentError, entraCredential } from '@repo/client-core';
import type { CloudName, TokenCredential } from '@repo/client-core';
import type { McasClientOptions } from './client-options.js';
import { apiToken } from './http/api-token.js';
import type { ApiTokenCredential } from './http/api-token.js';

/** Environment variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

interface EnvSettings {
  url: string;
  credential: ApiTokenCredential | TokenCredential;
  options: McasClientOptions;
}

export function getSettingsFromEnv(
  env: Environment = globalThis.process.env,
  options: McasClientOptions = {},
): EnvSettings {
  const cloud = options.cloud ?? (env['AUDIT_CLOUD'] ? (env['AUDIT_CLOUD'] as CloudName) : undefined);
  const token = env['AUDIT_MCAS_TOKEN'];
  const credential = token
    ? apiToken(token)
    : entraCredential({
        tenantId: getVariable(env, 'AUDIT_TENANT_ID', ' (or AUDIT_MCAS_TOKEN)'),
        clientId: getVariable(env, 'AUDIT_CLIENT_ID'),
        clientSecret: getVariable(env, 'AUDIT_CLIENT_SECRET'),
        cloud,
        fetch: options.fetch,
      });
  return { url: getVariable(env, 'AUDIT_MCAS_URL'), credential, options: { ...options, cloud } };
}

function getVariable(env: Environment, name: string, alternative = ''): string {
  const value = env[name];
  if (value) return value;
  throw new ArgumentError(`env.${name}`, 'is missing', `Set ${name}${alternative}.`);
}
