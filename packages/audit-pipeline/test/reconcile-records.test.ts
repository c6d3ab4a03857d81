import { contoso, createEmulator } from 'audit-emulator';
import { LogsIngestionClient, entraCredential } from 'loganalytics-ingest';
import { McasClient, apiToken } from 'mcas-client';
import { describe, expect, it } from 'vitest';
import { UnitUnreadableError, memoryState, reconcileRecords, runPipeline } from '../src/index.js';
import type { Source, Unit } from '../src/index.js';
import { logsIngestionSink } from '../src/loganalytics.js';
import { activityId, activityRow, mcasSource } from '../src/mcas.js';

const { tenantId, clientId, clientSecret, dcrImmutableId: ruleId } = contoso;
const start = Date.UTC(2026, 10, 20, 12);
const hour = 3_600_000;
const table = 'MCAS_Activity_Log_CL';

async function collected(cap: number) {
  const emulator = createEmulator({ clock: 'virtual', start });
  const { fetch, clock } = emulator;
  const { logAnalytics } = emulator.state;
  const store = logAnalytics.store.bind(logAnalytics);
  const rows = () => logAnalytics.rows(table) as { ActivityId: string }[];
  logAnalytics.store = (target, given) => {
    store(target, given);
    logAnalytics.settings.dailyCapReached = rows().length >= cap;
  };
  const credential = entraCredential({ tenantId, clientId, clientSecret, fetch, clock });
  const logs = new LogsIngestionClient(logAnalytics.rules.get(ruleId)?.endpoint ?? '', credential, {
    fetch,
    clock,
  });
  const mcas = new McasClient(contoso.mcasHost, apiToken(contoso.mcasToken), { fetch, clock });
  const source = mcasSource(mcas, { startFrom: start - 24 * hour, clock });
  const { records } = await runPipeline({
    source,
    transform: activityRow(),
    recordId: activityId,
    sink: logsIngestionSink<Uint8Array>(logs, { ruleId, stream: `Custom-${table}` }),
    state: memoryState({}, { clock }),
    deadLetters: { add: async () => {} },
    concurrency: 1,
    clock,
  });
  const questions: number[] = [];
  const check = (more: { maxMissingIds?: number } = {}) =>
    reconcileRecords({
      source,
      recordId: activityId,
      from: new Date(start - 20 * hour),
      to: new Date(start - hour),
      idsPerQuestion: 100,
      findRecords: async (ids) => {
        questions.push(ids.length);
        const held = new Set(rows().map(({ ActivityId }) => ActivityId));
        return new Set(ids.filter((id) => held.has(id)));
      },
      ...more,
    });
  return { check, rows, records, questions };
}

describe('reconcileRecords', () => {
  it('finds nothing where nothing is lost, in questions of a bounded size', async () => {
    const { check, questions } = await collected(Infinity);
    const report = await check();
    expect(report).toMatchObject({ missing: 0, missingIds: [], withoutId: 0, unreadable: [] });
    expect(report.records).toBeGreaterThan(300);
    expect(Math.max(...questions)).toBe(100);
    expect(questions.reduce((sum, count) => sum + count, 0)).toBe(report.records);
  });

  it('names the records a daily cap has swallowed, though all were accepted', async () => {
    const { check, rows, records } = await collected(200);
    expect(records.accepted).toBeGreaterThan(rows().length);
    const report = await check();
    const held = new Set(rows().map(({ ActivityId }) => ActivityId));
    expect(report.missing).toBeGreaterThan(0);
    expect(report.missingIds).toHaveLength(report.missing);
    expect(report.missingIds.some((id) => held.has(id))).toBe(false);
    const few = await check({ maxMissingIds: 3 });
    expect([few.missing, few.missingIds.length]).toEqual([report.missing, 3]);
  });

  it('counts what cannot be checked', async () => {
    const between = (): Pick<Source<Unit, { id?: string }>, 'open'> => ({
      open: () => ({
        async *discover() {
          yield { id: 'gone' };
          yield { id: 'here' };
        },
        async *read({ id }) {
          if (id === 'gone') throw new UnitUnreadableError('expired');
          yield [{ id: 'a' }, {}, { id: 'b' }, { id: 'a' }];
        },
        ack: () => ({ cursor: '', add: [], expire: [] }),
        fail: () => ({ cursor: '', add: [], expire: [] }),
      }),
    });
    const report = await reconcileRecords({
      source: { open: () => between().open({}), between },
      recordId: ({ id }) => id,
      isExpected: ({ id }) => id !== 'b',
      from: '2026-01-01T00:00:00Z',
      to: '2026-01-02T00:00:00Z',
      findRecords: async () => new Set(['a']),
    });
    expect(report).toEqual({
      units: 1,
      unreadable: [{ unitId: 'gone', reason: 'expired' }],
      records: 1,
      withoutId: 1,
      missing: 0,
      missingIds: [],
      gaps: [],
    });
  });
});
