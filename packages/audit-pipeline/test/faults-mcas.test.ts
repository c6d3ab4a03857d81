import { contoso, createEmulator, generateActivities } from 'audit-emulator';
import type { Emulator, FaultEffect } from 'audit-emulator';
import { McasClient, apiToken } from 'mcas-client';
import { describe, expect, it } from 'vitest';
import { memoryState, runPipeline } from '../src/index.js';
import { activityId, mcasSource } from '../src/mcas.js';
import { dice, memorySink } from './parts.js';

const start = Date.UTC(2026, 5, 1, 12);
const minute = 60_000;

type Verdict = { missing: number; strange: number; twice: number };

/** One collector of an emulator, over any number of runs. */
function collectorOf(emulator: Emulator): {
  run(stop?: AbortSignal): Promise<void>;
  verdict(): Verdict;
  onRequest(tell: () => void): void;
} {
  const { clock } = emulator;
  let told = (): void => {};
  const mcas = new McasClient(contoso.mcasHost, apiToken(contoso.mcasToken), {
    fetch: (request) => {
      told();
      return emulator.fetch(request);
    },
    clock,
    retry: { maxRetries: 1 },
  });
  const { sink, rows } = memorySink<string>();
  const state = memoryState({}, { clock });
  return {
    onRequest: (tell) => void (told = tell),
    async run(abortSignal) {
      await runPipeline({
        source: mcasSource(mcas, { startFrom: start - 60 * minute, maxWindowInMs: 20 * minute, clock }),
        transform: (activity) => JSON.stringify(activity),
        recordId: activityId,
        sink,
        state,
        clock,
        // Slices overlap: read at the same time, each would deliver what they share.
        concurrency: 1,
        deadLetters: { add: async () => {} },
        ...(abortSignal && { abortSignal }),
      });
    },
    /** How many records are missing, strange, or there twice. */
    verdict() {
      const closed = clock.now() - 10 * minute;
      const published = emulator.state.mcas.activities;
      const wanted = published
        .filter(({ created }) => created >= start - 60 * minute && created <= closed)
        .map((one) => JSON.stringify(one));
      const all = new Set(published.map((one) => JSON.stringify(one)));
      const arrived = new Set(rows);
      return {
        missing: wanted.filter((one) => !arrived.has(one)).length,
        strange: [...arrived].filter((one) => !all.has(one)).length,
        twice: rows.length - arrived.size,
      };
    },
  };
}

/** Runs until it succeeds. */
async function persist(run: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries += 1)
    try {
      return await run();
    } catch (error) {
      if (tries === 10) throw error;
    }
}

async function verdict(emulator: Emulator): Promise<Verdict> {
  const one = collectorOf(emulator);
  await persist(() => one.run());
  return one.verdict();
}

function emulated(): Emulator {
  const emulator = createEmulator({ clock: 'virtual', start });
  const from = start - 90 * minute;
  emulator.state.mcas.activities = [
    ...generateActivities({ seed: 'faults', count: 1500, from, to: start - 10 * minute }),
  ];
  emulator.state.mcas.settings.scanLimits.min = 50;
  return emulator;
}

const breaks: FaultEffect[] = [
  { kind: 'status', status: 429 },
  { kind: 'status', status: 503 },
  { kind: 'reset' },
  { kind: 'lostReply' },
  { kind: 'cut', atByte: 5000 },
  { kind: 'wrongJson' },
  { kind: 'wrongJson', body: '{"data":[],"hasNext":true}' },
  { kind: 'wrongJson', body: '{"hasNext":true}' },
];

const none = { missing: 0, strange: 0, twice: 0 };

describe('slices of Cloud App Security', () => {
  it('fault 36: pages that end early, pages with nothing but a cursor', async () => {
    for (const shortPages of [false, true])
      for (const emptyPages of [false, true]) {
        const emulator = emulated();
        Object.assign(emulator.state.mcas.settings, { shortPages, emptyPages });
        expect(await verdict(emulator)).toEqual(none);
      }
  });

  it.each(breaks)('fault 20, 36: $kind in mid scan', async (effect) => {
    const emulator = emulated();
    emulator.faults.add({ service: 'mcas', nth: 2, times: 4, effect });
    expect(await verdict(emulator)).toEqual(none);
  });
});

describe('many faults at once', () => {
  it.each(Array.from({ length: 40 }, (_, n) => n + 1))(
    'fault 42: seed %i: nothing lost of Cloud App Security',
    async (seed) => {
      const draw = dice(seed);
      const emulator = emulated();
      const { settings } = emulator.state.mcas;
      const one = collectorOf(emulator);
      for (let round = 0; round < 5; round += 1) {
        Object.assign(settings, { shortPages: draw(2) === 0, emptyPages: draw(2) === 0 });
        for (let n = draw(6); n > 0; n -= 1)
          emulator.faults.add({
            service: 'mcas',
            nth: 1 + draw(8),
            times: 1 + draw(3),
            effect: [...breaks, { kind: 'latency', ms: draw(30_000) } as const][
              draw(breaks.length + 1)
            ] as FaultEffect,
          });
        const stop = new AbortController();
        let left = draw(2) === 0 ? 1 + draw(12) : Infinity;
        one.onRequest(() => --left === 0 && stop.abort(new Error('stopped')));
        await one.run(stop.signal).catch(() => {});
        one.onRequest(() => {});
        await persist(() => one.run());
        const from = emulator.clock.now() - 2 * minute;
        await emulator.clock.advance((5 + draw(60)) * minute);
        // Some are saved while the collector is away.
        emulator.state.mcas.activities.push(
          ...generateActivities({
            seed: `${seed}-${round}`,
            count: draw(200),
            from,
            to: emulator.clock.now(),
          }),
        );
      }
      emulator.faults.clear();
      await emulator.clock.advance(20 * minute);
      await persist(() => one.run());
      expect(one.verdict()).toMatchObject({ missing: 0, strange: 0 });
    },
  );
});
