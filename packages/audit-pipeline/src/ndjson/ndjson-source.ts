import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ArgumentError, readLines } from '@repo/client-core';
import type { Cloud } from '@repo/client-core';
import { UnitUnreadableError } from '../errors.js';
import { manifestPath, readManifest } from './ndjson-manifest.js';
import type { ManifestLine } from './ndjson-manifest.js';
import type { Source, Unit } from '../ports.js';
import { finiteSource } from '../sources/finite-source.js';
import { groupRecords } from '../sources/group-records.js';

export { readManifest } from './ndjson-manifest.js';

/** One file. */
export interface NdjsonUnit extends Unit {
  line: ManifestLine;
}

export interface NdjsonSourceOptions {
  /** Which files. Default: all. */
  where?: ((line: ManifestLine) => boolean) | undefined;
  /** The cloud the data comes from. */
  cloud?: Cloud | undefined;
}

/** The rows of an NDJSON folder again, each as its own bytes. A file whose SHA-256 is not the manifest's is unreadable. */
export function ndjsonSource(
  folder: string,
  options: NdjsonSourceOptions = {},
): Source<NdjsonUnit, Uint8Array> {
  const { where = () => true, cloud } = options;
  return {
    identity: `ndjson:${folder}`,
    cloud,
    open: (saved) =>
      finiteSource({
        saved,
        async *units() {
          if (!existsSync(manifestPath(folder)))
            throw new ArgumentError(
              'folder',
              `${folder} holds no manifest.ndjson`,
              'Give the folder that ndjsonSink wrote to.',
            );
          for (const line of await readManifest(folder)) if (where(line)) yield { id: line.file, line };
        },
        async *read({ line }) {
          const path = checkInside(folder, line.file);
          await checkHash(path, line.sha256);
          // What fails in the file ends the reading too.
          yield* groupRecords(readLines(pipeline(createReadStream(path), createGunzip(), () => {})));
        },
      }),
  };
}

/** A manifest may come from elsewhere: what it names must not lead out of its folder. */
function checkInside(folder: string, file: string): string {
  const root = resolve(folder);
  const path = resolve(root, file);
  if (!path.startsWith(root + sep))
    throw new UnitUnreadableError('the manifest names a file outside of its folder');
  return path;
}

async function checkHash(path: string, sha256: string): Promise<void> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new UnitUnreadableError('the file is gone', { cause: error });
  }
  if (hash.digest('hex') !== sha256)
    throw new UnitUnreadableError('the file is not what was written: its SHA-256 differs');
}
