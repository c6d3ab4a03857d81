import { beforeEach, describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';
import type { Emulator } from '../src/index.js';

const start = Date.UTC(2026, 10, 20, 12);
const group = `/subscriptions/${contoso.subscriptionId}/resourceGroups/${contoso.resourceGroup}`;
const workspace = `${group}/providers/Microsoft.OperationalInsights/workspaces/${contoso.workspaceName}`;
const rule = `${group}/providers/Microsoft.Insights/dataCollectionRules`;
let emulator: Emulator;

beforeEach(() => {
  emulator = createEmulator({ clock: 'manual', start });
  emulator.state.entra.verify = async (authorization, audiences) =>
    audiences.some((audience) => authorization === `Bearer ${audience}`)
      ? {
          ok: true,
          claims: { aud: '', iss: '', tid: '', appid: 'app', oid: '', roles: [], iat: 0, nbf: 0, exp: 0 },
        }
      : { ok: false, reason: 'audience' };
});

interface Resource {
  name?: string;
  value?: Resource[];
  properties?: Record<string, unknown>;
  error?: { code: string; details?: { code: string }[] };
  [field: string]: unknown;
}

async function call(
  method: string,
  path: string,
  body?: unknown,
  token = 'https://management.azure.com/',
): Promise<{ status: number; body: Resource }> {
  const response = await emulator.fetch(
    new Request(`https://management.azure.com${path}?api-version=2025-07-01`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Resource) };
}

const schema = (...columns: [string, string][]): unknown => ({
  properties: { schema: { name: 'T_CL', columns: columns.map(([name, type]) => ({ name, type })) } },
});
const time: [string, string] = ['TimeGenerated', 'datetime'];

describe('ARM: access', () => {
  it('wants a token for management, a role, a version, and a resource that is there', async () => {
    expect((await call('GET', workspace, undefined, 'https://monitor.azure.com')).status).toBe(401);
    expect((await call('GET', workspace, undefined, 'https://management.core.windows.net/')).status).toBe(
      200,
    );
    expect((await call('GET', `${workspace}x`)).body.error?.code).toBe('ResourceNotFound');
    expect((await call('GET', `${group}/providers/Microsoft.Web/sites`)).status).toBe(404);
    emulator.state.logAnalytics.settings.arm.roleMissing = true;
    expect((await call('GET', workspace)).body.error?.code).toBe('AuthorizationFailed');
  });

  it('tells keys by POST, and makes new ones that are valid at once', async () => {
    const before = (await call('POST', `${workspace}/sharedKeys`)).body;
    expect(before['primarySharedKey']).toBe(contoso.sharedKey);
    const after = (await call('POST', `${workspace}/regenerateSharedKey`)).body;
    expect(after['primarySharedKey']).not.toBe(contoso.sharedKey);
    expect(Buffer.from(String(after['primarySharedKey']), 'base64')).toHaveLength(64);
    expect(emulator.state.logAnalytics.workspaces.get(contoso.workspaceId)?.primaryKey).toBe(
      after['primarySharedKey'],
    );
  });
});

describe('ARM: tables', () => {
  const path = `${workspace}/tables/T_CL`;

  it.each<[string, string, unknown]>([
    ['no TimeGenerated', 'SchemaUpdateFatalError', schema(['Message', 'string'])],
    ['an unknown type', 'InvalidParameter', schema(time, ['A1', 'decimal'])],
    ['a dashed column', 'InvalidParameter', schema(time, ['a-b', 'string'])],
    ['a column of one letter', 'InvalidParameter', schema(time, ['a', 'string'])],
    ['a reserved column', 'InvalidParameter', schema(time, ['Type', 'string'])],
  ])('refuses %s with %s', async (_name, code, body) => {
    const answer = await call('PUT', path, body);
    expect([answer.status, answer.body.error?.code]).toEqual([400, code]);
  });

  it('refuses names without _CL, and another type for a column', async () => {
    expect((await call('PUT', `${workspace}/tables/T`, schema(time))).status).toBe(400);
    expect((await call('PUT', path, schema(time, ['Count', 'int']))).status).toBe(201);
    expect((await call('PUT', path, schema(time, ['Count', 'long']))).status).toBe(400);
    expect((await call('PUT', path, schema(time))).status).toBe(200);
  });

  it('is locked while it is Updating', async () => {
    emulator.state.logAnalytics.settings.arm.provisioningInMs = 30_000;
    expect((await call('PUT', path, schema(time))).body.properties?.['provisioningState']).toBe('Updating');
    expect((await call('PUT', path, schema(time))).status).toBe(409);
    await emulator.clock.advance(30_000);
    expect((await call('GET', path)).body.properties?.['provisioningState']).toBe('Succeeded');
  });

  it('changes retention alone by PATCH', async () => {
    await call('PUT', path, schema(time));
    const { properties } = (await call('PATCH', path, { properties: { retentionInDays: 90 } })).body;
    expect(properties).toMatchObject({
      retentionInDays: 90,
      schema: { columns: [{ name: 'TimeGenerated' }] },
    });
  });
});

describe('ARM: rules', () => {
  const body = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
    location: contoso.location,
    kind: 'Direct',
    properties: {
      streamDeclarations: { 'Custom-Demo_CL': { columns: [{ name: 'Message', type: 'string' }] } },
      destinations: { logAnalytics: [{ name: 'w', workspaceResourceId: workspace }] },
      dataFlows: [{ streams: ['Custom-Demo_CL'], destinations: ['w'], outputStream: 'Custom-Demo_CL' }],
      ...over,
    },
  });

  it.each<[string, Record<string, unknown>]>([
    [
      'InvalidOutputTable',
      { dataFlows: [{ streams: ['Custom-Demo_CL'], destinations: ['w'], outputStream: 'Custom-No_CL' }] },
    ],
    ['InvalidStream', { streamDeclarations: { Demo_CL: { columns: [] } } }],
    [
      'InvalidStreamDeclaration',
      { streamDeclarations: { 'Custom-Demo_CL': { columns: [{ name: 'A', type: 'guid' }] } } },
    ],
    [
      'InvalidDestination',
      { destinations: { logAnalytics: [{ name: 'w', workspaceResourceId: '/nowhere' }] } },
    ],
    [
      'InvalidTransformQuery',
      { dataFlows: [{ streams: ['Custom-Demo_CL'], destinations: ['w'], transformKql: ' '.repeat(15_361) }] },
    ],
  ])('refuses with %s', async (code, over) => {
    const answer = await call('PUT', `${rule}/r`, body(over));
    expect(answer.status).toBe(400);
    expect(answer.body.error?.details?.map((detail) => detail.code)).toContain(code);
  });

  it('keeps the immutable id, gives endpoints to Direct rules alone, and spreads slowly when told to', async () => {
    const { settings, rules } = emulator.state.logAnalytics;
    Object.assign(settings.logsIngestion, { ruleDelayInMs: 300_000, roleDelayInMs: 1_800_000 });
    const first = (await call('PUT', `${rule}/r`, body())).body.properties ?? {};
    const second = await call('PUT', `${rule}/R`, body());
    expect(second.status).toBe(200);
    expect(second.body.properties).toMatchObject({
      immutableId: first['immutableId'],
      endpoints: first['endpoints'],
    });
    expect(rules.get(String(first['immutableId']))).toMatchObject({
      readyAt: start + 300_000,
      grantedAt: start + 1_800_000,
    });
    const plain = (await call('PUT', `${rule}/plain`, { ...body(), kind: undefined })).body;
    expect(plain.properties?.['endpoints']).toBeUndefined();
    const direct = (await call('PUT', `${rule}/plain`, body())).body;
    expect(direct.properties?.['endpoints']).toBeUndefined();
    expect((await call('DELETE', `${rule}/plain`)).status).toBe(200);
    expect((await call('GET', rule)).body.value?.map((one) => one.name)).toEqual([contoso.dcrName, 'r']);
  });
});

