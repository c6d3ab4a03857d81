import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openWriter } from '../src/writer/writer.js';
import { uploadRows } from '../src/writer/upload-rows.js';
import type { WriterOptions } from '../src/writer/writer-options.js';
import { fakeService, reportOf, statusByRow, uploaded } from './fake-service.js';

type Row = Record<string, unknown>;

/** A service that refuses each body with such a row. */
const picky = (isRefused: (row: Row) => boolean, fill = 2_000_000) =>
  fakeService({ fill }, (rows) =>
    rows.some((row) => isRefused(JSON.parse(row) as Row))
      ? { status: 'rejected', error: { status: 400 }, reason: 'malformed', parts: 2 }
      : undefined,
  );

/** Deterministic noise. */
const noise = (seed: number): string => ((seed * 2_654_435_761) % 4_294_967_296).toString(36);

const rowsOf = (count: number, make: (id: number) => Row): Row[] =>
  Array.from({ length: count }, (_, id) => ({
    id,
    user: noise(id),
    time: '2026-11-20T10:00:00.000000Z',
    ...make(id),
  }));

const isOneInHundred = (id: number): boolean => Number.parseInt(noise(id).slice(-3), 36) % 100 === 7;

describe('rows for which the service refuses a body', () => {
  it.each<[string, Row, (row: Row) => boolean]>([
    ['a kind', { nested: { a: 1 } }, (row) => typeof row['nested'] === 'object'],
    ['a value', { flag: true }, (row) => row['flag'] === true],
    ['the shape of a time', { time: '2026-11-20T10:00:00.000Z' }, (row) => String(row['time']).length < 27],
  ])('cost few requests when they have %s in common', async (_, bad, isRefused) => {
    const rows = rowsOf(20_000, (id) => ({ nested: 'x', flag: false, ...(isOneInHundred(id) && bad) }));
    const refused = rows.filter(isRefused).length;
    const { transport, held } = picky(isRefused);
    const { report, statuses } = await uploaded(transport, rows);
    expect(refused).toBeGreaterThan(120);
    expect(report).toMatchObject({ accepted: 20_000 - refused, rejected: refused });
    expect(held).toHaveLength(20_000 - refused);
    expect(report.requests).toBeLessThan(refused + 120);
    const isolated = statuses.filter((one) => one.isolated);
    expect(isolated).toHaveLength(refused);
  });

  it('cost no more than the budget when they have nothing in common, and no status is wrong', async () => {
    const rows = rowsOf(20_000, () => ({}));
    const isRefused = ({ id }: Row): boolean => isOneInHundred(id as number);
    const { transport, held } = picky(isRefused);
    const { report, statuses } = await uploaded(transport, rows);
    expect(report.requests).toBeLessThan(520);
    expect(report.accepted).toBe(held.length);
    expect(report.accepted + report.rejected).toBe(20_000);
    expect(report.accepted).toBeGreaterThan(4000);
    const byRow = statusByRow(statuses);
    for (const row of rows) if (isRefused(row)) expect(byRow.get(row['id'] as number)).toBe('rejected');
  });

  it('are all found when the caller pays for it', async () => {
    const rows = rowsOf(5000, () => ({}));
    const isRefused = ({ id }: Row): boolean => isOneInHundred(id as number);
    const { transport } = picky(isRefused);
    const { report } = await uploaded(transport, rows, { maxIsolationRequests: Infinity });
    expect(report.rejected).toBe(rows.filter(isRefused).length);
  });

  it('are refused together when nothing may be spent', async () => {
    const { transport } = picky(({ id }) => id === 3);
    const { report } = await uploaded(
      transport,
      rowsOf(10, () => ({})),
      { maxIsolationRequests: 0 },
    );
    expect(report).toMatchObject({ accepted: 0, rejected: 10, requests: 1 });
    expect(report.ranges).toMatchObject([{ from: 0, to: 10 }]);
    expect(report.ranges[0]?.isolated).toBeUndefined();
  });

  it('never hide a row that was accepted, nor accept one that was not', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ kind: fc.constantFrom('a', 'b', 'c'), n: fc.integer() }), { maxLength: 200 }),
        fc.constantFrom('a', 'b'),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 100, max: 4000 }),
        async (given, refused, maxIsolationRequests, fill) => {
          const rows = given.map((row, id) => ({ id, ...row }));
          const { transport, held } = picky(({ kind }) => kind === refused, fill);
          const options: WriterOptions = { maxIsolationRequests, concurrency: 2 };
          const { report, statuses } = await uploaded(transport, rows, options);
          const byRow = statusByRow(statuses);
          const stored = new Set((held as Row[]).map(({ id }) => id));
          expect(held).toHaveLength(stored.size);
          for (const { id } of rows) expect(byRow.get(id) === 'accepted').toBe(stored.has(id));
          for (const { from, isolated } of statuses) if (isolated) expect(rows[from]?.kind).toBe(refused);
          expect(byRow.size).toBe(rows.length);
          expect(report.accepted).toBe(stored.size);
        },
      ),
    ));
});

describe('a destination that refuses every body', () => {
  it('costs few requests', async () => {
    const { transport } = picky(() => true, 20_000);
    const rows = rowsOf(20_000, () => ({}));
    const report = await reportOf(uploadRows(openWriter<object>(transport), rows));
    expect(report).toMatchObject({ accepted: 0, rejected: 20_000 });
    // Each body once, and what finding one bad row would have cost.
    expect(report.requests).toBeLessThan(250);
  });
});
