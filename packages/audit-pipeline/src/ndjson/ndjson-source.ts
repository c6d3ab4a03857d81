import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ArgumentError } from '@repo/client-core';
import type { Cloud, Delta, SavedFeed } from '@repo/client-core';
import { UnitUnreadableError } from '../errors.js';
import { manifestPath, readManifest } from './ndjson-manifest.js';
import type { ManifestLine } from './ndjson-manifest.js';
import type { Source, Unit } from '../ports.js';
import { linesOf } from './lines.js';

export { readManifest } from './ndjson-manifest.js';

/** One file. */
export interface NdjsonUnit extends Unit {
  line: ManifestLine;
}

export interface NdjsonSourceOptions {
  /** Which files. Default: all. */
  where?(line: ManifestLine): boolean;
  /** The cloud the data comes from. */
  cloud?: Cloud;
}

/** Further than any clock: a file is never forgotten. */
const never = 8.64e15;

/** The rows of an NDJSON folder again, each as its own bytes. A file whose SHA-256 is not the manifest's is unreadable. */
export function ndjsonSource(
  folder: string,
  options: NdjsonSourceOptions = {},
): Source<NdjsonUnit, Uint8Array> {
  const { where = () => true, cloud } = options;
  return {
    identity: `ndjson:${folder}`,
    ...(cloud && { cloud }),
    open(saved: SavedFeed) {
      const done = new Set([...(saved.seen ?? [])].map(({ id }) => id));
      const settle = (id: string): Delta => ({
        cursor: '{"v":1}',
        add: [{ id, expires: never }],
        expire: [],
      });
      return {
        async *discover() {
          if (!existsSync(manifestPath(folder)))
            throw new ArgumentError(
              'folder',
              `${folder} holds no manifest.ndjson`,
              'Give the folder that ndjsonSink wrote to.',
            );
          for (const line of await readManifest(folder))
            if (!done.has(line.file) && where(line)) yield { id: line.file, line };
        },
        async *read({ line }) {
          const path = join(folder, line.file);
          const hash = createHash('sha256');
          try {
            for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
          } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
            throw new UnitUnreadableError('the file is gone', { cause: error });
          }
          if (hash.digest('hex') !== line.sha256)
            throw new UnitUnreadableError('the file is not what was written: its SHA-256 differs');
          // What fails in the file ends the reading too.
          yield* linesOf(pipeline(createReadStream(path), createGunzip(), () => {}));
        },
        ack: settle,
        fail: settle,
      };
    },
  };
}