describe('a classic table', () => {
  it('is migrated in place: then no new columns, after an edit nothing at all', async () => {
    const { createHmac } = await import('node:crypto');
    const post = async (record: unknown): Promise<number> => {
      const text = JSON.stringify([record]);
      const date = new Date(emulator.clock.now()).toUTCString();
      const signed = `POST\n${text.length}\napplication/json\nx-ms-date:${date}\n/api/logs`;
      const signature = createHmac('sha256', Buffer.from(contoso.sharedKey, 'base64'))
        .update(signed)
        .digest('base64');
      const url = `https://${contoso.workspaceId}.ods.opinsights.azure.com/api/logs?api-version=2016-04-01`;
      const headers = {
        authorization: `SharedKey ${contoso.workspaceId}:${signature}`,
        'content-type': 'application/json',
        'log-type': 'Classic',
        'x-ms-date': date,
      };
      return (await emulator.fetch(new Request(url, { method: 'POST', body: text, headers }))).status;
    };
    const path = `${workspace}/tables/Classic_CL`;
    const rows = (): unknown[] => emulator.state.logAnalytics.rows('Classic_CL');
    await post({ a: 'one' });
    expect((await call('GET', path)).body.properties).toMatchObject({ schema: { tableSubType: 'Classic' } });
    expect((await call('POST', `${path}/migrate`)).status).toBe(200);
    await post({ a: 'two', b: 1 });
    expect(rows()).toMatchObject([{ a_s: 'one' }, { a_s: 'two' }]);
    expect(rows()[1]).not.toHaveProperty('b_d');
    const edited = {
      properties: {
        schema: {
          columns: [
            { name: 'TimeGenerated', type: 'datetime' },
            { name: 'a_s', type: 'string' },
          ],
        },
      },
    };
    expect((await call('PUT', path, edited)).status).toBe(200);
    expect(await post({ a: 'three' })).toBe(200);
    expect(rows()).toHaveLength(2);
    expect(emulator.state.logAnalytics.losses).toMatchObject([{ cause: 'table-closed', count: 1 }]);
  });
});
