import { describe, expect, it } from 'vitest';
import { UploadError } from '../src/index.js';
import type { RowRange } from '../src/index.js';
import { ingestion, target, virtual } from './clients.js';

const uploadError = async (upload: Promise<unknown>): Promise<UploadError> => {
  const error: unknown = await upload.then(
    () => new Error('it resolved'),
    (thrown: unknown) => thrown,
  );
  if (!UploadError.isInstance(error)) throw error;
  return error;
};

describe('an upload that is aborted before its source has ended', () => {
  it('is no whole one, though every row that was read is accepted', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    async function* rows() {
      for (let n = 0; n < 3; n += 1) yield { n };
      stop.abort(reason);
      await new Promise(() => {});
      yield { n: 3 };
    }
    const error = await uploadError(
      ingestion(virtual()).upload(target, rows(), { maxRows: 1, abortSignal: stop.signal }),
    );
    expect(error.cause).toBe(reason);
    expect(error.report.accepted + error.report.notSent).toBe(3);
  });

  it('is none either when nothing was read', async () => {
    function* rows() {
      yield { n: 1 };
    }
    const abortSignal = AbortSignal.abort(new Error('before'));
    const error = await uploadError(ingestion(virtual()).upload(target, rows(), { abortSignal }));
    expect(error.report).toMatchObject({ accepted: 0, requests: 0 });
  });

  it('tells the status of a row that was on its way', async () => {
    const stop = new AbortController();
    const queue = [{ n: 0 }, { n: 1 }];
    let arrive = (): void => {};
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: async () => {
          const value = queue.shift();
          if (queue.length === 0) await new Promise<void>((resolve) => (arrive = resolve));
          return value ? { done: false as const, value } : { done: true as const, value: undefined };
        },
      }),
    };
    const statuses: RowRange[] = [];
    const upload = ingestion(virtual()).upload(target, source, {
      abortSignal: stop.signal,
      onRowStatus: (one) => void statuses.push(one),
    });
    await new Promise((resolve) => setImmediate(resolve));
    stop.abort(new Error('enough'));
    await uploadError(upload);
    arrive();
    await new Promise((resolve) => setImmediate(resolve));
    const told = statuses.flatMap(({ from, to, status }) =>
      Array.from({ length: to - from }, (_, at) => [from + at, status]),
    );
    expect(told).toEqual([
      [0, 'notSent'],
      [1, 'notSent'],
    ]);
  });
});

describe('rows', () => {
  it('that are promises are refused, not sent empty', async () => {
    const rows = [1, 2].map(async (n) => ({ n }));
    const error = await uploadError(ingestion(virtual()).upload(target, rows));
    expect(error.report).toMatchObject({ accepted: 0, invalid: 2 });
    expect(error.report.ranges[0]?.reason).toMatch(/promise/);
  });

  it('are not accepted by the page of a sign-in', async () => {
    const page = async () =>
      new Response('<html>Sign in</html>', { status: 200, headers: { 'content-type': 'text/html' } });
    const error = await uploadError(
      ingestion(virtual(), { fetch: page, retry: { maxRetries: 0 } }).upload(target, [{ a: 1 }]),
    );
    expect(error.report).toMatchObject({ accepted: 0, unknown: 1 });
  });
});

describe('a writer', () => {
  it('waits for callbacks that take their time, and tells what they throw', async () => {
    const kept: number[] = [];
    const writer = ingestion(virtual()).openWriter(target, {
      oversize: 'return',
      onReturnedRow: async ({ index }) => {
        await new Promise((resolve) => setImmediate(resolve));
        kept.push(index);
        throw new Error('the disk is full');
      },
    });
    await writer.write([{ Text: 'x'.repeat(60_000_000) }]);
    await expect(writer.close()).rejects.toThrow('the disk is full');
    expect(kept).toEqual([0]);
  });

  it('refuses limits that are no numbers', () => {
    const client = ingestion(virtual());
    expect(() => client.openWriter(target, { maxBytes: Number.NaN })).toThrow(/options\.maxBytes/);
  });
});
