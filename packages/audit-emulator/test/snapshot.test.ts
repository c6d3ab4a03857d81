import { describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';
import type { Emulator } from '../src/index.js';

const origin = 'https://localhost:8443';
const start = Date.UTC(2026, 10, 20, 12);

async function post(emulator: Emulator, path: string, body: unknown): Promise<Response> {
  return emulator.fetch(
    new Request(`${origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
}

function change(emulator: Emulator): void {
  const { state } = emulator;
  state.entra.expireSecret(contoso.clientId);
  state.mcas.alerts.length = 3;
  state.mcas.settings.requestsPerMinute = 1;
  state.mcas.requests.set(contoso.tenantId, [emulator.clock.now()]);
  state.managementActivity.settings.pageSize = 1;
  state.managementActivity.subscriptions.enable(contoso.tenantId, contoso.clientId, 'DLP.All', 0);
  state.managementActivity.publish('DLP.All', ['{}']);
  state.managementActivity.quota.spend(contoso.tenantId, 5);
  state.managementActivity.quota.requestsPerMinute = 7;
  state.keyVault.setSecret('mcas-api-token', 'new');
  const table = state.logAnalytics.table('Demo_CL');
  if (table) state.logAnalytics.store(table, [{ Message: 'new' }]);
  state.logAnalytics.settings.dailyCapReached = true;
  state.logAnalytics.meter.take(contoso.dcrImmutableId, 9, { requests: 10, bytes: 100 });
}

function facts(emulator: Emulator) {
  const { entra, mcas, managementActivity, keyVault, logAnalytics } = emulator.state;
  return {
    now: emulator.clock.now(),
    secretEnds: entra.findApp(contoso.tenantId, contoso.clientId)?.secrets[0]?.expiresAt,
    alerts: mcas.alerts.length,
    mcasLimit: mcas.settings.requestsPerMinute,
    pageSize: managementActivity.settings.pageSize,
    subscriptions: [...managementActivity.subscriptions.all()].length,
    blobs: managementActivity.blobs().length,
    secrets: keyVault.secrets.get('mcas-api-token')?.length,
    rows: logAnalytics.rows('Demo_CL').length,
    capped: logAnalytics.settings.dailyCapReached,
    quotas: emulator.quotas.read(),
  };
}

describe('a snapshot', () => {
  it('brings back everything the services know, and the time, as often as it is asked to', async () => {
    const emulator = createEmulator({ clock: 'manual', start });
    const before = facts(emulator);
    const restore = emulator.snapshot();
    for (let round = 0; round < 2; round += 1) {
      change(emulator);
      await emulator.clock.advance(60_000);
      const changed = facts(emulator);
      for (const name of Object.keys(before) as (keyof typeof before)[])
        expect(changed[name], name).not.toEqual(before[name]);
      restore();
      expect(facts(emulator)).toEqual(before);
    }
  });

  it('survives a reset, and keeps faults and requests as they are', async () => {
    const emulator = createEmulator({ clock: 'manual', start });
    change(emulator);
    const before = facts(emulator);
    const restore = emulator.snapshot();
    emulator.reset();
    emulator.faults.add({ service: 'mcas', effect: { status: 503 } });
    restore();
    expect(facts(emulator)).toEqual(before);
    expect(emulator.faults.list()).toHaveLength(1);
  });

  it('is made and restored over HTTP, by name', async () => {
    const emulator = createEmulator({ clock: 'manual', start });
    const before = facts(emulator);
    expect(await (await post(emulator, '/_emulator/snapshots', { name: 'clean' })).json()).toEqual(['clean']);
    change(emulator);
    expect((await post(emulator, '/_emulator/restore', { name: 'clean' })).status).toBe(204);
    expect(facts(emulator)).toEqual(before);
    const unknown = await post(emulator, '/_emulator/restore', { name: 'other' });
    expect(await unknown.json()).toEqual({ error: 'Snapshots: clean.' });
    expect((await post(emulator, '/_emulator/snapshots', {})).status).toBe(400);
  });
});
