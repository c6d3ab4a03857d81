import { contoso } from 'audit-emulator';
import { expect, it } from 'vitest';
import { ArgumentError, DataCollectorClient, LogsIngestionClient } from '../src/index.js';
import { target, virtual } from './clients.js';

it('makes clients from AUDIT_* variables', async () => {
  const { fetch, clock, state } = virtual();
  const options = { fetch, clock };
  const env = {
    AUDIT_TENANT_ID: contoso.tenantId,
    AUDIT_CLIENT_ID: contoso.clientId,
    AUDIT_CLIENT_SECRET: contoso.clientSecret,
    AUDIT_LOGS_ENDPOINT: `https://contoso.${contoso.location}-1.ingest.monitor.azure.com`,
    AUDIT_WORKSPACE_ID: contoso.workspaceId,
    AUDIT_WORKSPACE_KEY: contoso.sharedKey,
  };
  await LogsIngestionClient.fromEnv(env, options).upload(target, [{ Message: 'one' }]);
  await DataCollectorClient.fromEnv(env, options).upload({ logType: 'Classic' }, [{ Message: 'two' }]);
  expect(state.logAnalytics.rows('Demo_CL')).toHaveLength(1);
});

it('says which variable is missing', () => {
  expect(() => LogsIngestionClient.fromEnv({})).toThrow('env.AUDIT_TENANT_ID: is not set');
  expect(() => DataCollectorClient.fromEnv({})).toThrow('env.AUDIT_WORKSPACE_ID: is not set');
  expect(() => DataCollectorClient.fromEnv({ AUDIT_CLOUD: 'mars' })).toThrow(ArgumentError);
});
