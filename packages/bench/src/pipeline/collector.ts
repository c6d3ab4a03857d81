/**
 * One contestant, in a process of its own: `collector <bytes|objects> <fetch|undici> <gzip|none> <port> <adapter>
 * <concurrency>`; prints JSON. Runs without a loader, on what is built, as a user's program does.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPipeline, sqliteState } from 'audit-pipeline';
import type { Transform } from 'audit-pipeline';
import { logsIngestionSink } from 'audit-pipeline/loganalytics';
import { auditRow, o365Source, recordId } from 'audit-pipeline/o365';
import { LogsIngestionClient } from 'loganalytics-ingest';
import { O365ActivityClient, createRateLimiter } from 'o365-activity-client';
import type { BlobUnit, RawRecord } from 'o365-activity-client';
import { recordTypeName } from 'o365-activity-client/records';
import type { AuditRecord } from 'o365-activity-client/records';
import { request as send } from 'undici';

const [way = '', transport = '', compression = '', port = '', adapter = '', concurrency = ''] =
  process.argv.slice(2);
const { undiciFetch } = (await import(adapter)) as typeof import('../undici-fetch.js');
const credential = { getToken: async () => ({ token: 't', expiresOnTimestamp: Date.now() + 3_600_000 }) };
const tenantId = '5c0a7050-0365-4e11-8a0d-c0de0000c050';
const limiter = createRateLimiter({ limit: 1_000_000, windowInMs: 60_000 });
const own = transport === 'undici' ? undiciFetch() : undefined;

/** The ingestion client insists on https, which is not what is measured here. */
async function plainPost(request: Request): Promise<Response> {
  const url = request.url.replace('https:', 'http:');
  const body = new Uint8Array(await request.arrayBuffer());
  if (!own) return fetch(url, { method: 'POST', headers: request.headers, body });
  const headers = Object.fromEntries(request.headers);
  const { statusCode, body: answer } = await send(url, { method: 'POST', headers, body });
  await answer.dump();
  return new Response(null, { status: statusCode });
}

const decoder = new TextDecoder();
/** What one writes without help from the bytes: parse, make a row, let the client stringify it. */
const objectRow: Transform<RawRecord, BlobUnit, object | Uint8Array> = ({ bytes }, unit) => {
  const record = JSON.parse(decoder.decode(bytes)) as AuditRecord;
  const EventTime = `${record.CreationTime}Z`;
  return {
    TimeGenerated: EventTime,
    EventTime,
    RecordId: record.Id,
    SourceTenantId: record.OrganizationId,
    ContentType: unit.blob.contentType,
    RecordType: record.RecordType,
    RecordTypeName: recordTypeName(record.RecordType),
    Operation: record.Operation,
    Workload: record.Workload,
    UserId: record.UserId,
    ClientIP: record.ClientIP,
    ResultStatus: record.ResultStatus,
    UnitId: unit.id,
    CollectorVersion: 'bench',
    Record: record,
  };
};

const folder = mkdtempSync(join(tmpdir(), 'pipeline-bench-'));
const o365 = new O365ActivityClient(tenantId, credential, {
  endpoint: `http://127.0.0.1:${port}`,
  limiter,
  ...(own && { fetch: own }),
});
const logs = new LogsIngestionClient(`https://127.0.0.1:${port}`, credential, {
  limiter,
  fetch: plainPost,
  compression: compression === 'none' ? 'none' : 'gzip',
});
const state = await sqliteState(join(folder, 'state.db'));
const cpu = process.cpuUsage();
const started = performance.now();
const report = await runPipeline<BlobUnit, RawRecord, object | Uint8Array>({
  source: o365Source(o365, {
    tenantId,
    contentTypes: ['Audit.General'],
    startFrom: new Date(Date.now() - 7_200_000),
  }),
  transform: way === 'objects' ? objectRow : auditRow(),
  recordId,
  sink: logsIngestionSink(logs, { ruleId: `dcr-${'0'.repeat(32)}`, stream: 'Custom-AuditRecords_CL' }),
  state,
  deadLetters: { add: async ({ reason }) => console.error(reason) },
  concurrency: Number(concurrency),
});
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(cpu);
await state.close();
rmSync(folder, { recursive: true });
const { accepted } = report.records;
console.log(
  JSON.stringify({
    accepted,
    perSecond: Math.round(accepted / seconds),
    cpuPerEventInUs: (user + system) / accepted,
    peakRssInMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
process.exit(0);
