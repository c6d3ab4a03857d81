import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import { trustVariables } from './environment.js';

/** A PEM file of authorities, for the variables that take one. */
export interface TrustBundle {
  readonly file: string;
  remove(): Promise<void>;
}

/**
 * Writes the emulator's authority together with all that was trusted before: the files the variables name now, and the
 * machine's own authorities. `SSL_CERT_FILE` and its like replace what a program trusts, so that a bundle of the
 * emulator's authority alone would break every other use of that shell.
 */
export async function createTrustBundle(
  caPem: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<TrustBundle> {
  const folder = await mkdtemp(join(tmpdir(), 'audit-emulator-'));
  const file = join(folder, 'ca.pem');
  const named = new Set(trustVariables.flatMap((name) => env[name] || []));
  const before = await Promise.all([...named].map((path) => readFile(path, 'utf8').catch(() => '')));
  await writeFile(
    file,
    [caPem, ...before, ...machineAuthorities()]
      .map((pem) => pem.trim())
      .filter(Boolean)
      .join('\n') + '\n',
  );
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}

function machineAuthorities(): readonly string[] {
  const system = getCACertificates('system');
  return system.length > 0 ? system : getCACertificates('bundled');
}
