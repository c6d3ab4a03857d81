import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import { PassThrough } from 'node:stream';
import { ArgumentError, readLines } from '@repo/client-core';

export interface ReadOptions {
  /** Called for a line that is no JSON object; by default it is an error. */
  onInvalidLine?: ((place: { file: string; line: number }) => void) | undefined;
}

const extension = /\.(?:ndjson|jsonl)(?:\.gz)?$/;

/**
 * Reads records from a file, or from the `.ndjson` and `.jsonl` files of a folder, also compressed (`.gz`). Rows that
 * hold a record in `Record`, as audit-pipeline writes them, give that record.
 */
export async function* readNdjson(
  path: string,
  options: ReadOptions = {},
): AsyncGenerator<Record<string, unknown>, void, void> {
  const isFolder = (await stat(path)).isDirectory();
  const names = isFolder
    ? (await readdir(path, { recursive: true })).filter((name) => extension.test(name))
    : [];
  for (const file of isFolder ? names.toSorted().map((name) => join(path, name)) : [path]) {
    let line = 0;
    for await (const bytes of readLines(openFile(file))) {
      line += 1;
      if (bytes.length === 0) continue;
      const record = parseRecord(bytes);
      if (record) yield record;
      else if (options.onInvalidLine) options.onInvalidLine({ file, line });
      else
        throw new ArgumentError(
          `${file}:${line}`,
          'is no JSON object',
          'Repair the line, or give onInvalidLine.',
        );
    }
  }
}

function openFile(file: string): AsyncIterable<Uint8Array> {
  const source = createReadStream(file);
  if (!file.endsWith('.gz')) return source;
  const output = new PassThrough();
  pipeline(source, createGunzip(), output).catch((error: unknown) => output.destroy(error as Error));
  return output;
}

function parseRecord(bytes: Uint8Array): Record<string, unknown> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { Record } = value;
  return isObject(Record) && typeof Record['CreationTime'] === 'string' ? Record : value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
