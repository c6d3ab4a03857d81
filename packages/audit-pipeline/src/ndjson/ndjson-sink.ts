import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { systemClock } from '@repo/client-core';
import type { Clock, Cloud } from '@repo/client-core';
import { appendManifest } from './ndjson-manifest.js';
import type { Sink } from '../ports.js';

export interface NdjsonSinkOptions {
  /** Of gzip, 1 to 9. Default 6. */
  level?: number | undefined;
  /** The cloud whose data may be kept here. */
  cloud?: Cloud | undefined;
  clock?: Clock | undefined;
}

const chunkBytes = 64 * 1024;
const newline = new Uint8Array([0x0a]);

/**
 * Rows into gzip NDJSON files, one per unit, in a folder per UTC day, with a line per file in `manifest.ndjson`. A file
 * appears whole or not at all, and is on disk before the unit is committed; nothing is ever overwritten. Only the owner
 * may read them. Rows are objects, or bytes that each hold one row's JSON.
 */
export function ndjsonSink<Row extends object>(folder: string, options: NdjsonSinkOptions = {}): Sink<Row> {
  const { level = 6, clock = systemClock, cloud } = options;
  let manifest: Promise<void> = Promise.resolve();
  return {
    cloud,
    async write(rows, { unit, abortSignal, onUndeliverable }) {
      const time = new Date(clock.now()).toISOString();
      const hashed = createHash('sha256').update(unit.id).digest('hex').slice(0, 16);
      const file = `${time.slice(0, 10)}/${hashed}-${randomUUID().slice(0, 8)}.ndjson.gz`;
      const path = join(folder, file);
      const sha256 = createHash('sha256');
      let [records, undeliverable, bytes] = [0, 0, 0];

      async function* lines(): AsyncGenerator<Buffer, void, void> {
        let waiting: Uint8Array[] = [];
        let size = 0;
        for await (const row of each(rows)) {
          const line = lineOf(row);
          if (!line) {
            undeliverable += 1;
            onUndeliverable(row, 'cannot be written as JSON');
            continue;
          }
          records += 1;
          waiting.push(line, newline);
          size += line.byteLength + 1;
          if (size < chunkBytes) continue;
          yield Buffer.concat(waiting);
          [waiting, size] = [[], 0];
        }
        if (size > 0) yield Buffer.concat(waiting);
      }
      async function* counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
        for await (const chunk of chunks) {
          sha256.update(chunk);
          bytes += chunk.byteLength;
          yield chunk;
        }
      }

      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const made = `${path}.tmp`;
      try {
        await pipeline(
          lines,
          createGzip({ level }),
          counted,
          // `flush`: on disk before it closes.
          createWriteStream(made, { flags: 'wx', mode: 0o600, flush: true }),
          abortSignal ? { signal: abortSignal } : {},
        );
        if (records > 0) await rename(made, path);
      } finally {
        await rm(made, { force: true });
      }
      if (records > 0) {
        await syncFolder(dirname(path));
        const line = {
          v: 1,
          time,
          unit: unit.id,
          file,
          records,
          bytes,
          sha256: sha256.digest('hex'),
        } as const;
        const mine = manifest.then(() => appendManifest(folder, line));
        manifest = mine.catch(() => {});
        await mine;
        await syncFolder(folder);
      }
      return { accepted: records, undeliverable, rejected: 0, unknown: 0, notSent: 0 };
    },
    close: () => manifest,
  };
}

async function* each<Row>(batches: AsyncIterable<readonly Row[]>): AsyncGenerator<Row, void, void> {
  for await (const batch of batches) yield* batch;
}

/** One line: a line break between the tokens of JSON is only white space, and cannot be anywhere else. */
function lineOf(row: object): Uint8Array | undefined {
  if (row instanceof Uint8Array) {
    if (!row.includes(0x0a) && !row.includes(0x0d)) return row;
    return row.map((byte) => (byte === 0x0a || byte === 0x0d ? 0x20 : byte));
  }
  try {
    return Buffer.from(JSON.stringify(row));
  } catch {
    return undefined;
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}
