import { contoso, createEmulator } from 'audit-emulator';
import fc from 'fast-check';
import { LogsIngestionClient, entraCredential } from 'loganalytics-ingest';
import { describe, expect, it } from 'vitest';
import { isRow, linesOf } from '../lib/ingest-lines.js';
import { exitCodeOf, uploadLines } from '../lib/ingest-upload.js';
import type { OpenWriter } from '../lib/ingest-upload.js';

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
}

async function textsOf(lines: AsyncIterable<Uint8Array>): Promise<string[]> {
  const texts: string[] = [];
  for await (const line of lines) texts.push(new TextDecoder().decode(line));
  return texts;
}

describe('lines', () => {
  it('are the same wherever the stream is cut', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme' }).map((line) => line.replace(/[\n\r]/g, ''))),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 9 }),
        async (lines, end, size) => {
          const bytes = new TextEncoder().encode(lines.map((line) => line + end).join(''));
          const found = await textsOf(linesOf(chunksOf(bytes, size)));
          expect(found).toEqual(lines);
        },
      ),
    ));

  it('need no end after the last, and are not cut at U+2028', async () => {
    const bytes = new TextEncoder().encode('{"a":"x\u2028y"}\n{"b":1}');
    expect(await textsOf(linesOf(chunksOf(bytes, 3)))).toEqual(['{"a":"x\u2028y"}', '{"b":1}']);
  });

  it('are rows when they are one object', () => {
    const rows = ['{}', '{"a":1}', '[1]', '1', 'null', '', '{"a":1}{"b":2}', '{"a":'].map((line) =>
      isRow(Buffer.from(line)),
    );
    expect(rows).toEqual([true, true, false, false, false, false, false, false]);
    expect(isRow(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d))).toBe(false);
  });
});

const { tenantId, clientId, clientSecret, dcrImmutableId: ruleId } = contoso;

function world() {
  const emulator = createEmulator({ clock: 'virtual' });
  const { fetch, clock } = emulator;
  const credential = entraCredential({ tenantId, clientId, clientSecret, fetch, clock });
  const endpoint = 'https://dcr-contoso-audit-c050.westeurope-1.ingest.monitor.azure.com';
  const logs = new LogsIngestionClient(endpoint, credential, { fetch, clock });
  const open: OpenWriter = (given) =>
    logs.openWriter({ ruleId, stream: 'Custom-Demo_CL' }, { concurrency: 1, ...given });
  const upload = (lines: string[], options: { maxRows?: number; stream?: string } = {}) => {
    const { stream = 'Custom-Demo_CL', ...limits } = options;
    return uploadLines(
      (given) => logs.openWriter({ ruleId, stream }, { concurrency: 1, ...limits, ...given }),
      linesOf(chunksOf(Buffer.from(lines.join('\n')), 100)),
    );
  };
  return { emulator, open, upload, rows: () => emulator.state.logAnalytics.rows('Demo_CL') };
}

describe('a file of lines', () => {
  it('is in the table; broken lines are named, empty ones passed over', async () => {
    const { upload, rows } = world();
    const report = await upload(['{"Count":1}', '', '{"Count":2', '{"Count":3}', 'oops']);
    expect(rows().map((row) => row['Count'])).toEqual([1, 3]);
    expect(report).toMatchObject({ lines: 5, broken: [3, 5], brokenCount: 2, upload: { accepted: 2 } });
    expect(exitCodeOf(report)).toBe(3);
    expect(exitCodeOf(await upload(['{"Count":1}']))).toBe(0);
  });

  it('accounts for what was read when the file cannot be read to its end', async () => {
    const { open, rows } = world();
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('{"Count":1}\n{"Count":2}\n');
      throw new Error('the disk is gone');
    }
    const report = await uploadLines(open, linesOf(broken()));
    expect(report).toMatchObject({ lines: 2, upload: { accepted: 2 } });
    expect(String(report.failure)).toContain('the disk is gone');
    expect(rows()).toHaveLength(2);
  });

  it('says by line what was refused', async () => {
    const { upload } = world();
    const report = await upload(['{"a":1}', 'broken', '{"a":2}', '{"a":3}'], { stream: 'Custom-Nothing' });
    expect([...report.resend]).toEqual([1, 3, 4]);
    expect([...report.reasons.keys()].join()).toContain('InvalidStream');
    expect(exitCodeOf(report)).toBe(4);
  });

  it('says by line what may be stored or not', async () => {
    const { upload, emulator } = world();
    for (let nth = 2; nth <= 6; nth++)
      emulator.faults.add({ service: 'logs-ingestion', nth, effect: { kind: 'lostReply' } });
    const report = await upload(['{"Count":1}', 'x', '{"Count":2}'], { maxRows: 1 });
    expect([...report.unknown]).toEqual([3]);
    expect(exitCodeOf(report)).toBe(5);
  });
});
