import { contoso } from 'audit-emulator';
import { describe, expect, it } from 'vitest';
import { McasClient, apiToken } from '../src/index.js';
import type { OperationOptions } from '../src/index.js';
import { emulated, now } from './helpers.js';

const day = 86_400_000;
const week = { date: { gte: now - 7 * day } };
const filters = { date: { gte: now - day } };
type Walk = (mcas: ReturnType<typeof emulated>['mcas'], options: OperationOptions) => AsyncIterable<unknown>;

const walks: [string, Walk][] = [
  ['activities.list', (mcas, options) => mcas.activities.list({ filters }, options)],
  ['activities.scan', (mcas, options) => mcas.activities.scan({ filters, limit: 500 }, options)],
  [
    'activities.scan, several at once',
    (mcas, options) => mcas.activities.scan({ filters: week, limit: 500, concurrency: 2 }, options),
  ],
  ['activities.follow', (mcas, options) => mcas.activities.follow({ startFrom: now - day, ...options })],
  ['alerts.list', (mcas, options) => mcas.alerts.list({}, options)],
  ['alerts.follow', (mcas, options) => mcas.alerts.follow({ startFrom: now - day, ...options })],
  ['files.list', (mcas, options) => mcas.files.list({}, options)],
];

describe.each(walks)('%s that is aborted', (_name, walk) => {
  it.each([1, 2, 60])('after %i is never taken for a whole one', async (after) => {
    const { mcas } = emulated();
    const stop = new AbortController();
    const reason = new Error('enough');
    let seen = 0;
    const read = async (): Promise<void> => {
      for await (const _item of walk(mcas, { abortSignal: stop.signal })) {
        seen += 1;
        if (seen === after) stop.abort(reason);
      }
    };
    await expect(read()).rejects.toBe(reason);
    // A page that is there is handed out; nothing is asked for any more.
    expect(seen).toBeLessThanOrEqual(after + 500);
  });
});

it('a token that never comes does not hold up who gives up', async () => {
  const { emulator } = emulated();
  let asked = 0;
  const stop = new AbortController();
  const reason = new Error('enough');
  const token = apiToken(() => {
    asked += 1;
    queueMicrotask(() => stop.abort(reason));
    return new Promise<string>(() => {});
  });
  const mcas = new McasClient(contoso.mcasHost, token, { fetch: emulator.fetch, clock: emulator.clock });
  await expect(mcas.alerts.get('a', { abortSignal: stop.signal })).rejects.toBe(reason);
  expect(asked).toBe(1);
});
