import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runPlanner, runWorker } from '../src/azure.js';
import { memoryState, replay, runPipeline, sqliteState } from '../src/index.js';
import { ndjsonSource } from '../src/ndjson.js';
import { listSource, memorySink } from './parts.js';

const folder = mkdtempSync(join(tmpdir(), 'audit-arguments-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a caller without types may give. */
type Given = Record<string, unknown>;
const run = () => ({
  source: listSource([{ id: 'a', records: [{ id: '1' }] }]),
  transform: (record: { id: string }) => record,
  sink: memorySink().sink,
  state: memoryState(),
  deadLetters: { add: async () => {} },
});
const wrong = (path: string, problem: string) =>
  expect.objectContaining({ name: 'ArgumentError', message: expect.stringContaining(`${path}: ${problem}`) });

describe('a run says what is wrong before it begins', () => {
  it.each<[Given, string, string]>([
    [{ source: undefined }, 'options.source', 'is missing'],
    [{ transform: 'row' }, 'options.transform', 'is no function'],
    [{ sink: {} }, 'options.sink', 'has no write()'],
    [{ state: null }, 'options.state', 'has no lock()'],
    [{ deadLetters: undefined }, 'options.deadLetters', 'is missing'],
    [{ concurrency: 0 }, 'options.concurrency', 'is 0'],
    [{ concurrency: Number.NaN }, 'options.concurrency', 'is NaN'],
  ])('%o', async (given, path, problem) => {
    const options = { ...run(), ...given } as Parameters<typeof runPipeline>[0];
    await expect(runPipeline(options)).rejects.toEqual(wrong(path, problem));
  });

  it('as does a worker, a planner and a replay', async () => {
    const queue = { receiveMessages() {}, sendMessage() {} };
    const shared = { ...run(), queue, poisonQueue: queue, tables: { createEntity() {} }, name: 'a' };
    const worker = { ...shared, read: () => [] } as unknown as Parameters<typeof runWorker>[0];
    await expect(runWorker({ ...worker, concurrency: 0 })).rejects.toEqual(
      wrong('options.concurrency', 'is 0'),
    );
    await expect(runWorker({ ...worker, read: undefined as never })).rejects.toEqual(
      wrong('options.read', 'is missing'),
    );
    const planner = shared as unknown as Parameters<typeof runPlanner>[0];
    await expect(runPlanner({ ...planner, unitsPerMinute: 0 })).rejects.toEqual(
      wrong('options.unitsPerMinute', 'is 0'),
    );
    expect(() => replay(run() as unknown as Parameters<typeof replay>[0])).toThrow(
      wrong('options.of', 'is missing'),
    );
  });
});

describe('a place that is none', () => {
  it.each([
    ['', 'is no path'],
    [folder, 'is a folder'],
    [join(folder, 'missing', 'state.db'), 'the folder of'],
  ])('is no state: %s', async (file, problem) => {
    await expect(sqliteState(file)).rejects.toThrow(problem);
    await expect(sqliteState(file)).rejects.toMatchObject({ name: 'ArgumentError' });
  });

  it('has no rows to give, and does not pass for an empty one', async () => {
    const source = ndjsonSource(join(folder, 'missing'));
    const { sink } = memorySink<Uint8Array>();
    const reading = runPipeline({ ...run(), source, sink, transform: (row) => row });
    await expect(reading).rejects.toEqual(wrong('folder', `${join(folder, 'missing')} holds no manifest`));
  });
});
