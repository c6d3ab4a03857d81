import { MonitorClient } from '@azure/arm-monitor';
import { OperationalInsightsManagementClient } from '@azure/arm-operationalinsights';
import type { TokenCredential } from '@azure/identity';
import { isAggregateLogsUploadError, LogsIngestionClient } from '@azure/monitor-ingestion';
import { LogsQueryClient, LogsQueryResultStatus } from '@azure/monitor-query-logs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';
import type { Emulator, Listening } from '../src/index.js';

const { subscriptionId, resourceGroup, workspaceName, workspaceId, dcrName, dcrImmutableId } = contoso;
let emulator: Emulator;
let server: Listening;
let shared: { tlsOptions: { ca: string }; retryOptions: { maxRetries: number } };

/** Real tokens of the emulator, as any credential would get them. */
const credential: TokenCredential = {
  getToken: async (scopes) => {
    const response = await emulator.fetch(
      new Request(`https://login.microsoftonline.com/${contoso.tenantId}/oauth2/v2.0/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: contoso.clientId,
          client_secret: contoso.clientSecret,
          scope: [scopes].flat().join(' '),
        }),
      }),
    );
    const body = (await response.json()) as { access_token: string; expires_in: number };
    return { token: body.access_token, expiresOnTimestamp: Date.now() + body.expires_in * 1000 };
  },
};

beforeEach(async () => {
  emulator = createEmulator();
  server = await emulator.listen();
  shared = { tlsOptions: { ca: server.caPem }, retryOptions: { maxRetries: 1 } };
});

afterEach(() => server.close());

const tables = (): OperationalInsightsManagementClient =>
  new OperationalInsightsManagementClient(credential, subscriptionId, { ...shared, endpoint: server.origin });
const rules = (): MonitorClient =>
  new MonitorClient(credential, subscriptionId, { ...shared, endpoint: server.origin });

describe('@azure/monitor-ingestion and @azure/monitor-query-logs', () => {
  it('upload rows, gzipped, and find them', async () => {
    const ingestion = new LogsIngestionClient(server.origin, credential, shared);
    const rows = Array.from({ length: 25 }, (_, Count) => ({
      TimeGenerated: new Date().toISOString(),
      Message: `Grüße ${Count % 2}`,
      Count,
      Context: { deep: [Count] },
    }));
    await ingestion.upload(dcrImmutableId, 'Custom-Demo_CL', rows);
    expect(emulator.state.logAnalytics.rows('Demo_CL')).toEqual(rows);

    const query = new LogsQueryClient(credential, { ...shared, endpoint: `${server.origin}/v1` });
    const result = await query.queryWorkspace(
      workspaceId,
      'Demo_CL | where Message == "Grüße 1" | summarize N = count(), dcount(Count) by Message',
      { duration: 'PT1H' },
    );
    expect(result.status).toBe('Success');
    const found = result.status === LogsQueryResultStatus.Success ? result.tables : [];
    expect(found[0]?.rows).toEqual([['Grüße 1', 12, 12]]);

    const one = await query.queryWorkspace(
      workspaceId,
      'Demo_CL | top 1 by Count desc | project TimeGenerated, Context',
      {
        duration: 'PT1H',
      },
    );
    const [row] = one.status === LogsQueryResultStatus.Success ? (one.tables[0]?.rows ?? []) : [];
    expect(row?.[1]).toEqual({ deep: [24] });
  });

  it('report what the service refused', async () => {
    const ingestion = new LogsIngestionClient(server.origin, credential, shared);
    const failure = await ingestion
      .upload(dcrImmutableId, 'Custom-Nothing', [{ a: 1 }])
      .catch((error: unknown) => error);
    expect(isAggregateLogsUploadError(failure) && failure.errors[0]?.cause).toMatchObject({
      statusCode: 400,
      code: 'InvalidStream',
    });
    const query = new LogsQueryClient(credential, { ...shared, endpoint: `${server.origin}/v1` });
    await expect(query.queryWorkspace(workspaceId, 'Nowhere_CL', { duration: 'PT1H' })).rejects.toMatchObject(
      {
        statusCode: 400,
      },
    );
  });
});

describe('@azure/arm-operationalinsights', () => {
  it('lists and gets workspaces, and their keys', async () => {
    const client = tables();
    const found = [];
    for await (const workspace of client.workspaces.listByResourceGroup(resourceGroup)) found.push(workspace);
    expect(found).toMatchObject([{ name: workspaceName, customerId: workspaceId }]);
    expect(await client.workspaces.get(resourceGroup, workspaceName)).toMatchObject({
      customerId: workspaceId,
    });
    expect((await client.sharedKeys.getSharedKeys(resourceGroup, workspaceName)).primarySharedKey).toBe(
      contoso.sharedKey,
    );
  });

  it('creates, migrates, lists and deletes tables', async () => {
    const client = tables();
    const made = await client.tables.createOrUpdate(resourceGroup, workspaceName, 'New_CL', {
      plan: 'Analytics',
      schema: {
        name: 'New_CL',
        columns: [
          { name: 'TimeGenerated', type: 'dateTime' },
          { name: 'RequestId', type: 'guid', description: 'of the request' },
        ],
      },
    });
    expect(made).toMatchObject({ name: 'New_CL', provisioningState: 'Succeeded' });
    const read = await client.tables.get(resourceGroup, workspaceName, 'New_CL');
    expect(read.schema?.columns).toMatchObject([
      { name: 'TimeGenerated', type: 'dateTime' },
      { name: 'RequestId', type: 'string', dataTypeHint: 'guid', description: 'of the request' },
    ]);
    await client.tables.migrate(resourceGroup, workspaceName, 'New_CL');
    await client.tables.delete(resourceGroup, workspaceName, 'New_CL');
    const names = [];
    for await (const table of client.tables.listByWorkspace(resourceGroup, workspaceName))
      names.push(table.name);
    expect(names).toContain('Demo_CL');
    expect(names).not.toContain('New_CL');
  });

  it('waits for a table that is still being provisioned', async () => {
    emulator.state.logAnalytics.settings.arm.provisioningInMs = 60_000;
    const poller = tables().tables.createOrUpdate(
      resourceGroup,
      workspaceName,
      'Slow_CL',
      { schema: { name: 'Slow_CL', columns: [{ name: 'TimeGenerated', type: 'dateTime' }] } },
      { updateIntervalInMs: 1 },
    );
    await poller.submitted();
    expect(emulator.state.logAnalytics.table('Slow_CL')).toBeDefined();
    await poller.poll();
    expect(poller.isDone).toBe(false);
    await emulator.clock.advance(60_000);
    expect(await poller).toMatchObject({ provisioningState: 'Succeeded' });
  });
});

describe('@azure/arm-monitor', () => {
  it('creates a rule that takes rows at once, and finds it again', async () => {
    const client = rules();
    const made = await client.dataCollectionRules.create(resourceGroup, 'dcr-new', {
      body: {
        location: contoso.location,
        kind: 'Direct',
        streamDeclarations: { 'Custom-In': { columns: [{ name: 'Text', type: 'string' }] } },
        destinations: {
          logAnalytics: [
            {
              name: 'here',
              workspaceResourceId: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.OperationalInsights/workspaces/${workspaceName}`,
            },
          ],
        },
        dataFlows: [
          {
            streams: ['Custom-In'],
            destinations: ['here'],
            transformKql: 'source | extend Message = Text, TimeGenerated = now()',
            outputStream: 'Custom-Demo_CL',
          },
        ],
      },
    });
    expect(made).toMatchObject({
      provisioningState: 'Succeeded',
      immutableId: expect.stringMatching(/^dcr-[0-9a-f]{32}$/),
      // Never Microsoft's host: whoever reads it back would send token and data to the internet.
      endpoints: { logsIngestion: server.origin },
    });
    const ingestion = new LogsIngestionClient(made.endpoints?.logsIngestion ?? '', credential, shared);
    await ingestion.upload(made.immutableId ?? '', 'Custom-In', [{ Text: 'hello' }]);
    expect(emulator.state.logAnalytics.rows('Demo_CL')).toMatchObject([{ Message: 'hello' }]);

    const seeded = await client.dataCollectionRules.get(resourceGroup, dcrName);
    expect(seeded).toMatchObject({ kind: 'Direct', immutableId: dcrImmutableId });
    const names = [];
    for await (const rule of client.dataCollectionRules.listByResourceGroup(resourceGroup))
      names.push(rule.name);
    expect(names).toEqual([dcrName, 'dcr-new']);
  });
});
