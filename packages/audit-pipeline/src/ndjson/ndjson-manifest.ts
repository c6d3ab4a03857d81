import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StateVersionError } from '../errors.js';

/** What one file holds. Only files that the manifest names are whole. */
export interface ManifestLine {
  v: 1;
  /** When it was written, ISO 8601 UTC. */
  time: string;
  /** Id of the unit whose rows these are. A unit that was delivered twice has two files. */
  unit: string;
  /** Relative to the folder. */
  file: string;
  records: number;
  /** Of the compressed file. */
  bytes: number;
  /** Of the compressed file, in hex. */
  sha256: string;
}

export function manifestPath(folder: string): string {
  return join(folder, 'manifest.ndjson');
}

export async function appendManifest(folder: string, line: ManifestLine): Promise<void> {
  const handle = await open(manifestPath(folder), 'a+', 0o600);
  try {
    const { size } = await handle.stat();
    const last = Buffer.alloc(1);
    // A crash may have left half a line: it stays one of its own.
    if (size > 0) await handle.read(last, 0, 1, size - 1);
    const torn = size > 0 && last[0] !== 0x0a;
    await handle.appendFile(`${torn ? '\n' : ''}${JSON.stringify(line)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The files of a folder, in the order in which they were written. */
export async function readManifest(folder: string): Promise<ManifestLine[]> {
  const text = await readFile(manifestPath(folder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((line) => {
    let parsed: Partial<ManifestLine> | null;
    try {
      parsed = JSON.parse(line) as Partial<ManifestLine> | null;
    } catch {
      // Half a line, of a crash: what it was to name is delivered again under another.
      return [];
    }
    const v: unknown = parsed?.v;
    if (typeof v === 'number' && v > 1) throw new StateVersionError(manifestPath(folder), v, 1);
    return parsed?.v === 1 && typeof parsed.file === 'string' ? [parsed as ManifestLine] : [];
  });
}
