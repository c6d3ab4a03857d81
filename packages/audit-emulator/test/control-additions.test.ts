import { describe, expect, it } from 'vitest';
import { auditScenarioNames, contoso, createEmulator } from '../src/index.js';
import type { Emulator } from '../src/index.js';

const start = Date.parse('2026-11-20T12:00:00Z');
const hour = 3_600_000;

async function send(
  emulator: Emulator,
  path: string,
  body?: unknown,
  method: string = body === undefined ? 'GET' : 'POST',
): Promise<{ status: number; body: unknown }> {
  const response = await emulator.fetch(
    new Request(`https://localhost/_emulator/${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    }),
  );
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

const manual = () => createEmulator({ clock: 'manual', start, records: 50 });

describe('settings over HTTP', () => {
  it('are read, and changed while it runs; null is no bound', async () => {
    const emulator = manual();
    expect((await send(emulator, 'settings')).body).toMatchObject({
      'management-activity': { pageSize: 20 },
      mcas: { requestsPerMinute: 30 },
      'logs-ingestion': { logsIngestion: { maxWireBytes: 1_048_576 } },
    });
    const changed = await send(emulator, 'settings', {
      'management-activity': { pageSize: 3 },
      mcas: { requestsPerMinute: null, scanLimits: { min: 1 } },
    });
    expect(changed.status).toBe(200);
    const { managementActivity, mcas } = emulator.state;
    expect([managementActivity.settings.pageSize, mcas.settings.requestsPerMinute]).toEqual([3, Infinity]);
    expect(mcas.settings.scanLimits).toEqual({ min: 1, max: 5_000 });
  });

  it.each([
    [{ office: {} }, /Settings are objects of/],
    [{ mcas: { pageSise: 3 } }, /mcas\.pageSise is not known/],
    [{ mcas: { requestsPerMinute: 'many' } }, /a number, or null/],
    [{ 'management-activity': { pageSize: 5 }, mcas: { emptyPages: 1 } }, /mcas\.emptyPages is a boolean/],
  ])('%j changes nothing', async (body, message) => {
    const emulator = manual();
    const answer = await send(emulator, 'settings', body);
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringMatching(message) as string } });
    expect(emulator.state.managementActivity.settings.pageSize).toBe(20);
  });
});

describe('what happens', () => {
  it('reaches the feed when the clock gets there', async () => {
    const emulator = manual();
    const { managementActivity } = emulator.state;
    const found = () => managementActivity.blobs().filter((blob) => blob.listedFrom <= emulator.clock.now());
    const before = found().length;
    const answer = await send(emulator, 'happen', {
      scenario: 'hidden-inbox-rule',
      at: '2026-11-20T13:00:00Z',
    });
    const { recordIds } = answer.body as { recordIds: string[] };
    expect(recordIds).toHaveLength(3);
    expect(found()).toHaveLength(before);
    await emulator.clock.advance(4 * hour);
    const texts = found().flatMap((blob) => [...blob.records()]);
    for (const id of recordIds) expect(texts.some((text) => text.includes(id))).toBe(true);
    expect((await send(emulator, 'happen')).body).toEqual(auditScenarioNames);
    expect((await send(emulator, 'happen', { scenario: 'war' })).status).toBe(400);
  });

  it('goes on by itself, so many records in a minute', async () => {
    const emulator = manual();
    await send(emulator, 'live', { perMinute: 50 });
    const before = emulator.state.managementActivity.countBlobs();
    await emulator.clock.advance(hour);
    const blobs = emulator.state.managementActivity.countBlobs() - before;
    // Forty records a blob: 3,000 in an hour are 75 blobs.
    expect(blobs).toBe(75);
    await send(emulator, 'live', { perMinute: 0 });
    await emulator.clock.advance(hour);
    expect(emulator.state.managementActivity.countBlobs() - before).toBe(75);
  });
});

describe('additions over HTTP', () => {
  it('make apps, secrets, users, records, activities and alerts', async () => {
    const emulator = manual();
    const { entra, keyVault, graph, managementActivity, mcas } = emulator.state;
    await send(emulator, 'apps', {
      tenantId: contoso.tenantId,
      clientId: 'a0d17000-0000-4000-8000-0000000000ff',
      secrets: [{ value: 's' }],
    });
    expect(entra.findApp(contoso.tenantId, 'a0d17000-0000-4000-8000-0000000000ff')?.secrets).toHaveLength(1);
    await send(emulator, 'secrets', { name: 'token', value: 'v' });
    expect(keyVault.secrets.get('token')?.at(-1)?.value).toBe('v');
    await send(emulator, 'users', { id: 'u1', userPrincipalName: 'new@contoso.example' });
    expect(graph.users.at(-1)?.id).toBe('u1');
    const answer = await send(emulator, 'records', {
      contentType: 'Audit.General',
      records: [{ Id: '1' }],
      created: '2026-11-20T11:00:00Z',
    });
    const { contentId } = answer.body as { contentId: string };
    expect([...(managementActivity.findBlob(contoso.tenantId, contentId)?.records() ?? [])]).toEqual([
      '{"Id":"1"}',
    ]);
    const [activities, alerts] = [mcas.activities.length, mcas.alerts.length];
    await send(emulator, 'activities', { records: [{ _id: 'x', timestamp: start, created: start }] });
    await send(emulator, 'alerts', { records: [{ _id: 'y', timestamp: start }] });
    expect([mcas.activities.length, mcas.alerts.length]).toEqual([activities + 1, alerts + 1]);
    expect(await send(emulator, 'records', { contentType: 'Audit.Nothing', records: [] })).toMatchObject({
      status: 400,
    });
    expect(await send(emulator, 'apps', { tenantId: 'nowhere', clientId: 'x' })).toMatchObject({
      status: 400,
    });
  });
});

describe('faults, one by one', () => {
  it('are removed by their number, and strike by a share', async () => {
    const emulator = manual();
    await send(emulator, 'faults', {
      effect: { kind: 'status', status: 503 },
      times: 'always',
      probability: 0.3,
    });
    await send(emulator, 'faults', { effect: { kind: 'status', status: 500 }, path: '/nowhere' });
    const [first, second] = (await send(emulator, 'faults')).body as { id: number }[];
    expect((await send(emulator, `faults/${second?.id ?? 0}`, undefined, 'DELETE')).status).toBe(204);
    expect((await send(emulator, 'faults')).body).toMatchObject([{ id: first?.id }]);
    expect((await send(emulator, 'faults/99', undefined, 'DELETE')).status).toBe(400);
    const statuses = [];
    for (let i = 0; i < 200; i++)
      statuses.push(
        (await emulator.fetch(new Request('https://localhost/common/discovery/v2.0/keys'))).status,
      );
    const struck = statuses.filter((status) => status === 503).length;
    expect(struck).toBeGreaterThan(30);
    expect(struck).toBeLessThan(90);
    expect((await send(emulator, 'faults', { effect: { kind: 'reset' }, probability: 2 })).status).toBe(400);
  });
});
