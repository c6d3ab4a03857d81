import { contoso, createEmulator } from 'audit-emulator';
import { createHealth } from 'audit-pipeline';
import { LogsIngestionClient, entraCredential } from 'loganalytics-ingest';
import { expect, it, vi } from 'vitest';
import { withHeartbeat } from '../lib/health.js';

it('tells the table how each type stands while the work is done and when it ends, and then no more', async () => {
  const emulator = createEmulator();
  const { fetch, state } = emulator;
  const { tenantId, clientId, clientSecret, dcrImmutableId } = contoso;
  const credential = entraCredential({ tenantId, clientId, clientSecret, fetch });
  const endpoint = state.logAnalytics.rules.get(dcrImmutableId)?.endpoint ?? '';
  const logs = new LogsIngestionClient(endpoint, credential, { fetch });
  vi.stubEnv('AUDIT_LOGS_RULE_ID', dcrImmutableId);
  const health = createHealth({ collector: 'test' });
  health.track({ tenantId, source: 'o365', types: ['DLP.All', 'Audit.General'] });
  const types = () => state.logAnalytics.rows('AuditCollectorHealth_CL').map((row) => row['ContentType']);
  const done = await withHeartbeat(health, logs, async () => {
    await vi.waitFor(() => expect(types()).toHaveLength(2));
    return 'done';
  });
  expect(done).toBe('done');
  // Before, and after.
  expect(
    types()
      .map(String)
      .toSorted((a, b) => a.localeCompare(b)),
  ).toEqual(['Audit.General', 'Audit.General', 'DLP.All', 'DLP.All']);
  vi.unstubAllEnvs();
});
