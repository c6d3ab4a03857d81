import { testClock } from '@repo/test-kit';
import { contoso, createEmulator } from 'audit-emulator';
import { LogsIngestionClient } from 'loganalytics-ingest';
import { O365ActivityClient, ContentType, entraCredential } from 'o365-activity-client';
import { describe, expect, it } from 'vitest';
import { backfill, createHealth, heartbeat, memoryState, runPipeline } from '../src/index.js';
import type { DeadLetter, HealthRow, Sink } from '../src/index.js';
import { logsIngestionSink } from '../src/loganalytics.js';
import { auditRow, o365Source, recordId } from '../src/o365.js';
import { collectorHealth } from '../src/tables.js';
import { listSource, memorySink } from './parts.js';

const { tenantId, clientId, clientSecret, dcrImmutableId: ruleId } = contoso;
const start = Date.UTC(2026, 10, 20, 12);
const hour = 3_600_000;
const contentTypes = [ContentType.Exchange, ContentType.SharePoint];

function world() {
  const emulator = createEmulator({ clock: 'virtual', start });
  const { fetch, clock } = emulator;
  const health = createHealth({ collector: 'contoso-1', clock });
  const certificateExpires = new Date(start + 24 * hour);
  const tracker = health.track({ tenantId, source: 'o365', types: contentTypes, certificateExpires });
  const credential = entraCredential({ tenantId, clientId, clientSecret, fetch, clock });
  const o365 = new O365ActivityClient(tenantId, credential, { fetch, clock, events: tracker.events });
  const logs = new LogsIngestionClient(
    emulator.state.logAnalytics.rules.get(ruleId)?.endpoint ?? '',
    credential,
    { fetch, clock },
  );
  const dead: DeadLetter[] = [];
  const run = async (sink?: Sink<Uint8Array>) => {
    await o365.subscriptions.ensure(contentTypes);
    return runPipeline(
      tracker.watch({
        source: o365Source(o365, { tenantId, contentTypes, startFrom: new Date(start - 6 * hour), clock }),
        transform: auditRow(),
        recordId,
        sink: sink ?? logsIngestionSink<Uint8Array>(logs, { ruleId, stream: 'Custom-AuditRecords_CL' }),
        state: memoryState({}, { clock }),
        deadLetters: { add: async (entry: DeadLetter<Uint8Array>) => void dead.push(entry) },
        retry: { maxRetries: 0 },
        clock,
      }),
    );
  };
  return { emulator, health, run, clock };
}

