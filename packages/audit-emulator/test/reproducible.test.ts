import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';
import type { Emulator } from '../src/index.js';

const start = Date.UTC(2026, 10, 20, 12);
const origin = 'https://localhost:8443';
const json = { 'content-type': 'application/json' };

type Step = (tokens: Map<string, string>) => Request;

const token =
  (audience: string): Step =>
  () =>
    new Request(`${origin}/${contoso.tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: contoso.clientId,
        client_secret: contoso.clientSecret,
        scope: `${audience}/.default`,
      }),
    });

const bearer = (tokens: Map<string, string>, audience: string) => ({
  authorization: `Bearer ${tokens.get(audience) ?? ''}`,
});
const manage = 'https://manage.office.com';
const feed =
  (path: string, query: string, method = 'GET'): Step =>
  (tokens) =>
    new Request(
      `${origin}/api/v1.0/${contoso.tenantId}/activity/feed/${path}?PublisherIdentifier=${contoso.tenantId}&${query}`,
      {
        method,
        headers: bearer(tokens, manage),
      },
    );
const mcas =
  (path: string, body: unknown): Step =>
  () =>
    new Request(`${origin}${path}`, {
      method: 'POST',
      headers: { ...json, authorization: `Token ${contoso.mcasToken}` },
      body: JSON.stringify(body),
    });

const types = [
  'Audit.Exchange',
  'Audit.SharePoint',
  'Audit.General',
  'DLP.All',
  'Audit.AzureActiveDirectory',
];
const day = 'startTime=2026-11-19T12:00:00&endTime=2026-11-20T12:00:00';
const scan = { isScan: true, limit: 500, filters: { date: { gte: start - 86_400_000, lte: start } } };

/** What collectors do, over every service. */
const script: Step[] = [
  ...[
    'https://manage.office.com',
    'https://monitor.azure.com',
    'https://vault.azure.net',
    'https://graph.microsoft.com',
    'https://api.loganalytics.io',
    'https://management.azure.com',
  ].map(token),
  () => new Request(`${origin}/${contoso.tenantId}/v2.0/.well-known/openid-configuration`),
  () => new Request(`${origin}/common/discovery/v2.0/keys`),
  ...types.map((type) => feed('subscriptions/start', `contentType=${type}`, 'POST')),
  ...types.map((type) => feed('subscriptions/start', `contentType=${type}`, 'POST')),
  feed('subscriptions/list', ''),
  ...types.map((type) => feed('subscriptions/content', `contentType=${type}&${day}`)),
  feed('subscriptions/content', 'contentType=Audit.Exchange&startTime=2026-01-01&endTime=2026-01-02'),
  feed('subscriptions/stop', 'contentType=DLP.All', 'POST'),
  mcas('/api/v1/activities/', scan),
  mcas('/api/v1/activities/', { ...scan, filters: { nonsense: { eq: 1 } } }),
  mcas('/api/v1/alerts/', { limit: 10 }),
  mcas('/api/v1/entities/', { limit: 10 }),
  mcas('/api/v1/files/', { limit: 10 }),
  mcas('/api/v1/subnet/create_rule/', { name: 'new', category: 1, subnets: ['192.0.2.0/24'] }),
  (tokens) =>
    new Request(`${origin}/secrets/mcas-api-token?api-version=7.6`, {
      headers: bearer(tokens, 'https://vault.azure.net'),
    }),
  (tokens) =>
    new Request(`${origin}/v1.0/users/adele.vance@contoso.example`, {
      headers: bearer(tokens, 'https://graph.microsoft.com'),
    }),
  (tokens) =>
    new Request(
      `${origin}/dataCollectionRules/${contoso.dcrImmutableId}/streams/Custom-Demo_CL?api-version=2023-01-01`,
      {
        method: 'POST',
        headers: { ...json, 'content-encoding': 'gzip', ...bearer(tokens, 'https://monitor.azure.com') },
        body: gzipSync(JSON.stringify([{ TimeGenerated: '2026-11-20T11:00:00Z', Message: 'x' }])),
      },
    ),
  (tokens) =>
    new Request(`${origin}/v1/workspaces/${contoso.workspaceId}/query`, {
      method: 'POST',
      headers: { ...json, ...bearer(tokens, 'https://api.loganalytics.io') },
      body: JSON.stringify({ query: 'Demo_CL' }),
    }),
  (tokens) =>
    new Request(
      `${origin}/subscriptions/${contoso.subscriptionId}/providers/Microsoft.OperationalInsights/workspaces?api-version=2023-09-01`,
      { headers: bearer(tokens, 'https://management.azure.com') },
    ),
];

async function play(emulator: Emulator): Promise<string[]> {
  const tokens = new Map<string, string>();
  const answers: string[] = [];
  for (const step of script) {
    const request = step(tokens);
    const scope =
      request.method === 'POST' && request.url.endsWith('/token') ? await request.clone().text() : '';
    const response = await emulator.fetch(request);
    const body = await response.text();
    answers.push(JSON.stringify([response.status, [...response.headers], body]));
    if (scope) {
      const audience = (new URLSearchParams(scope).get('scope') ?? '').replace('/.default', '');
      tokens.set(audience, (JSON.parse(body) as { access_token: string }).access_token);
    }
    await emulator.clock.advance(250);
  }
  return answers;
}

const create = (seed?: string) => createEmulator({ clock: 'manual', start, ...(seed && { seed }) });

it('answers the same requests with the same bytes, tokens included', async () => {
  const first = await play(create());
  const again = await play(create());
  expect(again).toEqual(first);
  const statuses = new Set(first.map((one) => (JSON.parse(one) as [number])[0]));
  expect(statuses).toEqual(new Set([200, 204, 400]));
});

it('is another tenant with another seed', async () => {
  const [first, other] = [await play(create()), await play(create('fabrikam'))];
  expect(other.filter((one, at) => one !== first[at]).length).toBeGreaterThan(8);
});
