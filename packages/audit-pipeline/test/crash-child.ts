/** Runs a pipeline of 20 units of 10 records against the sink at URL, and kills itself at POINT of the fifth unit. */
import { request } from 'node:http';
import { runPipeline, sqliteState } from '../src/index.js';
import type { Sink, State } from '../src/index.js';
import { listSource } from './parts.js';

const { URL: sinkUrl = '', STATE, POINT } = process.env as Record<string, string>;

const units = Array.from({ length: 20 }, (_, unit) => ({
  id: `unit-${unit}`,
  records: Array.from({ length: 10 }, (_, record) => ({ id: `${unit}/${record}` })),
}));

function crashAt(point: string, unitId: string): void {
  if (point === POINT && unitId === 'unit-4') process.kill(process.pid, 'SIGKILL');
}

/** Half of the body, on the wire, and then nothing more. */
async function postHalf(body: string): Promise<void> {
  const half = request(sinkUrl, { method: 'POST', headers: { 'content-length': body.length } });
  half.write(body.slice(0, body.length / 2));
  await new Promise((resolve) => half.once('socket', (socket) => socket.once('connect', resolve)));
  await new Promise((resolve) => setImmediate(resolve));
}

const sink: Sink<{ Id: string }> = {
  async write(rows, { unit }) {
    const all: { Id: string }[] = [];
    for await (const batch of rows) all.push(...batch);
    crashAt('after-fetch', unit.id);
    crashAt('before-post', unit.id);
    if (POINT === 'mid-post' && unit.id === 'unit-4') await postHalf(JSON.stringify(all));
    crashAt('mid-post', unit.id);
    await fetch(sinkUrl, { method: 'POST', body: JSON.stringify(all) });
    crashAt('after-post', unit.id);
    return { accepted: all.length, undeliverable: 0, rejected: 0, unknown: 0, notSent: 0 };
  },
  close: async () => {},
};

const durable = await sqliteState(STATE as string);
const state: State = {
  ...durable,
  async commit(units) {
    for (const { id } of units) crashAt('before-commit', id);
    // In the middle of the transaction: half of what it writes is written.
    const torn = units.map(({ delta, ...unit }) => {
      if (!delta) return unit;
      const expire = [...delta.expire];
      expire[Symbol.iterator] = () => (crashAt('mid-commit', unit.id), delta.expire.values());
      return { ...unit, delta: { ...delta, expire } };
    });
    await durable.commit(torn);
    for (const { id } of units) crashAt('after-commit', id);
  },
};

const list = listSource(units, { fail: (id) => (crashAt('on-read', id), false) });
const drain = new AbortController();
process.once('SIGTERM', () => drain.abort());
await runPipeline({
  source: {
    open(saved) {
      const run = list.open(saved);
      return {
        ...run,
        async *discover(options) {
          for await (const unit of run.discover(options)) {
            crashAt('after-list', unit.id);
            yield unit;
          }
        },
      };
    },
  },
  transform: (record) => ({ Id: record.id }),
  recordId: (record) => record.id,
  sink,
  state,
  concurrency: 3,
  drainSignal: drain.signal,
  deadLetters: { add: async () => {} },
});
await state.close();