describe('health', () => {
  it('is unknown before the first listing, for each type that is expected', () => {
    const { health } = world();
    expect(health.report()).toMatchObject(contentTypes.map((type) => ({ type, backlog: 0, accepted: 0 })));
    expect(health.rows()[0]).not.toHaveProperty('LastListed');
  });

  it('follows a run: listed, newest, accepted, nothing left', async () => {
    const { emulator, health, run, clock } = world();
    const { records } = await run();
    const entries = health.report();
    expect(entries.map(({ type }) => type)).toEqual(contentTypes);
    for (const { type, accepted, lastListedAt, newestAt, lagInMs, backlog } of entries) {
      const rows = emulator.state.logAnalytics.rows('AuditRecords_CL');
      expect(accepted).toBe(rows.filter(({ ContentType: one }) => one === type).length);
      expect(clock.now() - (lastListedAt ?? 0)).toBeLessThan(hour);
      const created = emulator.state.managementActivity
        .blobs()
        .filter((blob) => blob.contentType === type && blob.listedFrom <= (lastListedAt ?? 0));
      expect(newestAt).toBe(Math.max(...created.map((blob) => blob.created)));
      // What may still come late is not proven.
      expect([lagInMs, backlog]).toEqual([2 * hour, 0]);
    }
    expect(entries.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(records.accepted);
  });

  it('shows what is found and cannot be delivered: backlog, lag, and the time that is left', async () => {
    const { health, run, clock } = world();
    const broken: Sink<Uint8Array> = {
      write: async () => ({ accepted: 0, undeliverable: 0, rejected: 1, unknown: 0, notSent: 0 }),
      close: async () => {},
    };
    await expect(run(broken)).rejects.toThrow();
    const stuck = health.report().filter(({ backlog }) => backlog > 0);
    expect(stuck.length).toBeGreaterThan(0);
    for (const { accepted, newestAt, lagInMs = 0, oldestUnreadExpiresInMs: left = 0 } of stuck) {
      expect([accepted, newestAt]).toEqual([0, undefined]);
      expect(lagInMs).toBeGreaterThan(0);
      // Content lives for seven days from its creation.
      expect(left + lagInMs).toBeGreaterThanOrEqual(7 * 24 * hour);
    }
    const later = health.report(clock.now() + 7 * 24 * hour).find(({ backlog }) => backlog > 0);
    expect(later?.oldestUnreadExpiresInMs).toBeLessThan(0);
  });

  it('counts what is throttled', async () => {
    const { emulator, health, run } = world();
    emulator.faults.add({ service: 'management-activity', times: 2, effect: { status: 429 } });
    await run();
    expect(health.report()[0]?.throttled).toBe(2);
  });

  it('makes rows that the table takes', async () => {
    const { health, run } = world();
    await run();
    for (const row of health.rows()) {
      expect(collectorHealth.validate(row)).toEqual({ ok: true });
      for (const name of Object.keys(row))
        expect(collectorHealth.columns.map((one) => one.name)).toContain(name);
    }
    expect(health.rows()[0]).toMatchObject({
      Collector: 'contoso-1',
      SourceTenantId: tenantId,
      CertificateExpires: new Date(start + 24 * hour).toISOString(),
    });
  });

  it('knows of a span, and forgets what an earlier run has left', async () => {
    const health = createHealth({ collector: 'c', clock: testClock(0) });
    const tracker = health.track({ tenantId, source: 'list' });
    const units = [{ id: 'a', records: [{ Id: 'a' }] }];
    const source = { ...listSource(units), between: () => listSource(units) };
    const parts = tracker.watch({
      source,
      transform: (row: { Id: string }) => row,
      sink: { write: () => Promise.reject(new Error('down')), close: async () => {} },
      state: memoryState(),
      deadLetters: { add: async () => {} },
      retry: { maxRetries: 0 },
      clock: testClock(0),
    });
    await expect(runPipeline(parts)).rejects.toThrow();
    await expect(runPipeline(parts)).rejects.toThrow();
    expect(health.report()).toMatchObject([{ backlog: 1 }]);
    const from = '2026-01-01T00:00:00Z';
    const { sink } = memorySink();
    const again = tracker.watch({ ...parts, sink });
    await backfill({ ...again, state: memoryState(), from, to: '2026-01-02T00:00:00Z' });
    expect(health.report()).toMatchObject([{ accepted: 1, backlog: 0 }]);
  });

  it('does not take an empty slice of time for content', async () => {
    const health = createHealth({ collector: 'c', clock: testClock(0) });
    const tracker = health.track({ tenantId, source: 'mcas' });
    const slice = (to: number, records: object[]) => ({ id: `s${to}`, from: to - 10, to, records });
    const units = [slice(100, [{ Id: 'a' }]), slice(200, [])];
    await runPipeline(
      tracker.watch({
        source: listSource(units),
        transform: () => ({ Id: 'a' }),
        sink: memorySink().sink,
        state: memoryState(),
        deadLetters: { add: async () => {} },
        clock: testClock(0),
      }),
    );
    expect(health.report()).toMatchObject([{ accepted: 1, newestAt: 100, backlog: 0 }]);
  });

  it('counts dead letters, failed units and gaps of a source without types', async () => {
    const clock = testClock(start);
    const health = createHealth({ collector: 'c', clock });
    const source = listSource([{ id: 'a', records: [{ Id: '1' }, { Id: '2' }] }]);
    const gap = { from: '', to: '', reason: 'expired' };
    const options = health.track({ tenantId: 't', source: 'list' }).watch({
      source: {
        open: (saved) => {
          const run = source.open(saved);
          return {
            ...run,
            async *discover(how: Parameters<typeof run.discover>[0]) {
              how.onGap?.(gap);
              how.onListed?.();
              yield* run.discover(how);
            },
          };
        },
      },
      transform: (record: { Id: string }) => {
        if (record.Id === '1') throw new Error('no row');
        return record;
      },
      sink: memorySink().sink,
      state: memoryState(),
      deadLetters: { add: async () => {} },
      clock,
    } satisfies Parameters<
      typeof runPipeline<{ id: string; records: { Id: string }[] }, { Id: string }, { Id: string }>
    >[0]);
    await runPipeline(options);
    expect(health.report()).toMatchObject([
      { type: '', accepted: 1, deadLettered: 1, gaps: 1, backlog: 0, lastListedAt: start },
    ]);
  });
});

describe('the heartbeat', () => {
  it('comes every five minutes, also after one that failed, and at the end', async () => {
    const clock = testClock(start);
    const health = createHealth({ collector: 'c', clock });
    health.track({ tenantId: 't', source: 'mcas', types: [''] });
    const { sink, rows } = memorySink<HealthRow>();
    const stop = new AbortController();
    const errors: unknown[] = [];
    let writes = 0;
    const flaky: Sink<HealthRow> = {
      ...sink,
      async write(all, how) {
        writes += 1;
        if (writes === 2) throw new Error('down');
        if (writes === 4) stop.abort();
        return sink.write(all, how);
      },
    };
    await heartbeat(health, flaky, {
      clock,
      abortSignal: stop.signal,
      onError: (error) => errors.push(error),
    });
    const minute = 60_000;
    expect(rows.map((row) => Date.parse(String(row['TimeGenerated'])) - start)).toEqual([
      0,
      10 * minute,
      15 * minute,
      15 * minute,
    ]);
    expect(errors).toHaveLength(1);
  });

  it('does not hold up the end when the table cannot be reached', async () => {
    const emulator = createEmulator({ clock: 'virtual', start });
    const health = createHealth({ collector: 'c', clock: emulator.clock });
    health.track({ tenantId: 't', source: 'mcas', types: [''] });
    const errors: unknown[] = [];
    const never: Sink<HealthRow> = {
      write: (_rows, { abortSignal }) =>
        new Promise((_resolve, reject) =>
          abortSignal?.addEventListener('abort', () => reject(abortSignal.reason as Error)),
        ),
      close: async () => {},
    };
    await heartbeat(health, never, {
      clock: emulator.clock,
      abortSignal: AbortSignal.abort(),
      onError: (error) => errors.push(error),
    });
    expect(errors).toHaveLength(1);
    expect(emulator.clock.now()).toBe(start + 10_000);
  });
});
