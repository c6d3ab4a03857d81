import { captureError } from '@repo/test-kit';
import fc from 'fast-check';
import type { FaultEffect } from 'audit-emulator';
import { describe, expect, it } from 'vitest';
import type { RowRange, IngestEvents } from '../src/index.js';
import { classic, ingestion, target, virtual } from './clients.js';
import { statusByRow, reportOf, sum } from './fake-service.js';

type Effect = FaultEffect | { status: number; headers?: Record<string, string> };

const effects: Effect[] = [
  { status: 400 },
  { status: 401 },
  { status: 403 },
  { status: 408 },
  { status: 413 },
  { status: 429 },
  { status: 429, headers: { 'retry-after': '3' } },
  { status: 429, headers: { 'retry-after': '7200' } },
  { status: 500 },
  { status: 503 },
  { kind: 'lostReply' },
  { kind: 'reset' },
  { kind: 'latency', ms: 20 },
];

const moments = ['attempt', 'response', 'retry', 'row'] as const;

const schedule = fc.record({
  count: fc.integer({ min: 0, max: 40 }),
  faults: fc.array(fc.option(fc.constantFrom(...effects), { freq: 2 }), { maxLength: 25 }),
  abort: fc.option(fc.record({ at: fc.constantFrom(...moments), nth: fc.integer({ min: 1, max: 12 }) })),
  concurrency: fc.integer({ min: 1, max: 3 }),
  maxRows: fc.integer({ min: 1, max: 9 }),
  asArray: fc.boolean(),
});

describe.each(['logs-ingestion', 'data-collector'] as const)('every status (%s)', (service) => {
  it('is true under any faults, and any moment of abort', () =>
    fc.assert(
      fc.asyncProperty(schedule, async ({ count, faults, abort, concurrency, maxRows, asArray }) => {
        const emulated = virtual();
        for (const [at, effect] of faults.entries())
          if (effect) emulated.faults.add({ service, nth: at + 1, effect });
        const controller = new AbortController();
        const seen = { attempt: 0, response: 0, retry: 0, row: 0 };
        const now = (moment: (typeof moments)[number]): void => {
          seen[moment] += 1;
          if (abort?.at === moment && seen[moment] === abort.nth) controller.abort(new Error('enough'));
        };
        const events: IngestEvents = {
          onAttempt: () => now('attempt'),
          onResponse: () => now('response'),
          onRetry: () => now('retry'),
        };
        async function* rows() {
          for (let id = 0; id < count; id++) {
            now('row');
            yield { Count: id };
          }
        }
        const given = asArray ? Array.from({ length: count }, (_, id) => ({ Count: id })) : rows();
        const statuses: RowRange[] = [];
        const options = {
          concurrency,
          maxRows,
          abortSignal: controller.signal,
          onRowStatus: (one: RowRange) => void statuses.push(one),
        };
        const report = await reportOf(
          service === 'logs-ingestion'
            ? ingestion(emulated, { events }).upload(target, given, options)
            : classic(emulated, { events }).upload({ logType: 'Rows' }, given, options),
        );
        const [table, column] = service === 'logs-ingestion' ? ['Demo_CL', 'Count'] : ['Rows_CL', 'Count_d'];
        const held = emulated.state.logAnalytics.rows(table).map((row) => row[column]);
        const byRow = statusByRow(statuses);
        for (const [id, status] of byRow)
          if (status === 'accepted') expect(held).toContain(id);
          else if (status !== 'unknown') expect(held).not.toContain(id);
        for (const id of held) expect(['accepted', 'unknown']).toContain(byRow.get(id as number));
        expect(sum(report)).toBe(byRow.size);
        // After an abort a stream may be left unread; nothing else is passed over.
        if (asArray || !controller.signal.aborted) expect(byRow.size).toBe(count);
        expect(report.requests).toBe(seen.attempt);
      }),
    ));
});

describe('an abort', () => {
  it('before the first attempt leaves all rows notSent, with its reason as cause', async () => {
    const emulated = virtual();
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    const error = await captureError(
      ingestion(emulated).upload(target, [{ Count: 1 }], { abortSignal: controller.signal }),
    );
    expect(error).toMatchObject({ report: { notSent: 1, requests: 0 }, cause: { message: 'enough' } });
  });

  it('while the limiter makes a body wait leaves its rows notSent', async () => {
    const emulated = virtual();
    const controller = new AbortController();
    const limiter = {
      acquire: ({ abortSignal }: { abortSignal?: AbortSignal } = {}) =>
        new Promise<void>((_, reject) => {
          abortSignal?.addEventListener('abort', () => reject(abortSignal.reason as Error));
          controller.abort(new Error('enough'));
        }),
      pauseUntil: () => {},
    };
    const uploading = ingestion(emulated, { limiter }).upload(target, [{ Count: 1 }, { Count: 2 }], {
      abortSignal: controller.signal,
    });
    expect(await reportOf(uploading)).toMatchObject({ notSent: 2, unknown: 0, requests: 0 });
  });

  it('between a refusal and the next attempt leaves rows notSent, after a lost answer unknown', async () => {
    for (const [effect, status] of [
      [{ status: 429 }, 'notSent'],
      [{ kind: 'lostReply' }, 'unknown'],
    ] as const) {
      const emulated = virtual();
      emulated.faults.add({ service: 'logs-ingestion', effect });
      const controller = new AbortController();
      const client = ingestion(emulated, {
        events: { onRetry: () => controller.abort(new Error('enough')) },
      });
      const uploading = client.upload(target, [{ Count: 1 }], { abortSignal: controller.signal });
      expect(await reportOf(uploading)).toMatchObject({ [status]: 1, requests: 1 });
    }
  });
});

describe('the report', () => {
  it('counts bodies that failed, and every attempt', async () => {
    const emulated = virtual();
    emulated.faults.add({ service: 'logs-ingestion', times: 2, effect: { status: 503 } });
    emulated.faults.add({ service: 'logs-ingestion', nth: 3, effect: { status: 403 } });
    const attempts: { rawBytes: number; requestBytes: number }[] = [];
    const client = ingestion(emulated, { events: { onAttempt: (event) => attempts.push(event) } });
    const report = await reportOf(client.upload(target, [{ Count: 1 }]));
    expect(report).toMatchObject({ requests: 3, rawBytes: 3 * '[{"Count":1}]'.length, unknown: 1 });
    expect(report.wireBytes).toBe(attempts.reduce((all, { requestBytes }) => all + requestBytes, 0));
    expect(attempts.every(({ rawBytes }) => rawBytes === 13)).toBe(true);
  });

  it('says notSent when the credential gives no token', async () => {
    const emulated = virtual();
    emulated.faults.add({ service: 'entra', times: 'always', effect: { status: 400 } });
    expect(await reportOf(ingestion(emulated).upload(target, [{ Count: 1 }]))).toMatchObject({ notSent: 1 });
  });
});
