/** Runs a pipeline of 20 units of 10 records against the sink at URL, and kills itself at POINT of the fifth unit. */
import { runPipeline, sqliteState } from '../src/index.js';
import type { Sink, State } from '../src/index.js';
import { listSource } from './parts.js';

const { URL: sinkUrl, STATE, POINT } = process.env as Record<string, string>;

const units = Array.from({ length: 20 }, (_, unit) => ({
  id: `unit-${unit}`,
  records: Array.from({ length: 10 }, (_, record) => ({ id: `${unit}/${record}` })),
}));

function crashAt(point: string, unitId: string): void {
  if (point === POINT && unitId === 'unit-4') process.kill(process.pid, 'SIGKILL');
}

const sink: Sink<{ Id: string }> = {
  async write(rows, { unit }) {
    const all: { Id: string }[] = [];
    for await (const row of rows) all.push(row);
    crashAt('before-post', unit.id);
    await fetch(sinkUrl as string, { method: 'POST', body: JSON.stringify(all) });
    crashAt('after-post', unit.id);
    return { accepted: all.length, rejected: 0, failed: 0, unknown: 0, unsent: 0 };
  },
  close: async () => {},
};

const durable = await sqliteState(STATE as string);
const state: State = {
  ...durable,
  async commit(unitId, delta, marks) {
    crashAt('before-commit', unitId);
    await durable.commit(unitId, delta, marks);
    crashAt('after-commit', unitId);
  },
};

await runPipeline({
  source: listSource(units, { fail: (id) => (crashAt('on-read', id), false) }),
  transform: (record) => ({ Id: record.id }),
  recordId: (record) => record.id,
  sink,
  state,
  concurrency: 3,
  deadLetters: { add: async () => {} },
});
await state.close();
