import { contoso, createEmulator } from 'audit-emulator';
import { LogsIngestionClient } from 'loganalytics-ingest';
import { O365ActivityClient, ContentType, entraCredential } from 'o365-activity-client';
import type { BlobUnit, RawRecord } from 'o365-activity-client';
import { describe, expect, it } from 'vitest';
import { UnitUnreadableError, memoryState, reconcile, runPipeline } from '../src/index.js';
import type { Source } from '../src/index.js';
import { logsIngestionSink } from '../src/loganalytics.js';
import { auditRow, o365Source, recordId } from '../src/o365.js';
import { each } from './parts.js';

const { tenantId, clientId, clientSecret, dcrImmutableId: ruleId } = contoso;
const start = Date.UTC(2026, 10, 20, 12);
const hour = 3_600_000;
const table = 'AuditRecords_CL';

async function world() {
  const emulator = createEmulator({ clock: 'virtual', start });
  const { fetch, clock } = emulator;
  const credential = entraCredential({ tenantId, clientId, clientSecret, fetch, clock });
  const o365 = new O365ActivityClient(tenantId, credential, { fetch, clock });
  const contentTypes = [ContentType.Exchange, ContentType.SharePoint, ContentType.General];
  await o365.subscriptions.ensure(contentTypes);
  const endpoint = emulator.state.logAnalytics.rules.get(ruleId)?.endpoint ?? '';
  const logs = new LogsIngestionClient(endpoint, credential, { fetch, clock });
  const state = memoryState({}, { clock });
  const source = o365Source(o365, { tenantId, contentTypes, startFrom: new Date(start - 60 * hour), clock });
  const collect = () =>
    runPipeline({
      source,
      transform: auditRow(),
      recordId,
      sink: logsIngestionSink<Uint8Array>(logs, { ruleId, stream: `Custom-${table}` }),
      state,
      deadLetters: { add: async () => {} },
      concurrency: 1,
      clock,
    });
  const rows = () => emulator.state.logAnalytics.rows(table) as { UnitId: string; RecordId: string }[];
  const countRows = async (unitIds: readonly string[]) => {
    expect(unitIds.length).toBeLessThanOrEqual(100);
    const counts = new Map<string, Set<string>>();
    for (const { UnitId, RecordId } of rows())
      if (unitIds.includes(UnitId)) counts.set(UnitId, (counts.get(UnitId) ?? new Set()).add(RecordId));
    return new Map([...counts].map(([id, records]) => [id, records.size]));
  };
  const check = (more: { source?: Source<BlobUnit, RawRecord>; from?: Date } = {}) =>
    reconcile({
      source,
      state,
      recordId,
      countRows,
      from: new Date(start - 60 * hour),
      to: new Date(start - hour),
      ...more,
    });
  return { emulator, collect, check, state, rows, source };
}

describe('reconcile', () => {
  it('finds nothing where nothing is lost', async () => {
    const { collect, check } = await world();
    await collect();
    const report = await check();
    expect(report.units).toBeGreaterThan(10);
    expect(report.differences).toEqual([]);
    expect(report.rows).toBe(report.records);
  });

  it('names the units whose rows a daily cap has swallowed, though all were accepted', async () => {
    const { emulator, collect, check, rows } = await world();
    const { logAnalytics } = emulator.state;
    const store = logAnalytics.store.bind(logAnalytics);
    logAnalytics.store = (target, given) => {
      store(target, given);
      logAnalytics.settings.dailyCapReached = rows().length >= 500;
    };
    const { records, units } = await collect();
    const lost = logAnalytics.losses.reduce((sum, { count }) => sum + count, 0);
    expect([units.deferred, lost]).toEqual([0, records.accepted - rows().length]);
    const { differences } = await check();
    expect(differences.length).toBeGreaterThan(0);
    const kept = new Set(rows().map(({ UnitId }) => UnitId));
    for (const one of differences) {
      expect(one).toMatchObject({ kind: 'rows-missing', rows: 0 });
      expect(kept).not.toContain(one.unitId);
    }
  });

  it('names what is listed and was never committed', async () => {
    const { check } = await world();
    const { units, differences, rows } = await check();
    expect(rows).toBe(0);
    expect(differences).toHaveLength(units);
    expect(new Set(differences.map(({ kind }) => kind))).toEqual(new Set(['not-committed']));
  });

  it('names rows too many, and units that are gone', async () => {
    const { collect, check, source } = await world();
    await collect();
    const gone: Source<BlobUnit, RawRecord> = {
      ...source,
      between: (from, to) => {
        const span = source.between?.(from, to) as Source<BlobUnit, RawRecord>;
        let number = 0;
        return {
          open(saved) {
            const run = span.open(saved);
            return {
              ...run,
              async *read(unit, how) {
                number += 1;
                if (number === 1) throw new UnitUnreadableError('expired');
                // One record fewer than were delivered.
                let skipped = number !== 2;
                for await (const record of each(run.read(unit, how))) {
                  if (skipped) yield [record];
                  skipped = true;
                }
              },
            };
          },
        };
      },
    };
    const { differences } = await check({ source: gone });
    expect(differences.map(({ kind }) => kind)).toEqual(['unreadable', 'rows-extra']);
  });

  it('says of what it can say nothing, because it is not kept for so long', async () => {
    const { collect, check } = await world();
    await collect();
    const { differences, gaps } = await check({ from: new Date(start - 9 * 24 * hour) });
    expect(differences.filter(({ kind }) => kind !== 'not-committed')).toEqual([]);
    expect(gaps).toHaveLength(3);
    for (const { from, to, reason } of gaps) {
      expect(Date.parse(from)).toBe(start - 9 * 24 * hour);
      expect(Date.parse(to)).toBeGreaterThanOrEqual(start - 7 * 24 * hour);
      expect(reason).toMatch(/^Audit\.\w+: /);
    }
  });

  it('asks no table without a reader, and writes nothing', async () => {
    const { source, state, emulator } = await world();
    const span = { from: new Date(start - 3 * hour), to: new Date(start - hour) };
    const before = await state.load();
    const report = await reconcile({ source, state, recordId, ...span });
    expect(report).not.toHaveProperty('rows');
    expect(await state.load()).toEqual(before);
    expect(emulator.state.logAnalytics.rows(table)).toEqual([]);
  });

  it('refuses a span that is none', async () => {
    const { source, state } = await world();
    await expect(
      reconcile({ source, state, from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }),
    ).rejects.toThrow('not before');
  });
});
