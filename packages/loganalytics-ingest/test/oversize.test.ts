import { captureError } from '@repo/test-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../src/index.js';
import type { ReturnedRow, RowRange, LongFieldEvent } from '../src/index.js';
import { fieldsOf } from '../src/rows/fields.js';
import { longFields, shrink } from '../src/rows/truncate-fields.js';
import { classic, ingestion, target, virtual } from './clients.js';
import { fakeService, reportOf, uploaded } from './fake-service.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const noise = (bytes: number): string =>
  Buffer.from(crypto.getRandomValues(new Uint8Array((bytes * 3) >> 2))).toString('base64');
const counts = (rows: readonly Record<string, unknown>[]): unknown[] => rows.map((row) => row['Count']);

describe('a row that is too large', () => {
  const rows = [{ id: 1 }, { id: 2, text: 'ü"'.repeat(200), more: 'y'.repeat(50) }, { id: 3 }];

  it('is invalid with sizes, its neighbours go on', async () => {
    const { transport, held } = fakeService({ fill: 100 });
    const { report, statuses } = await uploaded(transport, rows);
    expect(held).toEqual([{ id: 1 }, { id: 3 }]);
    expect(report).toMatchObject({ accepted: 2, invalid: 1 });
    expect(statuses.find(({ status }) => status === 'invalid')).toEqual({
      write: 0,
      from: 1,
      to: 2,
      status: 'invalid',
      reason: 'the row has 878 bytes, one request takes 100',
    });
  });

  it('is handed back, byte for byte, and is no error', async () => {
    const { transport } = fakeService({ fill: 100 });
    const letters: ReturnedRow[] = [];
    const { report } = await uploaded(transport, rows, {
      oversize: 'return',
      onReturnedRow: (letter) => letters.push(letter),
    });
    expect(report.invalid).toBe(1);
    expect(letters.map(({ index, json }) => [index, new TextDecoder().decode(json)])).toEqual([
      [1, JSON.stringify(rows[1])],
    ]);
  });

  it('loses the ends of its longest texts', async () => {
    const { transport, held, bodies } = fakeService({ fill: 100 });
    const { report } = await uploaded(transport, rows, { oversize: 'truncate' });
    expect(report).toMatchObject({ accepted: 3, truncatedFields: 1 });
    const row = held[1] as { text: string; more: string };
    expect(row.more).toBe('y'.repeat(50));
    expect('ü"'.repeat(200).startsWith(row.text)).toBe(true);
    for (const body of bodies) expect(bytesOf(body).byteLength).toBeLessThanOrEqual(100);
  });

  it('is cut in one go however many texts it has', async () => {
    const { transport, held } = fakeService({ fill: 30_000 });
    const row = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, n) => [`f${n}`, n % 7 ? 'xé'.repeat(9) : '']),
    );
    const { report } = await uploaded(transport, [row], { oversize: 'truncate' });
    expect(report).toMatchObject({ invalid: 1 });
    expect(held).toEqual([]);
    const fewer = Object.fromEntries(Object.entries(row).slice(0, 1500));
    const { transport: other, held: kept } = fakeService({ fill: 30_000 });
    const { report: cut } = await uploaded(other, [fewer], { oversize: 'truncate' });
    expect(cut).toMatchObject({ accepted: 1 });
    expect(Object.keys(kept[0] as object)).toHaveLength(1500);
  });

  it('is invalid when there is no text to cut', async () => {
    const { transport } = fakeService({ fill: 100 });
    const { report } = await uploaded(transport, [{ list: Array.from({ length: 99 }, () => 1) }], {
      oversize: 'truncate',
    });
    expect(report).toMatchObject({ invalid: 1, truncatedFields: 0 });
  });

  it('shrinks to any size that its other fields leave room for, and stays JSON', () =>
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.stringMatching(/^[a-z]{1,9}$/),
          fc.oneof(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.jsonValue()),
        ),
        fc.nat(400),
        (row, most) => {
          const bytes = bytesOf(JSON.stringify(row));
          const bare = Object.entries(row).map(([key, value]) => [
            key,
            typeof value === 'string' ? '' : value,
          ]);
          const least = bytesOf(JSON.stringify(Object.fromEntries(bare))).byteLength;
          const smaller = shrink(bytes, most);
          expect(smaller === undefined).toBe(least > most);
          if (!smaller) return;
          expect(smaller.byteLength).toBeLessThanOrEqual(most);
          const cut = JSON.parse(new TextDecoder().decode(smaller)) as Record<string, unknown>;
          expect(Object.keys(cut)).toEqual(Object.keys(JSON.parse(JSON.stringify(row)) as object));
          for (const [name, value] of Object.entries(cut))
            if (typeof value === 'string') expect((row[name] as string).startsWith(value)).toBe(true);
            else expect(JSON.stringify(value)).toBe(JSON.stringify(row[name]));
        },
      ),
    ));
});

describe('the fields of a row', () => {
  it('are found in any JSON, pretty or not', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(0, 2, '\t'), (row, indent) => {
        const text = JSON.stringify(row, undefined, indent);
        const bytes = bytesOf(text);
        const found = [...fieldsOf(bytes)].map(({ name, from, to }) => [
          name,
          new TextDecoder().decode(bytes.subarray(from, to)),
        ]);
        expect(found.map(([name]) => name)).toEqual(Object.keys(row));
        expect(found.map(([, value]) => JSON.stringify(JSON.parse(value as string)))).toEqual(
          Object.values(row).map((value) => JSON.stringify(value)),
        );
      }),
    ));

  it('end with bytes that are cut anywhere', () => {
    const bytes = bytesOf('{"a" : "x\\"y", "b":[1,{"c":"]"}], "d":null}');
    for (let end = 0; end <= bytes.byteLength; end++)
      expect([...fieldsOf(bytes.subarray(0, end))].length).toBeLessThan(4);
    for (let end = 0; end <= bytes.byteLength; end++)
      expect(longFields(bytes.subarray(0, end), 99)).toEqual([]);
  });
});

