/**
 * Forged URLs wherever a response names one: content, next page, redirect, upload address. The client's token may go to
 * its own origin and nowhere else, and no redirect may be followed by the transport on its own.
 */
import { contoso } from 'audit-emulator';
import { DataCollectorClient, LogsIngestionClient } from 'loganalytics-ingest';
import { McasClient, apiToken } from 'mcas-client';
import { O365ActivityClient } from 'o365-activity-client';
import { testClock } from '@repo/test-kit';
import { start } from './exchanges.js';
import type { PartResult } from './part.js';

const secret = 'origin-gate-secret-token';
const key = Buffer.from('origin-gate-shared-key').toString('base64');
const credential = { getToken: async () => ({ token: secret, expiresOnTimestamp: 8e15 }) };
const clock = testClock(start);
const retry = { maxRetries: 1 };
const lastDay = { from: start - 86_400_000, to: start };
const row = { TimeGenerated: '2026-05-20T10:00:00Z', Id: 1 };

/** URLs that look like `host` and are not, and some that are on it and harmless. */
function forge(host: string, path: string): string[] {
  return [
    `https://evil.example${path}`,
    `https://${host}.evil.example${path}`,
    `https://${host}@evil.example${path}`,
    `https://${host}:443@evil.example${path}`,
    `https://evil.example\\@${host}${path}`,
    `https://evil.example#@${host}${path}`,
    `https://evil.example?${host}${path}`,
    `https://${host}\n.evil.example${path}`,
    `https://${host}%2eevil.example${path}`,
    `https://${host}:8443${path}`,
    `http://${host}${path}`,
    `//evil.example${path}`,
    `/\\evil.example${path}`,
    `https:///evil.example${path}`,
    `\thttps://evil.example${path}`,
    `https://127.0.0.1${path}`,
    `https://[::1]${path}`,
    `https://169.254.169.254/metadata`,
    'javascript:alert(1)',
    'data:application/json,[]',
    'file:///etc/passwd',
    'ftp://evil.example/',
    `blob:https://${host}/1`,
    '',
    '..',
    `https://evil。example${path}`,
  ];
}

interface Attempt {
  place: string;
  /** Origins that may see the token. */
  own: string;
  /** What the service answers, given the forged URL. */
  answer(forged: string, request: Request): Response;
  call(fetch: (request: Request) => Promise<Response>, forged: string): Promise<unknown>;
  host: string;
  path: string;
}

