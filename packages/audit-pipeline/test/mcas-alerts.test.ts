import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contoso, createEmulator } from 'audit-emulator';
import { McasClient, apiToken } from 'mcas-client';
import type { Alert } from 'mcas-client';
import { describe, expect, it } from 'vitest';
import { memoryState, runPipeline, sqliteState } from '../src/index.js';
import type { Sink, State } from '../src/index.js';
import { alertRow, mcasAlertSource, mcasSource } from '../src/mcas.js';
import { mcasAlerts } from '../src/tables.js';
import { memorySink } from './parts.js';

const start = Date.UTC(2026, 10, 20, 12);
const hour = 3_600_000;
const silent = { attach: () => undefined, deadLetter: () => undefined };
const decode = (bytes: Uint8Array): Record<string, unknown> =>
  JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;

const alert = (id: string, timestamp: number): Alert => ({ _id: id, timestamp, title: id, statusValue: 0 });

function tenant(alerts: Alert[]) {
  const emulator = createEmulator({ clock: 'virtual', start });
  emulator.state.mcas.alerts = alerts as never;
  const { fetch, clock } = emulator;
  const mcas = new McasClient(contoso.mcasHost, apiToken(contoso.mcasToken), { fetch, clock });
  const common = {
    clock,
    transform: alertRow(),
    deadLetters: { add: async () => undefined },
    retry: { maxRetries: 0, maxConsecutiveDeferrals: 1, maxWaitInMs: 0 },
  };
  const run = (state: State, sink: Sink<Uint8Array>, concurrency = 4) =>
    runPipeline({
      ...common,
      source: mcasAlertSource(mcas, { startFrom: start - 24 * hour }),
      state,
      sink,
      concurrency,
    });
  return { emulator, mcas, common, run };
}

describe('mcasAlertSource', () => {
  it('hands on what is new or has changed, over runs', async () => {
    const alerts = [alert('old', start - 80 * hour), alert('a', start - 2 * hour), alert('b', start - hour)];
    const { run } = tenant(alerts);
    const state = memoryState();
    const { sink, rows } = memorySink<Uint8Array>();
    const ids = (): string[] => rows.splice(0).map((row) => String(decode(row)['AlertId']));
    await run(state, sink);
    expect(ids().toSorted()).toEqual(['a', 'b']);
    await run(state, sink);
    expect(ids()).toEqual([]);
    alerts.push(alert('c', start));
    Object.assign(alerts[1] as Alert, { statusValue: 1 });
    await run(state, sink);
    expect(ids().toSorted()).toEqual(['a', 'c']);
  });

  it('remembers of each alert its last state only, also on disk', async () => {
    const alerts = Array.from({ length: 40 }, (_, n) => alert(`a${n}`, start - hour - n));
    const { run } = tenant(alerts);
    const folder = mkdtempSync(join(tmpdir(), 'mcas-alerts-'));
    const delivered: number[] = [];
    for (const statusValue of [0, 1, 1, 1]) {
      for (const one of alerts) Object.assign(one, { statusValue });
      const state = await sqliteState(join(folder, 'state.db'));
      const { sink, rows } = memorySink<Uint8Array>();
      await run(state, sink);
      delivered.push(rows.length);
      expect([...((await state.load()).seen ?? [])]).toHaveLength(40);
      await state.close();
    }
    expect(delivered).toEqual([40, 40, 0, 0]);
    rmSync(folder, { recursive: true });
  });

  it('keeps apart pages that begin with the same state of an alert', async () => {
    const [first, second] = [alert('a', start - hour), alert('b', start - hour + 1)];
    const pages = [[first, second], [{ ...first, statusValue: 1 }], [first, alert('c', start)]];
    const client = {
      endpoint: 'https://contoso.example',
      alerts: {
        async *follow() {
          for (const items of pages)
            yield {
              items,
              cursor: 'x',
              delta: {
                cursor: 'x',
                add: [{ id: `${items[0]?._id}#${items[0]?.statusValue}`, expires: 1e15 }],
                expire: [],
              },
            };
          yield { items: [], cursor: 'y', delta: { cursor: 'y', add: [], expire: [] } };
        },
      },
    } as unknown as McasClient;
    const run = mcasAlertSource(client, { startFrom: start }).open({});
    const ids: string[] = [];
    for await (const { id } of run.discover({})) ids.push(id);
    expect(new Set(ids).size).toBe(3);
    // The first page is still under way: the cursor stays before it.
    run.ack(ids[1] ?? '');
    expect(run.ack(ids[2] ?? '').cursor).toBe('x');
    expect(run.ack(ids[0] ?? '').cursor).toBe('y');
  });

  it('has no checkpoint before it has a place', () => {
    const { mcas } = tenant([]);
    const run = mcasAlertSource(mcas, { startFrom: start }).open({});
    expect(run.checkpoint?.()).toBeUndefined();
  });

  it('lists again what was not delivered, and its cursor stays before it', async () => {
    const many = Array.from({ length: 250 }, (_, n) => alert(`a${n}`, start - hour - n));
    const { run } = tenant(many);
    const state = memoryState();
    const { sink, rows } = memorySink<Uint8Array>();
    let writes = 0;
    const failing: Sink<Uint8Array> = {
      ...sink,
      write: async (all, options) => {
        writes += 1;
        if (writes !== 2) return sink.write(all, options);
        throw new Error('the sink is down');
      },
    };
    await expect(run(state, failing, 1)).rejects.toThrow('given up');
    expect(rows).toHaveLength(100);
    const { cursor } = await state.load();
    await run(state, sink);
    expect(new Set(rows.map((row) => decode(row)['AlertId']))).toEqual(new Set(many.map(({ _id }) => _id)));
    expect(rows).toHaveLength(250);
    expect((await state.load()).cursor).not.toBe(cursor);
  });

  it('follows until it is told to stop', async () => {
    const alerts = [alert('a', start - hour)];
    const { emulator, mcas, common } = tenant(alerts);
    const { sink, rows } = memorySink<Uint8Array>();
    const drain = new AbortController();
    let requests = 0;
    emulator.onRequest(() => {
      requests += 1;
      if (requests === 4) alerts.push(alert('b', emulator.clock.now()));
      if (requests > 10) drain.abort();
    });
    const report = await runPipeline({
      ...common,
      source: mcasAlertSource(mcas, { startFrom: start - 24 * hour }),
      follow: true,
      state: memoryState(),
      sink,
      drainSignal: drain.signal,
    });
    expect(rows.map((row) => decode(row)['AlertId'])).toEqual(['a', 'b']);
    expect(report.units.committed).toBe(2);
  });
});

describe('mcasSource', () => {
  it('does not begin without being told where', () => {
    const { mcas } = tenant([]);
    expect(() => mcasSource(mcas, {} as never)).toThrow('options.startFrom');
  });
});

describe('alertRow', () => {
  it('has the alert whole beside its common fields', () => {
    const row = alertRow();
    const { alerts } = createEmulator({ clock: 'virtual', start }).state.mcas;
    expect(alerts.length).toBeGreaterThan(0);
    for (const one of alerts as unknown as Alert[]) {
      const parsed = decode(row(one, { id: 'u' }, silent) as Uint8Array);
      expect(parsed['Record']).toEqual(one);
      expect(parsed).toMatchObject({ AlertId: one._id, AlertTitle: one.title, UnitId: 'u' });
      expect(mcasAlerts.validate(parsed)).toMatchObject({ ok: true });
    }
  });
});
