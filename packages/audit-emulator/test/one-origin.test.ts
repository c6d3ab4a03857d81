import { describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';

describe('one origin for all services', () => {
  it.each([
    ['control', '/'],
    ['control', '/_emulator/nothing'],
    ['entra', `/${contoso.tenantId}/oauth2/token`],
    ['entra', `/${contoso.domain}/oauth2/v2.0/token`],
    ['entra', '/common/discovery/instance'],
    ['entra', '/metadata/identity/oauth2/token'],
    ['entra', '/msi/token'],
    ['mcas', '/api/v1/activities/'],
    ['mcas', '/cas/api/v1/activities/'],
    ['management-activity', `/api/v1.0/${contoso.tenantId}/activity/feed/subscriptions/list`],
    ['data-collector', '/api/logs'],
    ['logs-ingestion', `/dataCollectionRules/${contoso.dcrImmutableId}/streams/Custom-X_CL`],
    ['query', `/v1/workspaces/${contoso.workspaceId}/query`],
    ['key-vault', '/secrets/mcas-api-token'],
    ['arm', `/subscriptions/${contoso.subscriptionId}/resourceGroups/${contoso.resourceGroup}`],
    ['graph', '/v1.0/users/someone@contoso.example'],
  ])('%s answers %s', async (service, path) => {
    const emulator = createEmulator();
    const seen: string[] = [];
    emulator.faults.add({ service: 'control', effect: { kind: 'status', status: 418 } });
    emulator.onRequest((entry) => seen.push(entry.service));
    const response = await emulator.fetch(new Request(`https://localhost:8443${path}`));
    expect(response.status === 418 ? 'control' : seen[0]).toBe(service);
  });

  it('what nobody owns is named', async () => {
    const response = await createEmulator().fetch(new Request('https://localhost:8443/elsewhere'));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'EmulatorNoSuchService' } });
  });
});
