import { entraCredential } from '../auth/entra-credential.js';
import type { EntraCommonOptions } from '../auth/entra-options.js';
import type { CloudCredential } from '../auth/credential.js';
import { resolveCloud } from '../clouds.js';
import type { Cloud, CloudName } from '../clouds.js';
import { ArgumentError } from '../errors.js';

/** Environment variables by name, as `process.env` has them. An empty one counts as not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of this process, where the platform has one. */
export function getProcessEnvironment(): Environment {
  return globalThis.process?.env ?? {};
}

/** @throws ArgumentError when the variable is not set; `instead` names what could be set in its place. */
export function getVariable(env: Environment, name: string, instead?: string): string {
  const value = env[name];
  if (value) return value;
  throw new ArgumentError(`env.${name}`, 'is not set', `Set ${name}${instead ? ` or ${instead}` : ''}.`);
}

/** `AUDIT_CLOUD`: public, gcc, gcc-high, dod or china. Undefined when it is not set. */
export function getCloudFromEnv(env: Environment): Cloud | undefined {
  const name = env['AUDIT_CLOUD'];
  return name ? resolveCloud(name as CloudName, 'env.AUDIT_CLOUD') : undefined;
}

/**
 * The credential of `AUDIT_TENANT_ID` and `AUDIT_CLIENT_ID`, with `AUDIT_CLIENT_SECRET`, or with
 * `AUDIT_CLIENT_CERTIFICATE`: a PEM text of certificate and private key, or the path of a file that holds one and is
 * read again when Entra ID refuses it.
 */
export function getCredentialFromEnv(
  env: Environment,
  options: Omit<EntraCommonOptions, 'tenantId' | 'clientId'> = {},
): CloudCredential {
  const cloud = options.cloud ?? getCloudFromEnv(env);
  const certificate = env['AUDIT_CLIENT_CERTIFICATE'];
  const common = {
    ...options,
    cloud,
    tenantId: getVariable(env, 'AUDIT_TENANT_ID'),
    clientId: getVariable(env, 'AUDIT_CLIENT_ID'),
  };
  if (certificate)
    return entraCredential({
      ...common,
      certificate: { pem: certificate.includes('-----BEGIN') ? certificate : () => readText(certificate) },
    });
  return entraCredential({
    ...common,
    clientSecret: getVariable(env, 'AUDIT_CLIENT_SECRET', 'AUDIT_CLIENT_CERTIFICATE'),
  });
}

async function readText(path: string): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return readFile(path, 'utf8');
}
