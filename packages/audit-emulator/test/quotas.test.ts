import { describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';

const origin = 'https://localhost:8443';
const json = { 'content-type': 'application/json' };

describe('quotas', () => {
  it('are read and set for all services at once', async () => {
    const emulator = createEmulator({ clock: 'manual' });
    const call = async (method: string, body?: unknown) =>
      emulator.fetch(
        new Request(`${origin}/_emulator/quotas`, {
          method,
          headers: json,
          ...(body !== undefined && { body: JSON.stringify(body) }),
        }),
      );
    expect(await (await call('GET')).json()).toMatchObject([
      { service: 'mcas', per: 'tenant', requestsPerMinute: 30, used: {} },
      { service: 'management-activity', per: 'tenant', requestsPerMinute: 2000 },
      { service: 'logs-ingestion', per: 'rule', requestsPerMinute: 12_000, bytesPerMinute: 2_000_000_000 },
      { service: 'data-collector', per: 'workspace', requestsPerMinute: null },
    ]);
    const changed = await call('POST', {
      mcas: { requestsPerMinute: 2 },
      'logs-ingestion': { requestsPerMinute: null, bytesPerMinute: 5000 },
    });
    expect(await changed.json()).toMatchObject([
      { requestsPerMinute: 2 },
      { requestsPerMinute: 2000 },
      { requestsPerMinute: null, bytesPerMinute: 5000 },
      {},
    ]);
    for (const wrong of [
      { mcas: { bytesPerMinute: 1 } },
      { graph: { requestsPerMinute: 1 } },
      { mcas: { requestsPerMinute: 'x' } },
    ])
      expect((await call('POST', wrong)).status).toBe(400);
  });

  it('hold, and say what was used', async () => {
    const emulator = createEmulator({ clock: 'manual' });
    emulator.quotas.set('mcas', { requestsPerMinute: 2 });
    const list = async () =>
      emulator.fetch(
        new Request(`https://${contoso.mcasHost}/api/v1/alerts/`, {
          method: 'POST',
          headers: { ...json, authorization: `Token ${contoso.mcasToken}` },
          body: '{}',
        }),
      );
    expect([(await list()).status, (await list()).status, (await list()).status]).toEqual([200, 200, 429]);
    expect(emulator.quotas.read()[0]?.used).toEqual({ [contoso.tenantId]: { requests: 2 } });
    await emulator.clock.advance(60_001);
    expect(emulator.quotas.read()[0]?.used).toEqual({ [contoso.tenantId]: { requests: 0 } });
    expect((await list()).status).toBe(200);
  });

  it('are on the page, where no row can be more than text', async () => {
    const emulator = createEmulator();
    const table = emulator.state.logAnalytics.table('Demo_CL');
    if (table) emulator.state.logAnalytics.store(table, [{ Message: '<script>alert(1)</script>' }]);
    const page = await (await emulator.fetch(new Request(`${origin}/`))).text();
    for (const text of [
      'mcas',
      'management-activity',
      'logs-ingestion',
      'data-collector',
      '12000',
      'no bound',
    ])
      expect(page).toContain(text);
    expect(page).not.toContain('<script>');
    expect(page).toContain('&lt;script&gt;');
  });
});
