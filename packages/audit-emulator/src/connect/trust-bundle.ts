import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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
  await removeLeftovers();
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
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

const prefix = 'audit-emulator-ca-';

/** What emulators that were killed have left behind. */
async function removeLeftovers(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  const dead = names.filter((name) => {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : Number.NaN;
    return Number.isInteger(pid) && !isRunning(pid);
  });
  await Promise.all(
    dead.map((name) => rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined)),
  );
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is running too.
    return (error as { code?: string }).code === 'EPERM';
  }
}
