import { request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { startHttpServer } from '../src/observe/http-server.js';
import { createMetrics } from '../src/observe/metrics.js';
import { createStatusBoard } from '../src/observe/status-board.js';

const now = () => Date.parse('2026-11-20T12:00:00Z');
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve() {
  const board = createStatusBoard(['audit/contoso', 'audit/fabrikam'], now);
  const server = await startHttpServer({ listen: '127.0.0.1:0', board, metrics: createMetrics(board, now) });
  closing.push(server.close);
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      })
        .on('error', reject)
        .end();
    });
  return { board, get };
}

test('readyz names each pipeline that is not healthy; livez does not care', async () => {
  const { board, get } = await serve();
  expect((await get('/readyz')).status).toBe(200);
  board.onStatus('audit/fabrikam', { state: 'SUSPENDED', reason: 'AADSTS7000222: the secret has expired' });
  expect(await get('/readyz')).toEqual({
    status: 503,
    body: 'audit/fabrikam is SUSPENDED: AADSTS7000222: the secret has expired\n',
  });
  expect((await get('/livez')).status).toBe(200);
  board.onStatus('audit/fabrikam', { state: 'RUNNING' });
  expect((await get('/readyz')).status).toBe(200);
});

test('metrics are those of the last progress, by pipeline and tenant', async () => {
  const { board, get } = await serve();
  board.onStatus('audit/contoso', { state: 'RUNNING' });
  board.onProgress('audit/contoso', {
    units: { committed: 3, failed: 1, deferred: 2 },
    records: {
      read: 10,
      duplicates: 2,
      filtered: 1,
      accepted: 6,
      deadLettered: 1,
      duplicatesSent: 0,
      possibleDuplicates: 0,
    },
    gaps: [],
    progress: [
      { type: 'Audit.Exchange', completeUntil: now() - 90_000, latenessInMs: 0 },
      { type: 'DLP.All', waiting: 'AF10001' },
    ],
  });
  const { body } = await get('/metrics');
  const own = 'pipeline="audit",tenant="contoso"';
  expect(body).toContain(`audit_collector_records_total{${own},result="accepted"} 6`);
  expect(body).toContain(`audit_collector_units_total{${own},result="unreadable"} 1`);
  expect(body).toContain(`audit_collector_source_lag_seconds{${own},type="Audit.Exchange"} 90`);
  expect(body).toContain(`audit_collector_pipeline_state{${own},state="RUNNING"} 1`);
  // A type that was never listed has no lag, which is not a lag of 0.
  expect(body).not.toContain('type="DLP.All"');
  // Read again, nothing is counted twice.
  expect((await get('/metrics')).body).toBe(body);
});

test('a page of another site cannot read it, and nothing can be changed', async () => {
  const { get } = await serve();
  expect((await get('/status', { host: 'attacker.example' })).status).toBe(403);
  expect((await get('/status', { host: 'localhost:1' })).status).toBe(200);
  expect((await get('/status', {}, 'POST')).status).toBe(405);
  expect((await get('/etc/passwd')).status).toBe(404);
});
