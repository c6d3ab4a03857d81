import { captureError } from '@repo/test-kit';
import { contoso, createEmulator } from 'audit-emulator';
import type { Emulator, Listening } from 'audit-emulator';
import { LogsIngestionClient, entraCredential } from 'loganalytics-ingest';
import { armTemplate, driftOf, migrationPlan } from 'loganalytics-ingest/tables';
import type { ArmResource, TableBody } from 'loganalytics-ingest/tables';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConflictError, ForbiddenError, MissingError, NotFoundError, createArm } from '../lib/ingest-arm.js';
import type { Arm } from '../lib/ingest-arm.js';
import { sampleSignIn, signIns } from '../lib/ingest-table.js';

const { tenantId, clientId, clientSecret, subscriptionId, workspaceName, sharedKey } = contoso;
let emulator: Emulator;
let server: Listening;
let arm: Arm;

const credential = () => {
  const { fetch, clock } = emulator;
  return entraCredential({ tenantId, clientId, clientSecret, fetch, clock });
};

beforeEach(async () => {
  emulator = createEmulator();
  server = await emulator.listen();
  arm = createArm(credential(), subscriptionId, {
    endpoint: server.origin,
    tlsOptions: { ca: server.caPem },
    retryOptions: { maxRetries: 0 },
  });
});
afterEach(() => server.close());

/** The three rows, typed, as the table should hold them. */
async function writeAndRead(way: { ruleId: string; endpoint: string }): Promise<void> {
  const { fetch, clock } = emulator;
  const logs = new LogsIngestionClient(way.endpoint, credential(), { fetch, clock });
  const rows = [1, 2, 3].map((at) => sampleSignIn(clock.now(), at));
  expect(rows.map((row) => signIns.validate(row))).toEqual(rows.map(() => ({ ok: true })));
  await logs.upload({ ruleId: way.ruleId, stream: signIns.stream }, rows);
  const stored = emulator.state.logAnalytics.rows(signIns.name);
  expect(stored).toMatchObject(
    rows.map(({ Claims, TimeGenerated, ...row }) => ({
      ...row,
      TimeGenerated: TimeGenerated.toISOString(),
      ...(Claims && { Claims }),
    })),
  );
  expect(emulator.state.logAnalytics.losses).toEqual([]);
}

describe('the SDKs of Azure', () => {
  it('deploy a definition that then differs in nothing, and rows keep their types', async () => {
    const workspace = await arm.findWorkspace(workspaceName.toUpperCase());
    expect(workspace).toMatchObject({ name: workspaceName, customerId: contoso.workspaceId });
    const way = await arm.deploy(workspace, [signIns], 'dcr-new');
    const deployed = {
      table: await arm.table(workspace, signIns.name),
      rule: await arm.rule(workspace, 'dcr-new'),
    };
    expect(driftOf(signIns, deployed)).toEqual([]);
    await writeAndRead(way);
  });

  it('take the resources of the ARM template as they are', async () => {
    const workspace = await arm.findWorkspace(workspaceName);
    const { resources } = resolved(armTemplate([signIns]), workspace.resourceId);
    const [table, rule] = resources as [ArmResource, ArmResource];
    expect(table.name).toBe(`${workspaceName}/${signIns.name}`);
    const part = {
      name: signIns.name,
      tableBody: () => ({ properties: table.properties }) as TableBody,
      streamDeclaration: () => (rule.properties as { streamDeclarations: never }).streamDeclarations,
      dataFlow: () => (rule.properties as { dataFlows: never[] }).dataFlows[0] as never,
    };
    expect(rule.properties).toMatchObject({
      destinations: { logAnalytics: [{ workspaceResourceId: workspace.resourceId }] },
    });
    await writeAndRead(await arm.deploy(workspace, [part], rule.name));
  });

  it('deploy again, and never over the streams of others', async () => {
    const workspace = await arm.findWorkspace(workspaceName);
    const { ruleId } = await arm.deploy(workspace, [signIns], 'dcr-new');
    expect(await arm.deploy(workspace, [signIns], 'dcr-new')).toMatchObject({ ruleId });
    const other = {
      ...signIns,
      streamDeclaration: () => ({}),
      dataFlow: () => ({ ...signIns.dataFlow(), streams: ['Custom-Other'] }),
    };
    const error = await captureError(arm.deploy(workspace, [other], 'dcr-new'));
    expect(error).toBeInstanceOf(ConflictError);
    expect(String(error)).toContain(signIns.stream);
    expect(driftOf(signIns, { rule: await arm.rule(workspace, 'dcr-new') })).toEqual([]);
  });

  it('migrate a classic table', async () => {
    const workspace = await arm.findWorkspace(workspaceName);
    const way = await arm.deploy(workspace, [signIns], 'dcr-new');
    expect(way.ruleId).toMatch(/^dcr-/);
    await arm.migrate(workspace, signIns.name);
    expect(migrationPlan(await arm.table(workspace, signIns.name)).classic).toBe(false);
  });

  it('read the keys', async () => {
    const keys = await arm.sharedKeys(await arm.findWorkspace(workspaceName));
    expect(keys.primary).toBe(sharedKey);
    expect(keys.secondary).not.toBe(sharedKey);
  });
});

describe('what stands in the way', () => {
  it('not found: says what is there', async () => {
    const error = await captureError(arm.findWorkspace('nowhere'));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(String(error)).toContain(workspaceName);
  });

  it('forbidden: says which role is needed', async () => {
    const workspace = await arm.findWorkspace(workspaceName);
    emulator.state.logAnalytics.settings.arm.roleMissing = true;
    for (const work of [
      () => arm.findWorkspace(workspaceName),
      () => arm.sharedKeys(workspace),
      () => arm.table(workspace, 'Demo_CL'),
      () => arm.migrate(workspace, 'Demo_CL'),
      () => arm.deploy(workspace, [signIns], 'dcr-new'),
    ]) {
      const error = await captureError(work());
      expect(error).toBeInstanceOf(ForbiddenError);
      expect(String(error)).toMatch(/Ask for: .* on the (subscription|workspace|resource group)/);
    }
  });

  it('missing: names table, rule or key', async () => {
    const workspace = await arm.findWorkspace(workspaceName);
    for (const work of [
      () => arm.table(workspace, 'Nothing_CL'),
      () => arm.rule(workspace, 'dcr-nothing'),
      () => arm.migrate(workspace, 'Nothing_CL'),
    ])
      expect(await captureError(work())).toBeInstanceOf(MissingError);
  });
});

/** A template's parameters, variables and the two functions it needs for names, as ARM would put them in. */
function resolved<T>(template: T, workspaceId: string): T {
  const values: Record<string, string> = {
    "parameters('workspaceName')": workspaceName,
    "parameters('ruleName')": 'dcr-template',
    "parameters('location')": contoso.location,
    "variables('workspaceId')": workspaceId,
  };
  return JSON.parse(JSON.stringify(template), (_key, value: unknown) => {
    if (typeof value !== 'string' || !value.startsWith('[') || value.startsWith('[[')) return value;
    const inner = value.slice(1, -1);
    const format = /^format\('\{0\}([^']*)', (.+)\)$/.exec(inner);
    return format ? `${values[format[2] ?? ''] ?? ''}${format[1] ?? ''}` : (values[inner] ?? value);
  }) as T;
}
