import type { FaultEffect } from 'audit-emulator';
import type { RawRecord } from 'o365-activity-client';
import { describe, expect, it } from 'vitest';
import type { Sink, State } from '../src/index.js';
import { dice } from './parts.js';
import { hour, ids, minute, start, world } from './faults-world.js';

const services = ['management-activity', 'management-activity', 'logs-ingestion', 'entra'] as const;

function effectOf(draw: (below: number) => number): FaultEffect {
  const effects: FaultEffect[] = [
    { kind: 'status', status: [408, 429, 500, 502, 503, 504][draw(6)] ?? 500 },
    { kind: 'reset' },
    { kind: 'lostReply' },
    { kind: 'cut', atByte: draw(3000) },
    { kind: 'latency', ms: draw(30_000) },
    { kind: 'truncatedGzip' },
    { kind: 'wrongJson' },
  ];
  return effects[draw(effects.length)] ?? { kind: 'reset' };
}

describe('many faults at once', () => {
  it.each(Array.from({ length: 60 }, (_, n) => n + 1))(
    'fault 42: seed %i: published minus what the dead letters name, nothing else',
    async (seed) => {
      const draw = dice(seed);
      const one = await world({
        compression: 'none',
        intercept: async (request, next) => {
          if (--requestsLeft === 0) stop.abort(new Error('stopped'));
          if (!request.url.includes('/dataCollectionRules/')) return undefined;
          const rows = ((await request.clone().json()) as unknown[]).length;
          const reply = await next(request).catch((error: unknown) => {
            unanswered += rows;
            throw error;
          });
          if (reply.ok) accepted += rows;
          return reply;
        },
      });
      let stop = new AbortController();
      let [recordsLeft, requestsLeft] = [Infinity, Infinity];
      let [records, published, shared, unanswered, accepted, committed] = [0, 0, 0, 0, 0, 0];
      const written = new Map<string, number>();
      const run = {
        from: new Date(start - hour),
        sink: {
          ...one.sink(),
          write: async (...call: Parameters<Sink<Uint8Array>['write']>) => {
            const result = await one.sink().write(...call);
            written.set(call[1].unit.id, result.accepted);
            return result;
          },
        },
        state: {
          ...one.state,
          commit: async (...call: Parameters<State['commit']>) => {
            await one.state.commit(...call);
            for (const { id } of call[0]) committed += written.get(id) ?? 0;
          },
        },
      };
      for (let round = 0; round < 6; round += 1) {
        for (let n = draw(6); n >= 0; n -= 1) {
          const count = 1 + draw(40);
          // One in five blobs repeats records of an earlier one.
          const from = draw(5) === 0 ? Math.max(0, records - 10) : records;
          one.publish(ids('r', from + count).slice(from), {
            created: one.emulator.clock.now() - draw(20) * minute,
          });
          shared += records - from;
          records = Math.max(records, from + count);
          published += count;
        }
        for (let n = draw(8); n >= 0; n -= 1)
          one.fault(effectOf(draw), {
            service: services[draw(services.length)] ?? 'management-activity',
            nth: 1 + draw(10),
            times: 1 + draw(4),
          });
        if (draw(6) === 0)
          one.fault(
            { kind: 'status', status: 404, body: { error: { code: 'AF20051', message: 'expired' } } },
            { service: 'management-activity', path: /\/feed\/audit\//, nth: 1 + draw(4) },
          );
        stop = new AbortController();
        const how = draw(4);
        if (how === 0) recordsLeft = 5 + draw(40);
        if (how === 1) requestsLeft = 1 + draw(30);
        const signal = draw(2) === 0 ? { abortSignal: stop.signal } : { drainSignal: stop.signal };
        const recordId = ({ id }: RawRecord): string | undefined => {
          if (--recordsLeft === 0) stop.abort(new Error('stopped'));
          return id;
        };
        if (how < 2) await one.run({ ...run, ...signal, recordId }).catch(() => {});
        [recordsLeft, requestsLeft] = [Infinity, Infinity];
        await one.runAll(run);
        await one.emulator.clock.advance(draw(30) * minute);
      }
      one.emulator.faults.clear();
      await one.emulator.clock.advance(minute);
      await one.run(run);
      const repeated = one.exact();
      // Only what was sent without an answer, what was accepted and not committed, and what two blobs share.
      const allowed = unanswered + (accepted - committed) + shared;
      expect(repeated, `seed ${seed}: ${published} published`).toBeLessThanOrEqual(allowed);
    },
  );
});
