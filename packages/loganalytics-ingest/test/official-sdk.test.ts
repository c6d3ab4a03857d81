import { LogsIngestionClient as OfficialClient } from '@azure/monitor-ingestion';
import { contoso, createEmulator, generateAuditRecords } from 'audit-emulator';
import { describe, expect, it } from 'vitest';
import { entraCredential } from '../src/index.js';
import { ingestion, target } from './clients.js';

const { tenantId, clientId, clientSecret, dcrImmutableId } = contoso;

describe('@azure/monitor-ingestion and this client', () => {
  it('leave the same rows', async () => {
    const to = Date.now();
    const records = [...generateAuditRecords({ seed: 'same', count: 1500, from: to - 3_600_000, to })];
    const rows = records.map(({ text }, Count) => ({
      TimeGenerated: new Date(to - Count).toISOString(),
      Message: text,
      Count,
      Ok: Count % 2 === 0,
      Context: JSON.parse(text) as unknown,
    }));

    const theirs = createEmulator();
    const server = await theirs.listen();
    try {
      const credential = entraCredential({ tenantId, clientId, clientSecret, fetch: theirs.fetch });
      const client = new OfficialClient(server.origin, credential, { tlsOptions: { ca: server.caPem } });
      await client.upload(dcrImmutableId, target.stream, rows);
    } finally {
      await server.close();
    }

    const ours = createEmulator();
    const report = await ingestion(ours).upload(target, rows);
    expect(report).toMatchObject({ accepted: 1500, requests: 1 });
    const byCount = (stored: readonly Record<string, unknown>[]): unknown[] =>
      stored.toSorted((a, b) => Number(a['Count']) - Number(b['Count']));
    const stored = byCount(ours.state.logAnalytics.rows('Demo_CL'));
    expect(stored).toEqual(byCount(theirs.state.logAnalytics.rows('Demo_CL')));
    expect(stored.map((row) => (row as { Count: number }).Count)).toEqual(rows.map(({ Count }) => Count));
    expect(theirs.requests.filter(({ service }) => service === 'logs-ingestion').length).toBeGreaterThan(1);
  });
});
