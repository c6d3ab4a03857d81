import { contoso } from 'audit-emulator';
import { DataCollectorClient, LogsIngestionClient } from 'loganalytics-ingest';
import { BenignReason, McasClient, apiToken } from 'mcas-client';
import { ContentType, O365ActivityClient } from 'o365-activity-client';
import type { ContentBlob } from 'o365-activity-client';
import type { RecordedResponse } from './mutate.js';

export type Fetch = (request: Request) => Promise<Response>;
interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
interface Transport {
  fetch: Fetch;
  clock: Clock;
}

/** How many items a call may hand out. */
interface Expected {
  least: number;
  most: number;
}

/**
 * One call of a client. `run` gives how many items it handed out; `expect` counts what the responses hold: if the call
 * resolves, the items must be within it, or something was lost without a word.
 */
export interface Exchange {
  client: 'mcas-client' | 'o365-activity-client' | 'logs-ingestion' | 'data-collector';
  name: string;
  run(transport: Transport): Promise<number>;
  expect?(responses: readonly RecordedResponse[]): Expected;
  /** A valid response, where the emulator has none for these arguments. */
  response?: unknown;
}

export const start: number = Date.UTC(2026, 4, 20, 12);
const hour = 3_600_000;
const retry = { maxRetries: 0 };
const token = { getToken: async () => ({ token: 'hostile-gate-token', expiresOnTimestamp: 8e15 }) };
const rows = Array.from({ length: 20 }, (_, Id) => ({ TimeGenerated: '2026-05-20T10:00:00Z', Id }));
const classicRows = rows.map(({ Id }) => ({ Number: Id, Text: 'a row' }));
const lastDay = { from: start - 24 * hour, to: start };
const blob: ContentBlob = {
  contentType: ContentType.General,
  contentId: 'one',
  contentUri: `https://manage.office.com/api/v1.0/${contoso.tenantId}/activity/feed/audit/one`,
  contentCreated: new Date(start - hour).toISOString(),
  contentExpiration: new Date(start + 24 * hour).toISOString(),
};

const records = Array.from({ length: 6 }, (_, index) => ({
  Id: `00000000-0000-4000-8000-00000000000${index}`,
  RecordType: 1,
  CreationTime: '2026-05-20T10:00:00',
  Operation: 'Set-Mailbox',
  UserId: 'alice@contoso.example',
  Parameters: [{ Name: 'Identity', Value: 'a "quoted" \\ value' }],
}));

const createMcas = (transport: Transport): McasClient =>
  new McasClient(contoso.mcasHost, apiToken(contoso.mcasToken), {
    ...transport,
    retry,
    requestsPerMinute: 30,
  });
const createO365 = (transport: Transport): O365ActivityClient =>
  new O365ActivityClient(contoso.tenantId, token, { ...transport, retry });

async function count(items: AsyncIterable<unknown>, most = 100_000): Promise<number> {
  let seen = 0;
  for await (const _item of items) if (++seen >= most) break;
  return seen;
}

/** Elements of the arrays that the responses hold. */
function getElements(responses: readonly RecordedResponse[]): unknown[] {
  return responses.flatMap(({ body }) => JSON.parse(new TextDecoder().decode(body)) as unknown[]);
}

/** Records of a blob: what is no object is counted and named, not handed out. */
function countRecords(responses: readonly RecordedResponse[]): Expected {
  const { length } = getElements(responses).filter(
    (element) => typeof element === 'object' && element !== null && !Array.isArray(element),
  );
  return { least: length, most: length };
}

