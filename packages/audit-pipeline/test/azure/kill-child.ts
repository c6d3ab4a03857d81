/** A planner or a worker of the kill test, with a clock of its own, until SIGTERM drains it. */
import { systemClock } from '@repo/client-core';
import { azureState, blobDeadLetters, runPlanner, runWorker } from '../../src/azure.js';
import type { Clock, Sink, Source, Unit } from '../../src/index.js';
import { accountOf } from './account.js';

const {
  ROLE,
  STORAGE,
  URL: service,
  UNITS,
  RECORDS,
  SKEW,
  CONCURRENCY,
} = process.env as Record<string, string>;

const clock: Clock = { now: () => Date.now() + Number(SKEW), sleep: systemClock.sleep };
const drain = new AbortController();
process.on('SIGTERM', () => drain.abort());
const account = accountOf(STORAGE as string);
const name = 'kill';
const shared = {
  tables: account.tables,
  name,
  queue: account.queue,
  deadLetters: blobDeadLetters(account.container),
  clock,
  drainSignal: drain.signal,
};

const source: Source<Unit, { id: string }> = {
  identity: 'kill',
  open: (saved) => {
    const seen = new Set([...(saved.seen ?? [])].map(({ id }) => id));
    const done = (id: string) => ({ cursor: id, add: [{ id, expires: 4e12 }], expire: [] });
    return {
      async *discover() {
        for (let n = 0; n < Number(UNITS); n += 1) if (!seen.has(`unit-${n}`)) yield { id: `unit-${n}` };
      },
      async *read({ id }) {
        const reply = await fetch(`${service}read/${id}`);
        if (!reply.ok) throw new Error(`read: ${reply.status}`);
        for (let n = 0; n < Number(RECORDS); n += 1) yield { id: `${id}/${n}` };
      },
      ack: done,
      fail: done,
    };
  },
};
const sink: Sink<string> = {
  async write(rows) {
    const all: string[] = [];
    for await (const row of rows) all.push(row);
    const reply = await fetch(`${service}write`, { method: 'POST', body: JSON.stringify(all) });
    const accepted = reply.ok ? all.length : 0;
    return { accepted, rejected: 0, failed: all.length - accepted, unknown: 0, unsent: 0 };
  },
  close: async () => {},
};

if (ROLE === 'planner') {
  const state = azureState({ ...account, name, onLocked: 'wait', leaseInSeconds: 15, clock });
  await runPlanner({ ...shared, source, state, unitsPerMinute: 6000, aheadInMs: 3000, pollInMs: 200 });
} else {
  await runWorker({
    ...shared,
    poisonQueue: account.poison,
    read: source.open({}).read,
    transform: ({ id }) => id,
    sink,
    concurrency: Number(CONCURRENCY),
    visibilityInMs: 4000,
    maxAttempts: 50,
    retryDelayInMs: 500,
    idleInMs: 200,
  });
}
