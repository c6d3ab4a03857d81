import { captureError } from '@repo/test-kit';
import { contoso } from 'audit-emulator';
import { describe, expect, it } from 'vitest';
import { LogsIngestionClient, UploadError } from '../src/index.js';
import type { TokenCredential } from '../src/index.js';
import { classic, ingestion, target, virtual } from './clients.js';

describe('LogsIngestionClient', () => {
  it.each(['gzip', 'none'] as const)('stores typed rows (%s)', async (compression) => {
    const emulated = virtual();
    const rows = Array.from({ length: 3000 }, (_, Count) => ({
      Message: `Grüße ${Count}`,
      Count,
      Ok: true,
      Context: { a: [1] },
    }));
    const report = await ingestion(emulated, { compression }).upload(target, rows);
    expect(report).toMatchObject({ accepted: 3000, rejected: 0, ranges: [] });
    const stored = emulated.state.logAnalytics.rows('Demo_CL');
    expect(stored).toHaveLength(3000);
    expect(stored[7]).toMatchObject({ Message: 'Grüße 7', Count: 7, Ok: true, Context: { a: [1] } });
    if (compression === 'gzip') expect(report.wireBytes).toBeLessThan(report.rawBytes / 2);
  });

  it('survives throttling, a failing service and a refused token', async () => {
    const emulated = virtual();
    emulated.faults.add({
      service: 'logs-ingestion',
      nth: 1,
      effect: { status: 429, headers: { 'retry-after': '5' } },
    });
    emulated.faults.add({ service: 'logs-ingestion', nth: 2, effect: { status: 503 } });
    emulated.faults.add({ service: 'logs-ingestion', nth: 3, effect: { status: 401 } });
    const report = await ingestion(emulated).upload(target, [{ Message: 'a' }]);
    expect(report.accepted).toBe(1);
    expect(emulated.state.logAnalytics.rows('Demo_CL')).toHaveLength(1);
    expect(emulated.requests.filter((one) => one.service === 'entra').length).toBeGreaterThan(1);
  });

  it('calls rows unknown when an attempt was lost and a later one refused', async () => {
    const emulated = virtual();
    emulated.faults.add({ service: 'logs-ingestion', nth: 1, effect: { kind: 'lostReply' } });
    emulated.faults.add({ service: 'logs-ingestion', nth: 2, effect: { status: 403 } });
    const error = await captureError(ingestion(emulated).upload(target, [{ Message: 'a' }]));
    expect(UploadError.isInstance(error) && error.report).toMatchObject({ unknown: 1, rejected: 0 });
    expect(emulated.state.logAnalytics.rows('Demo_CL')).toHaveLength(1);
  });

  it('reports rows as refused, with the reason, when the stream is not in the rule', async () => {
    const error = await captureError(
      ingestion(virtual()).upload({ ...target, stream: 'Custom-Nothing' }, [{ a: 1 }, { a: 2 }]),
    );
    expect(UploadError.isInstance(error) && error.report).toMatchObject({ rejected: 2, accepted: 0 });
    expect(String(error)).toContain('InvalidStream');
  });

  it.each([
    [{ ...target, ruleId: 'dcr-contoso-audit' }, /immutable/],
    [{ ...target, stream: 'Demo_CL' }, /Custom-Demo_CL/],
  ])('refuses %o before anything is sent', (wrong, message) => {
    const emulated = virtual();
    expect(() => ingestion(emulated).openWriter(wrong)).toThrow(message);
    expect(emulated.requests).toEqual([]);
  });

  it('refuses an endpoint of another cloud', () => {
    expect(() => ingestion(virtual(), { cloud: 'gcc-high' })).toThrow(/cloud/);
  });

  it('says what a credential is when there is none', () => {
    const endpoint = 'https://contoso.westeurope-1.ingest.monitor.azure.com';
    expect(() => new LogsIngestionClient(endpoint, undefined as unknown as TokenCredential)).toThrow(
      'credential: is no TokenCredential. Give entraCredential(',
    );
  });
});

describe('DataCollectorClient', () => {
  it('stores rows of any Unicode with columns by type', async () => {
    const emulated = virtual();
    const report = await classic(emulated).upload({ logType: 'Classic' }, [
      { Message: 'Grüße, 世界 🚀', Count: 3, Ok: true },
    ]);
    expect(report.accepted).toBe(1);
    expect(emulated.state.logAnalytics.rows('Classic_CL').at(-1)).toMatchObject({
      Message_s: 'Grüße, 世界 🚀',
      Count_d: 3,
      Ok_b: true,
    });
  });

  it('signs every attempt anew and asks the key callback each time', async () => {
    const emulated = virtual();
    emulated.faults.add({ service: 'data-collector', nth: 1, effect: { status: 500 } });
    let asked = 0;
    await classic(emulated, { key: () => (asked++, contoso.sharedKey) }).upload({ logType: 'Signed' }, [
      { a: 1 },
    ]);
    expect(asked).toBe(2);
  });

  it('tries a refused signature once more, then says what to look at', async () => {
    const emulated = virtual();
    const wrong = btoa('another key');
    const error = await captureError(
      classic(emulated, { key: wrong }).upload({ logType: 'Demo' }, [{ a: 1 }]),
    );
    expect(String(error)).toContain('explainSignature');
    expect(emulated.requests).toHaveLength(2);
    expect(String(error)).not.toContain(wrong);
  });

  it('refuses a logType that names the table', () => {
    expect(() => classic(virtual()).openWriter({ logType: 'Demo_CL' })).toThrow(/Demo_CL_CL/);
    expect(() => classic(virtual()).openWriter({ logType: 'My-Logs' })).toThrow(/Log-Type/);
  });
});
