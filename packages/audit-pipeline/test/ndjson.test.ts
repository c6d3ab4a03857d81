import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { memoryState, runPipeline } from '../src/index.js';
import type { DeadLetter } from '../src/index.js';
import { ndjsonSink, ndjsonSource, readManifest } from '../src/ndjson.js';
import { listSource, memorySink } from './parts.js';

const root = mkdtempSync(join(tmpdir(), 'audit-ndjson-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const fresh = () => join(root, String(folders++));
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (row: Uint8Array) => new TextDecoder().decode(row);

async function write(folder: string, units: { id: string; records: (object | Uint8Array)[] }[]) {
  return runPipeline({
    source: listSource(units),
    transform: (row) => row,
    sink: ndjsonSink(folder),
    state: memoryState(),
    deadLetters: { add: async () => {} },
  });
}

async function replay(folder: string) {
  const { sink, rows } = memorySink<Uint8Array>();
  const dead: DeadLetter[] = [];
  await runPipeline({
    source: ndjsonSource(folder),
    transform: (row) => row,
    sink,
    state: memoryState(),
    concurrency: 1,
    deadLetters: { add: async (entry) => void dead.push(entry) },
  });
  return { rows: rows.map(text), dead };
}

describe('ndjson', () => {
  it('gives back every row, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.json(), { maxLength: 40 }), { minLength: 1, maxLength: 5 }),
        async (all) => {
          const folder = fresh();
          await write(
            folder,
            all.map((records, n) => ({ id: `unit ${n}`, records: records.map(bytes) })),
          );
          expect((await replay(folder)).rows.toSorted()).toEqual(all.flat().toSorted());
        },
      ),
      { numRuns: 20, seed: 7 },
    );
  });

  it('writes a row larger than a chunk, and one that has line breaks between its tokens', async () => {
    const folder = fresh();
    const large = JSON.stringify({ Record: 'é'.repeat(300_000) });
    await write(folder, [{ id: 'a', records: [bytes(large), bytes('{\r\n  "Id": 1\n}'), { Id: 2 }] }]);
    expect((await replay(folder)).rows).toEqual([large, '{    "Id": 1 }', '{"Id":2}']);
  });

  it('names each file with its unit, records, bytes and SHA-256; for their owner only', async () => {
    const folder = fresh();
    await write(folder, [
      { id: 'a/../b', records: [{ Id: 1 }, { Id: 2 }] },
      { id: 'empty', records: [] },
    ]);
    const [line, ...others] = await readManifest(folder);
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      unit: 'a/../b',
      records: 2,
      sha256: expect.stringMatching(/^[\da-f]{64}$/),
    });
    const { size, mode } = statSync(join(folder, line?.file ?? ''));
    expect(line?.bytes).toBe(size);
    expect(mode & 0o777).toBe(0o600);
    expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.tmp'))).toEqual(
      [],
    );
  });

  it('does not read what was changed or is gone: it is a dead letter', async () => {
    const folder = fresh();
    await write(folder, [
      { id: 'a', records: [{ Id: 1 }] },
      { id: 'b', records: [{ Id: 2 }] },
      { id: 'c', records: [{ Id: 3 }] },
    ]);
    const [a, b] = await readManifest(folder);
    const file = readFileSync(join(folder, a?.file ?? ''));
    file[12] = (file[12] ?? 0) ^ 1;
    writeFileSync(join(folder, a?.file ?? ''), file);
    rmSync(join(folder, b?.file ?? ''));
    const { rows, dead } = await replay(folder);
    expect(rows).toHaveLength(1);
    expect(dead.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('SHA-256'),
      expect.stringContaining('gone'),
    ]);
  });

  it('goes on after half a line of the manifest', async () => {
    const folder = fresh();
    await write(folder, [{ id: 'a', records: [{ Id: 1 }] }]);
    appendFileSync(join(folder, 'manifest.ndjson'), '{"v":1,"time":"20');
    await write(folder, [{ id: 'b', records: [{ Id: 2 }] }]);
    expect((await replay(folder)).rows).toEqual(['{"Id":1}', '{"Id":2}']);
  });

  it('leaves nothing behind of a unit that is cut off', async () => {
    const folder = fresh();
    const stop = new AbortController();
    async function* rows() {
      yield [{ Id: 1 }];
      stop.abort(new Error('stop'));
      yield [{ Id: 2 }];
    }
    const writing = ndjsonSink(folder).write(rows(), {
      unit: { id: 'a' },
      abortSignal: stop.signal,
      onUndeliverable: () => {},
    });
    await expect(writing).rejects.toThrow();
    expect(await readManifest(folder)).toEqual([]);
    expect(readdirSync(folder, { recursive: true }).filter((name) => /gz/.test(String(name)))).toEqual([]);
  });
});
