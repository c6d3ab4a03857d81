import { contoso, createEmulator, generateActivities } from 'audit-emulator';
import type { Emulator, FaultEffect } from 'audit-emulator';
import { McasClient, apiToken } from 'mcas-client';
import { describe, expect, it } from 'vitest';
import { memoryState, runPipeline } from '../src/index.js';
import { activityId, mcasSource } from '../src/mcas.js';
import { memorySink } from './parts.js';

const start = Date.UTC(2026, 5, 1, 12);
const minute = 60_000;

/** Runs until it succeeds; how many records are missing, strange, or there twice. */
async function verdict(emulator: Emulator): Promise<{ missing: number; strange: number; twice: number }> {
  const { fetch, clock } = emulator;
  const mcas = new McasClient(contoso.mcasHost, apiToken(contoso.mcasToken), {
    fetch,
    clock,
    retry: { maxRetries: 1 },
  });
  const { sink, rows } = memorySink<string>();
  const state = memoryState({}, { clock });
  for (let tries = 0; ; tries += 1) {
    try {
      await runPipeline({
        source: mcasSource(mcas, { startTime: start - 60 * minute, maxSliceInMs: 20 * minute, clock }),
        transform: (activity) => JSON.stringify(activity),
        recordId: activityId,
        sink,
        state,
        clock,
        // Slices overlap: read at the same time, each would deliver what they share.
        concurrency: 1,
        deadLetters: { add: async () => {} },
      });
      break;
    } catch (error) {
      if (tries === 10) throw error;
    }
  }
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
}

function emulated(): Emulator {
  const emulator = createEmulator({ clock: 'virtual', start });
  const from = start - 90 * minute;
  emulator.state.mcas.activities = [
    ...generateActivities({ seed: 'faults', count: 1500, from, to: start - 10 * minute }),
  ];
  emulator.state.mcas.options.scanLimits.min = 50;
  return emulator;
}

const none = { missing: 0, strange: 0, twice: 0 };

describe('slices of Cloud App Security', () => {
  it('fault 36: pages that end early, pages with nothing but a cursor', async () => {
    for (const shortPages of [false, true])
      for (const emptyPages of [false, true]) {
        const emulator = emulated();
        Object.assign(emulator.state.mcas.options, { shortPages, emptyPages });
        expect(await verdict(emulator)).toEqual(none);
      }
  });

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
  it.each(breaks)('fault 20, 36: $kind in mid scan', async (effect) => {
    const emulator = emulated();
    emulator.faults.add({ service: 'mcas', nth: 2, times: 4, effect });
    expect(await verdict(emulator)).toEqual(none);
  });
});
