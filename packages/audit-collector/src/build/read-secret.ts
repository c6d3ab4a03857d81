import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { TokenCredential } from 'o365-activity-client';
import type { SecretRef } from '../config/types.js';
import type { BuildContext } from './build-context.js';
import { SecretError } from './secret-error.js';

const apiVersion = '7.4';

/**
 * How to read a secret: called on first use and again when the service refuses what it gave, so that a secret can be
 * renewed without a restart. Throws SecretError, which names the place and never the value.
 */
export function secretReader(
  ref: SecretRef,
  context: BuildContext,
  credentialOf: (identity: string) => TokenCredential,
): () => Promise<string> {
  if ('env' in ref) return async () => nonEmpty(context.env[ref.env], `the variable ${ref.env}`);
  if ('file' in ref) return () => readSecretFile(resolve(context.folder, ref.file));
  return () => readVault(ref, context, credentialOf);
}

function nonEmpty(value: string | undefined, place: string): string {
  if (value === undefined || value === '') throw new SecretError(place, 'is empty or not set');
  return value;
}

async function readSecretFile(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new SecretError(`the file ${path}`, `cannot be read (${error.code ?? 'unknown'})`);
  });
  // Editors and `echo` end a file with a line break; a PEM does not mind.
  return nonEmpty(text.replace(/\r?\n$/, ''), `the file ${path}`);
}

async function readVault(
  ref: Extract<SecretRef, { keyVault: string }>,
  context: BuildContext,
  credentialOf: (identity: string) => TokenCredential,
): Promise<string> {
  const place = `the secret ${ref.name} of ${ref.keyVault}`;
  if (ref.identity === undefined) throw new SecretError(place, 'needs an identity that may read it');
  const vault = new URL(ref.keyVault);
  const suffix = vault.hostname.split('.').slice(1).join('.');
  const token = await credentialOf(ref.identity).getToken(`https://${suffix}/.default`);
  if (!token) throw new SecretError(place, `got no token from identity ${ref.identity}`);
  const url = new URL(`secrets/${encodeURIComponent(ref.name)}?api-version=${apiVersion}`, vault);
  const send = context.fetch ?? ((request: Request) => fetch(request));
  const response = await send(
    new Request(url, { headers: { authorization: `Bearer ${token.token}` }, redirect: 'error' }),
  ).catch(() => {
    throw new SecretError(place, 'could not be asked for: the vault was not reached');
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new SecretError(
      place,
      `returned HTTP ${response.status}: give identity ${ref.identity} the role Key Vault Secrets User`,
    );
  }
  const { value } = (await response.json()) as { value?: unknown };
  return nonEmpty(typeof value === 'string' ? value : undefined, place);
}