const o365Path = `/api/v1.0/${contoso.tenantId}/activity/feed/audit/1`;
const o365Own = 'https://manage.office.com';
const json = (value: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json', ...headers } });
const redirect = (location: string): Response =>
  new Response(null, { status: 307, headers: toHeader(location) });
/** A header cannot hold a line break: what a server could really send. */
const toHeader = (location: string): Record<string, string> => ({
  location: location.replaceAll(/[^\x20-\x7e]/g, encodeURIComponent),
});

type Fetch = (request: Request) => Promise<Response>;
const o365 = (fetch: Fetch): O365ActivityClient =>
  new O365ActivityClient(contoso.tenantId, credential, { fetch, clock, retry });
const mcas = (fetch: Fetch): McasClient =>
  new McasClient(contoso.mcasHost, apiToken(secret), { fetch, clock, retry });

async function walk(items: AsyncIterable<unknown>): Promise<void> {
  let seen = 0;
  for await (const _item of items) if (++seen > 50) return;
}

const o365Base = { own: o365Own, host: 'manage.office.com', path: o365Path };
const mcasBase = { own: `https://${contoso.mcasHost}`, host: contoso.mcasHost, path: '/api/v1/alerts/' };
const listed = (contentUri: string): Response =>
  json([
    {
      contentType: 'Audit.General',
      contentId: '1',
      contentUri,
      contentCreated: '2026-05-20T11:00:00.000Z',
      contentExpiration: '2026-05-27T11:00:00.000Z',
    },
  ]);
const logsHost = 'dcr-contoso-audit-c050.westeurope-1.ingest.monitor.azure.com';

const attempts: readonly Attempt[] = [
  {
    ...o365Base,
    place: 'contentUri of a listing',
    answer: (forged, { url }) => (url.includes('/subscriptions/') ? listed(forged) : json([])),
    call: (fetch) => walk(o365(fetch).records.list({ contentTypes: ['Audit.General'], ...lastDay })),
  },
  {
    ...o365Base,
    place: 'NextPageUri',
    answer: (forged) => json([], { nextpageuri: toHeader(forged)['location'] ?? '' }),
    call: (fetch) => walk(o365(fetch).content.list('Audit.General', lastDay)),
  },
  {
    ...o365Base,
    place: 'redirect of a blob',
    answer: (forged) => redirect(forged),
    call: (fetch) =>
      o365(fetch).content.read({
        contentType: 'Audit.General',
        contentId: '1',
        contentUri: `${o365Own}${o365Path}`,
        contentCreated: '2026-05-20T11:00:00.000Z',
        contentExpiration: '2026-05-27T11:00:00.000Z',
      }),
  },
  {
    ...mcasBase,
    place: 'redirect of a list',
    answer: (forged) => redirect(forged),
    call: (fetch) => walk(mcas(fetch).alerts.list()),
  },
  {
    ...mcasBase,
    place: 'upload address',
    answer: (forged, { url }) =>
      url.includes('upload_url')
        ? json({ url: forged, provider: 'azure' })
        : new Response(null, { status: 201 }),
    call: (fetch) =>
      mcas(fetch).discovery.uploadLog(new TextEncoder().encode('a line\n'), {
        source: 'GENERIC_CEF',
        fileName: 'a.log',
        inputStreamName: 'a',
      }),
  },
  {
    place: 'redirect of an ingestion',
    own: `https://${logsHost}`,
    host: logsHost,
    path: '/dataCollectionRules/x',
    answer: (forged) => redirect(forged),
    call: (fetch) =>
      new LogsIngestionClient(`https://${logsHost}`, credential, { fetch, clock, retry }).upload(
        { ruleId: contoso.dcrImmutableId, stream: 'Custom-Demo_CL' },
        [row],
      ),
  },
  {
    place: 'redirect of the Data Collector API',
    own: `https://${contoso.workspaceId}.ods.opinsights.azure.com`,
    host: `${contoso.workspaceId}.ods.opinsights.azure.com`,
    path: '/api/logs',
    answer: (forged) => redirect(forged),
    call: (fetch) =>
      new DataCollectorClient(contoso.workspaceId, key, { fetch, clock, retry }).upload({ logType: 'Demo' }, [
        { Id: 1 },
      ]),
  },
];

export async function run(): Promise<PartResult> {
  const failures: string[] = [];
  let forgeries = 0;
  let requests = 0;
  for (const { place, own, host, path, answer, call } of attempts)
    for (const forged of forge(host, path)) {
      forgeries += 1;
      const fetch = async (request: Request): Promise<Response> => {
        requests += 1;
        const wrong = await findLeak(request, own);
        if (wrong) failures.push(`${place}, ${JSON.stringify(forged)}: ${wrong}`);
        return answer(forged, request);
      };
      await call(fetch, forged).catch(() => undefined);
    }
  return {
    figures: [`${forgeries} forgeries in ${attempts.length} places, ${requests} requests looked at`],
    failures,
  };
}

async function findLeak(request: Request, own: string): Promise<string | undefined> {
  if (request.redirect === 'follow')
    return `${request.method} ${request.url} lets the transport follow redirects`;
  const { origin } = new URL(request.url);
  if (origin === own) return undefined;
  const text = [request.url, ...[...request.headers].flat(), await request.clone().text()].join('\n');
  if (request.headers.has('authorization') || text.includes(secret) || text.includes(key))
    return `the token goes to ${origin}`;
  return undefined;
}