describe('fields longer than the service keeps', () => {
  const long = 'é'.repeat(40_000);

  it.each(['report', 'truncate'] as const)('are never cut in silence (%s)', async (how) => {
    const emulated = virtual();
    const events: LongFieldEvent[] = [];
    const report = await ingestion(emulated).upload(
      target,
      [
        { Message: long, Count: 1 },
        { Message: 'short', Context: { deep: long }, Count: 2 },
      ],
      { longFields: how, onLongField: (event) => events.push(event) },
    );
    expect(report).toMatchObject({ accepted: 2, truncatedFields: 2 });
    expect(events).toEqual([
      { write: 0, row: 0, field: 'Message', bytes: 80_000, cut: how === 'truncate' },
      { write: 0, row: 1, field: 'Context', bytes: 80_011, cut: false },
    ]);
    const [stored] = emulated.state.logAnalytics.rows('Demo_CL');
    expect(stored?.['Message']).toBe('é'.repeat(32_768));
    const cuts = emulated.state.logAnalytics.losses.filter(({ cause }) => cause === 'field-truncated');
    expect(cuts.reduce((all, { count }) => all + count, 0)).toBe(how === 'truncate' ? 1 : 2);
  });

  it('are 32 KB for the Data Collector API', async () => {
    const report = await classic(virtual()).upload({ logType: 'Long' }, [
      { Text: 'x'.repeat(32_769) },
      { Text: 'x'.repeat(32_768) },
    ]);
    expect(report).toMatchObject({ accepted: 2, truncatedFields: 1 });
  });
});

describe('what the service refuses', () => {
  it('is split in two until the culprit is alone', async () => {
    const emulated = virtual();
    emulated.faults.add({
      service: 'logs-ingestion',
      times: 'always',
      match: ({ body }) => new TextDecoder().decode(body).includes('culprit'),
      effect: { status: 400 },
    });
    const rows = Array.from({ length: 40 }, (_, Count) => ({
      Count,
      Message: Count === 13 ? 'culprit' : 'fine',
    }));
    const statuses: RowRange[] = [];
    const report = await reportOf(
      ingestion(emulated, { compression: 'none' }).upload(target, rows, {
        onRowStatus: (one) => void statuses.push(one),
      }),
    );
    expect(report).toMatchObject({
      accepted: 39,
      rejected: 1,
      ranges: [{ from: 13, to: 14, status: 'rejected', httpStatus: 400, isolated: true }],
    });
    expect(counts(emulated.state.logAnalytics.rows('Demo_CL'))).toEqual(
      rows.map(({ Count }) => Count).filter((count) => count !== 13),
    );
    expect(report.requests).toBeLessThan(14);
  });

  it('is not split to the last row when every row is refused', async () => {
    const emulated = virtual();
    emulated.faults.add({ service: 'logs-ingestion', times: 'always', effect: { status: 400 } });
    const rows = Array.from({ length: 1000 }, (_, Count) => ({ Count }));
    const report = await reportOf(ingestion(emulated).upload(target, rows));
    expect(report).toMatchObject({ accepted: 0, rejected: 1000 });
    expect(report.requests).toBeLessThan(100);
  });

  it('is not split when it is the stream that is wrong', async () => {
    const emulated = virtual();
    const report = await reportOf(
      ingestion(emulated).upload({ ...target, stream: 'Custom-No' }, [{ a: 1 }, { a: 2 }]),
    );
    expect(report).toMatchObject({ rejected: 2, requests: 1 });
  });

  it('is split at a 413, down to one row, by the policy for large rows', async () => {
    const emulated = virtual();
    emulated.state.logAnalytics.settings.logsIngestion.maxWireBytes = 3000;
    const rows = [noise(1000), noise(1500), noise(9000), noise(500)].map((Message, Count) => ({
      Message,
      Count,
    }));
    const letters: ReturnedRow[] = [];
    const report = await ingestion(emulated).upload(target, rows, {
      oversize: 'return',
      onReturnedRow: (letter) => letters.push(letter),
    });
    expect(report).toMatchObject({ accepted: 3, invalid: 1 });
    expect(letters.map(({ index }) => index)).toEqual([2]);
    expect(JSON.parse(new TextDecoder().decode(letters[0]?.json))).toEqual(rows[2]);
    const cut = await ingestion(emulated).upload(target, rows, { oversize: 'truncate' });
    expect(cut).toMatchObject({ accepted: 4, truncatedFields: expect.any(Number) as number });
    expect(cut.truncatedFields).toBeGreaterThan(0);
  });

  it('keeps its words, but no content, in the report', async () => {
    const emulated = virtual();
    emulated.faults.add({
      service: 'logs-ingestion',
      times: 'always',
      effect: { status: 400, body: { error: { code: 'InvalidPayload', message: 'malformed' } } },
    });
    const error = await captureError(ingestion(emulated).upload(target, [{ Message: 'contoso-secret' }]));
    expect(ApiError.isInstance((error as Error).cause)).toBe(true);
    expect(JSON.stringify(error) + String(error)).not.toContain('contoso-secret');
    expect(String(error)).toContain('malformed');
  });
});
