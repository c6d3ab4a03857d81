import { createEmulator } from 'audit-emulator';
import { LogsIngestionClient } from 'loganalytics-ingest';
import { McasClient, apiToken } from 'mcas-client';
import { O365ActivityClient, contentTypes, entraCredential } from 'o365-activity-client';
import { describe, expect, it } from 'vitest';
import { checkActivities, writeTest } from '../src/check/check-activities.js';
import { checkContent } from '../src/check/check-content.js';
import { checkClock, checkProxy } from '../src/check/check-environment.js';
import { checkToken } from '../src/check/check-token.js';
import { formatFinding } from '../src/check/finding.js';

function setup() {
  const emulator = createEmulator();
  const env = emulator.env('https://localhost');
  const tenantId = env['AUDIT_TENANT_ID'] ?? '';
  const options = { fetch: emulator.fetch, clock: emulator.clock };
  const clientId = env['AUDIT_CLIENT_ID'] ?? '';
  const clientSecret = env['AUDIT_CLIENT_SECRET'] ?? '';
  const credential = entraCredential({ tenantId, clientId, clientSecret, ...options });
  const o365 = new O365ActivityClient(tenantId, credential, options);
  return { emulator, env, tenantId, credential, o365, options, now: emulator.clock.now() };
}

describe('subscriptions', () => {
  it('are red until they are started, and then say how old the newest content is', async () => {
    const { o365, now } = setup();
    const before = await checkContent(o365, { now });
    expect(before.map((one) => one.level)).toEqual(Array<string>(5).fill('red'));
    await o365.subscriptions.ensure(contentTypes);
    const after = await checkContent(o365, { now });
    expect(after.map((one) => one.level)).toEqual(Array<string>(5).fill('ok'));
    expect(after[1]?.what).toMatch(/^Audit\.Exchange: enabled, newest content 20.*ago\)$/);
  });

  it('say which one was stopped, and which is quiet', async () => {
    const { emulator, o365, now } = setup();
    await o365.subscriptions.ensure(contentTypes);
    await o365.subscriptions.stop('Audit.General');
    emulator.state.managementActivity.clear();
    const found = await checkContent(o365, { now, quietAfterHours: 6 });
    expect(found.find((one) => one.what.startsWith('Audit.General'))?.what).toContain('disabled');
    expect(found.find((one) => one.what.startsWith('Audit.Exchange'))).toMatchObject({
      level: 'red',
      what: 'Audit.Exchange: enabled, nothing for 6 hours',
    });
    // No match of a rule for hours is no fault.
    expect(found.find((one) => one.what.startsWith('DLP.All'))?.level).toBe('note');
  });
});

describe('the token', () => {
  const question = {
    api: 'A',
    scope: 'https://manage.office.com/.default',
    permissions: [['ActivityFeed.Read'], ['Nothing.Read', 'Sites.Read']],
  };

  it('is held against what is needed, and never shown', async () => {
    const { credential, tenantId } = setup();
    const found = await checkToken(credential, { ...question, tenantId });
    expect(found.map((one) => one.level)).toEqual(['ok', 'ok', 'red']);
    expect(found[2]?.what).toBe('A: Nothing.Read or Sites.Read is not granted');
    const { token } = (await credential.getToken(question.scope)) ?? { token: '' };
    expect(found.map(formatFinding).join('\n')).not.toContain(token);
  });

  it('of another tenant, or none at all, is red', async () => {
    const { credential, tenantId } = setup();
    const another = '11111111-1111-4111-8111-111111111111';
    const [, other] = await checkToken(credential, { ...question, tenantId: another });
    expect(other?.what).toContain(`the token is of tenant ${tenantId}, not ${another}`);
    // A domain is another name of the tenant.
    const named = await checkToken(credential, { ...question, tenantId: 'contoso.example' });
    expect(named.filter(({ what }) => what.includes('is of tenant'))).toEqual([]);
    const refusing = { getToken: () => Promise.reject(new Error('the secret has expired')) };
    expect(await checkToken(refusing, { ...question, tenantId })).toMatchObject([
      { level: 'red', what: 'A: no token. the secret has expired' },
    ]);
  });
});

describe('sinks and sources', () => {
  it('are tried as they will be used', async () => {
    const { env, options, now, credential } = setup();
    const token = env['AUDIT_MCAS_TOKEN'] ?? '';
    const url = 'contoso.eu2.portal.cloudappsecurity.com';
    expect((await checkActivities(new McasClient(url, apiToken(token), options), now)).level).toBe('ok');
    const wrong = await checkActivities(new McasClient(url, apiToken('x'.repeat(64)), options), now);
    expect(wrong.level).toBe('red');
    expect(wrong.what).not.toContain('xxxx');

    const endpoint = 'https://contoso-audit-dcr-c050.westeurope-1.ingest.monitor.azure.com';
    const logs = new LogsIngestionClient(endpoint, credential, options);
    const target = { ruleId: env['AUDIT_LOGS_RULE_ID'] ?? '', stream: 'Custom-AuditRecords_CL' };
    const row = { TimeGenerated: new Date(now).toISOString(), Operation: 'check' };
    expect((await writeTest(logs, target, row)).level).toBe('ok');
    expect((await writeTest(logs, { ...target, stream: 'Custom-Nothing_CL' }, row)).level).toBe('red');
  });
});

describe('surroundings', () => {
  const answer = (date?: string) => async () => new Response('{}', { headers: date ? { date } : {} });

  it.each([
    [0, 'ok'],
    [-5 * 60_000, 'red'],
    [5 * 60_000, 'red'],
  ])('a clock that is off by %d ms is %s', async (off, level) => {
    const date = new Date(Date.now() + off).toUTCString();
    expect((await checkClock('https://login.example', 't', Date.now(), answer(date))).level).toBe(level);
  });

  it('say when nothing is known', async () => {
    expect((await checkClock('https://login.example', 't', Date.now(), answer())).level).toBe('note');
    const down = () => Promise.reject(new Error('getaddrinfo ENOTFOUND'));
    expect((await checkClock('https://login.example', 't', Date.now(), down)).level).toBe('red');
  });

  it('name the proxy without its password, and whether Node uses it', () => {
    const HTTPS_PROXY = 'http://user:password@proxy.contoso.example:8080';
    const unused = checkProxy({ HTTPS_PROXY });
    expect(unused).toMatchObject({ level: 'red' });
    expect(unused.what).toContain('proxy.contoso.example:8080');
    expect(unused.what).not.toContain('password');
    expect(checkProxy({ HTTPS_PROXY, NODE_USE_ENV_PROXY: '1' }).level).toBe('ok');
    expect(checkProxy({}).level).toBe('note');
  });
});