const mcas: Omit<Exchange, 'client'>[] = [
  { name: 'alerts.list', run: (transport) => count(createMcas(transport).alerts.list()), expect: inData },
  { name: 'files.list', run: (transport) => count(createMcas(transport).files.list()), expect: inData },
  { name: 'entities.list', run: (transport) => count(createMcas(transport).entities.list()), expect: inData },
  { name: 'ipRanges.list', run: (transport) => count(createMcas(transport).ipRanges.list()), expect: inData },
  {
    name: 'activities.scan',
    run: (transport) =>
      count(createMcas(transport).activities.scan({ filters: { date: { gte: start - 2 * hour } } })),
  },
  {
    name: 'alerts.get',
    run: async (transport) => one(await createMcas(transport).alerts.get('a'.repeat(24))),
    response: { _id: 'a'.repeat(24), timestamp: start, title: 'An alert', entities: [{ type: 'account' }] },
  },
  {
    name: 'discovery.listReports',
    run: async (transport) => (await createMcas(transport).discovery.listReports()).length,
  },
  {
    name: 'discovery.uploadLog',
    run: async (transport) =>
      one(
        await createMcas(transport).discovery.uploadLog(new TextEncoder().encode('a log line\n'), {
          source: 'GENERIC_CEF',
          fileName: 'a.log',
          inputStreamName: 'a',
        }),
      ),
  },
  {
    name: 'alerts.closeBenign',
    run: async (transport) =>
      one(
        await createMcas(transport).alerts.closeBenign({
          ids: ['a'.repeat(24)],
          reason: BenignReason.LowerSeverity,
        }),
      ),
  },
];

const o365: Omit<Exchange, 'client'>[] = [
  {
    name: 'subscriptions.list',
    run: async (transport) => (await createO365(transport).subscriptions.list()).length,
  },
  {
    name: 'content.list',
    run: (transport) => count(createO365(transport).content.list(ContentType.General, lastDay)),
    expect: (responses) => countDistinct(getElements(responses), 'contentId'),
  },
  {
    name: 'content.read',
    response: records,
    run: async (transport) => (await createO365(transport).content.read(blob)).length,
    expect: (responses) => countRecords(responses.slice(-1)),
  },
  {
    name: 'content.stream',
    response: records,
    run: (transport) => count(createO365(transport).content.stream(blob)),
    expect: (responses) => countRecords(responses.slice(-1)),
  },
  {
    name: 'records.list',
    run: (transport) =>
      count(createO365(transport).records.list({ contentTypes: [ContentType.General], ...lastDay })),
  },
  {
    name: 'notifications.list',
    run: (transport) => count(createO365(transport).notifications.list(ContentType.General, lastDay)),
    expect: (responses) => countDistinct(getElements(responses), 'contentId'),
  },
  {
    name: 'resources.dlpSensitiveTypes',
    run: async (transport) => (await createO365(transport).resources.dlpSensitiveTypes()).length,
  },
];

/** Lists drop what comes again: at least every different element, at most all of them. */
function inData(responses: readonly RecordedResponse[]): Expected {
  return countDistinct(
    responses.flatMap(({ body }) => (JSON.parse(new TextDecoder().decode(body)) as { data: unknown[] }).data),
    '_id',
  );
}

function countDistinct(elements: readonly unknown[], idField: string): Expected {
  const ids = elements.map((element) => {
    const id = (element as Record<string, unknown> | null)?.[idField];
    return JSON.stringify(id ?? element);
  });
  return { least: new Set(ids).size, most: elements.length };
}

const one = (_value: unknown): number => 1;

const ingest: Exchange[] = [
  {
    client: 'logs-ingestion',
    name: 'upload',
    run: async (transport) => {
      const endpoint = 'https://dcr-contoso-audit-c050.westeurope-1.ingest.monitor.azure.com';
      const logs = new LogsIngestionClient(endpoint, token, { ...transport, retry });
      const target = { ruleId: contoso.dcrImmutableId, stream: 'Custom-Demo_CL' };
      return (await logs.upload(target, rows)).accepted;
    },
    expect: acceptedRows,
  },
  {
    client: 'data-collector',
    name: 'upload',
    run: async (transport) => {
      const client = new DataCollectorClient(contoso.workspaceId, contoso.sharedKey, { ...transport, retry });
      return (await client.upload({ logType: 'Demo' }, classicRows)).accepted;
    },
    expect: acceptedRows,
  },
];

/** All rows if the last response says so, whatever its body: the services promise a status, no more. */
function acceptedRows(responses: readonly RecordedResponse[]): Expected {
  const count = (responses.at(-1)?.status ?? 0) < 300 ? rows.length : 0;
  return { least: count, most: count };
}

export const exchanges: readonly Exchange[] = [
  ...mcas.map((exchange): Exchange => ({ client: 'mcas-client', ...exchange })),
  ...o365.map((exchange): Exchange => ({ client: 'o365-activity-client', ...exchange })),
  ...ingest,
];
