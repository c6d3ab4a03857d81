import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scriptedFetch, testClock } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import { ArgumentError, clouds, getCloudFromEnv, getCredentialFromEnv, getVariable } from '../src/index.js';
import { issue } from './x509.js';

const app = { AUDIT_TENANT_ID: 'contoso.example', AUDIT_CLIENT_ID: 'client-1' };
const answer = () => Response.json({ access_token: 't', expires_in: 3600, token_type: 'Bearer' });

describe('AUDIT_* variables', () => {
  it('say which one is missing, and count as missing when empty', () => {
    expect(() => getVariable({ AUDIT_MCAS_URL: '' }, 'AUDIT_MCAS_URL')).toThrow(
      'env.AUDIT_MCAS_URL: is not set',
    );
    expect(() => getCredentialFromEnv({})).toThrow('Set AUDIT_TENANT_ID.');
    expect(() => getCredentialFromEnv(app)).toThrow('Set AUDIT_CLIENT_SECRET or AUDIT_CLIENT_CERTIFICATE.');
    expect(() => getCredentialFromEnv(app)).toThrow(ArgumentError);
  });

  it('name the cloud', () => {
    expect(getCloudFromEnv({})).toBeUndefined();
    expect(getCloudFromEnv({ AUDIT_CLOUD: 'gcc-high' })).toBe(clouds['gcc-high']);
    expect(() => getCloudFromEnv({ AUDIT_CLOUD: 'mars' })).toThrow("env.AUDIT_CLOUD: 'mars' is not known");
  });

  it('give a credential with a secret, in their cloud unless the options say otherwise', async () => {
    const { fetch, bodies } = scriptedFetch(answer);
    const env = { ...app, AUDIT_CLIENT_SECRET: 's3', AUDIT_CLOUD: 'dod' };
    const credential = getCredentialFromEnv(env, { fetch, clock: testClock(), cloud: undefined });
    expect([credential.cloud.name, credential.clientId]).toEqual(['dod', 'client-1']);
    await credential.getToken('x/.default');
    expect(new URLSearchParams(bodies[0]).get('client_secret')).toBe('s3');
    expect(getCredentialFromEnv(env, { cloud: 'gcc' }).cloud.name).toBe('gcc');
  });

  it('give a credential with a certificate, from a text or from a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'environment-'));
    try {
      const { keyPem, certificatePem } = issue('app');
      const pem = keyPem + certificatePem;
      const path = join(folder, 'client.pem');
      writeFileSync(path, pem);
      for (const value of [pem, path]) {
        const { fetch, bodies } = scriptedFetch(answer);
        const credential = getCredentialFromEnv({ ...app, AUDIT_CLIENT_CERTIFICATE: value }, { fetch });
        await credential.getToken('x/.default');
        expect(new URLSearchParams(bodies[0]).get('client_assertion')).toMatch(/^ey/);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
