import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, stat, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { readLines, systemClock } from '@repo/client-core';
import type { Clock } from '@repo/client-core';
import { encodeDeadLetter, decodeDeadLetter } from './dead-letters-format.js';
import type { SavedDeadLetter } from './dead-letters-format.js';
import { DeadLettersFullError } from '../errors.js';
import type { DeadLetters } from '../ports.js';

export type { SavedDeadLetter } from './dead-letters-format.js';

export interface FileDeadLettersOptions {
  /** Of all files together. At the limit `add` throws DeadLettersFullError. Default 1 GiB. */
  maxBytes?: number | undefined;
  /** Files whose last entry is older are removed, in milliseconds. Default 90 days. */
  maxAgeInMs?: number | undefined;
  clock?: Clock | undefined;
}

export interface FileDeadLetters<Row> extends DeadLetters<Row> {
  /** Entries written since this process began. */
  readonly count: number;
  /** Everything that is kept now, oldest file first; what a crash has cut short, and what is added later, is left out. */
  entries(): AsyncIterable<SavedDeadLetter>;
  close(): Promise<void>;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const maxFileBytes = 16 * 1024 * 1024;

/**
 * Dead letters as NDJSON files that only their owner may read (folder 0700, files 0600): they hold record content. On
 * disk before `add` resolves. At the size limit nothing is dropped: `add` throws and the run stops. One process writes
 * a folder; what is read may be of others.
 */
export async function fileDeadLetters<Row = unknown>(
  folder: string,
  options: FileDeadLettersOptions = {},
): Promise<FileDeadLetters<Row>> {
  const { maxBytes = 2 ** 30, maxAgeInMs = 90 * 86_400_000, clock = systemClock } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let total = 0;
  let current: { handle: FileHandle; bytes: number } | undefined;
  let count = 0;
  let files = 0;
  /** Another one of this process may begin in the same millisecond. */
  const own = randomUUID().slice(0, 8);
  let writing: Promise<void> = Promise.resolve();

  async function names(): Promise<string[]> {
    return (await readdir(folder)).filter((name) => /^dead-[\w.-]+\.ndjson$/.test(name)).toSorted();
  }
  async function sweep(): Promise<void> {
    total = 0;
    for (const name of await names()) {
      const { size, mtimeMs } = await stat(join(folder, name));
      if (mtimeMs < clock.now() - maxAgeInMs) await unlink(join(folder, name));
      else total += size;
    }
  }
  async function file(): Promise<{ handle: FileHandle; bytes: number }> {
    // Someone who has dealt with a file may have removed it.
    if (current && current.bytes < maxFileBytes && (await current.handle.stat()).nlink > 0) return current;
    await current?.handle.close();
    current = undefined;
    await sweep();
    const time = new Date(clock.now()).toISOString().replaceAll(':', '');
    // A name of its own: half a line left by a crash is not continued.
    files += 1;
    const name = `dead-${time}-${process.pid}-${String(files).padStart(6, '0')}-${own}.ndjson`;
    const handle = await open(join(folder, name), 'ax', 0o600);
    await syncFolder(folder);
    return (current = { handle, bytes: 0 });
  }

  await sweep();
  return {
    get count() {
      return count;
    },
    add(entry) {
      const line = encodeDeadLetter(entry, clock.now());
      const mine = writing.then(async () => {
        // Room may have been made since.
        if (total + line.byteLength > maxBytes) await sweep();
        if (total + line.byteLength > maxBytes) throw new DeadLettersFullError(folder, maxBytes);
        const target = await file();
        await target.handle.appendFile(line);
        await target.handle.datasync();
        target.bytes += line.byteLength;
        total += line.byteLength;
        count += 1;
      });
      writing = mine.catch(async () => {
        // Half a line may be there: the next entry goes to another file.
        await current?.handle.close().catch(() => {});
        current = undefined;
      });
      return mine;
    },
    async *entries() {
      await writing;
      // What is added from now on goes to another file: these may be removed once they are dealt with.
      await current?.handle.close();
      current = undefined;
      const found: { path: string; size: number }[] = [];
      for (const name of await names()) {
        const path = join(folder, name);
        found.push({ path, size: (await stat(path)).size });
      }
      for (const { path, size } of found) {
        if (size === 0) continue;
        const handle = await open(path);
        try {
          for await (const line of readLines(handle.createReadStream({ end: size - 1, autoClose: false }))) {
            const entry = decodeDeadLetter(decoder.decode(line));
            if (entry) yield entry;
          }
        } finally {
          await handle.close().catch(() => {});
        }
      }
    },
    close: async () => {
      await writing;
      await current?.handle.close();
      current = undefined;
    },
  };
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}
