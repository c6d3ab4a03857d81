import { readFileSync } from 'node:fs';
import { contoso, createEmulator, generateActivities, generateAuditRecords } from 'audit-emulator';
import type { Emulator, Row } from 'audit-emulator';
import { entraCredential } from 'o365-activity-client';
import { beforeEach, describe, expect, it } from 'vitest';
import { activityRow, alertRow } from '../src/mcas.js';
import { auditRow } from '../src/o365.js';
import { tables } from '../src/tables.js';

const start = Date.UTC(2026, 10, 20, 12);
const { tenantId, clientId, clientSecret, workspaceId } = contoso;
const silent = { attach: () => undefined, deadLetter: () => undefined };
const decode = (bytes: Uint8Array | undefined): Row => JSON.parse(new TextDecoder().decode(bytes)) as Row;
const blob = {
  contentType: 'Audit.General',
  contentId: 'u',
  contentUri: '',
  contentCreated: '',
  contentExpiration: '',
};

let emulator: Emulator;
beforeEach(() => {
  emulator = createEmulator({ clock: 'virtual', start });
  const known = emulator.state.logAnalytics.workspaces.get(workspaceId)?.tables;
  const model = known?.get('Demo_CL');
  if (!known || !model) throw new Error('no workspace');
  for (const { name, columns } of tables)
    known.set(name, {
      ...model,
      name,
      columns: columns.map((column) => ({ name: column.name, type: column.type })),
      entries: [],
    });
});

/** Rows that arrive together, a minute after the last ones. */
async function arrive(table: string, rows: Row[]): Promise<void> {
  const { logAnalytics } = emulator.state;
  const found = logAnalytics.table(table);
  if (!found) throw new Error(`no table ${table}`);
  await emulator.clock.advance(60_000);
  logAnalytics.store(found, rows);
}

/** What the function shows. */
async function shown(file: string): Promise<Row[]> {
  const { fetch, clock } = emulator;
  const credential = entraCredential({ tenantId, clientId, clientSecret, fetch, clock });
  const { token } = (await credential.getToken('https://api.loganalytics.io/.default')) ?? {};
  const response = await fetch(
    new Request(`https://api.loganalytics.io/v1/workspaces/${workspaceId}/query`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: readFileSync(new URL(`../kql/${file}.kql`, import.meta.url), 'utf8') }),
    }),
  );
  const text = await response.text();
  expect([response.status, text]).toEqual([200, expect.any(String)]);
  const [table] = (JSON.parse(text) as { tables: { columns: { name: string }[]; rows: unknown[][] }[] })
    .tables;
  return (table?.rows ?? []).map((values) =>
    Object.fromEntries(values.map((value, at) => [table?.columns[at]?.name, value])),
  );
}

describe('the KQL functions', () => {
  it('show each audit record once, as it came first, flat', async () => {
    const row = auditRow();
    const texts = [...generateAuditRecords({ seed: 'kql', count: 200, from: start - 3_600_000, to: start })];
    const rowsOf = (id: string): Row[] =>
      texts.map(({ text }) => decode(row({ bytes: new TextEncoder().encode(text) }, { id, blob }, silent)));
    await arrive('AuditRecords_CL', rowsOf('first'));
    await arrive('AuditRecords_CL', rowsOf('second').slice(50));
    const records = new Map(
      texts.map(({ text }) => {
        const record = JSON.parse(text) as Row;
        return [record['Id'], record];
      }),
    );
    const rows = await shown('AuditRecords');
    expect(rows).toHaveLength(records.size);
    for (const { RecordId, UnitId, Operation, ObjectId, UserType } of rows) {
      const record = records.get(RecordId);
      expect([UnitId, Operation, UserType]).toEqual(['first', record?.['Operation'], record?.['UserType']]);
      if (typeof record?.['ObjectId'] === 'string') expect(ObjectId).toBe(record['ObjectId']);
    }
  });

  it('show records without an Id too, each once', async () => {
    const row = auditRow();
    const encode = (text: string) => ({ bytes: new TextEncoder().encode(text) });
    const rows = (id: string): Row[] =>
      ['{"Operation":"a"}', '{"Operation":"b"}', '{"Id":"c","Operation":"c"}'].map((text) =>
        decode(row(encode(text), { id, blob }, silent)),
      );
    await arrive('AuditRecords_CL', rows('u'));
    await arrive('AuditRecords_CL', rows('u'));
    expect((await shown('AuditRecords')).map(({ Operation }) => String(Operation)).toSorted()).toEqual([
      'a',
      'b',
      'c',
    ]);
    const activity = activityRow();
    await arrive(
      'MCAS_Activity_Log_CL',
      [{ description: 'a' }, { description: 'b' }].map((one) =>
        decode(activity(one as never, { id: 'v', from: 0, to: 1 }, silent)),
      ),
    );
    expect(await shown('McasActivities')).toHaveLength(2);
  });

  it('show each activity once, flat', async () => {
    const row = activityRow();
    const activities = [
      ...generateActivities({ seed: 'kql', count: 100, from: start - 3_600_000, to: start }),
    ];
    for (const id of ['first', 'second'])
      await arrive(
        'MCAS_Activity_Log_CL',
        activities.map((one) => decode(row(one as never, { id, from: 0, to: 1 }, silent))),
      );
    const rows = await shown('McasActivities');
    expect(rows).toHaveLength(activities.length);
    for (const { ActivityId, UnitId, City } of rows) {
      const activity = activities.find(({ _id }) => _id === ActivityId);
      expect(UnitId).toBe('first');
      expect(City).toBe((activity?.['location'] as Row | undefined)?.['city'] ?? '');
    }
  });

  it('show the latest state of each alert', async () => {
    const row = alertRow();
    for (const statusValue of [0, 1])
      await arrive(
        'MCAS_Alerts_CL',
        ['a', 'b'].map((_id) => decode(row({ _id, timestamp: start, statusValue }, { id: 'u' }, silent))),
      );
    const rows = await shown('McasAlerts');
    expect(rows).toHaveLength(2);
    expect(new Map(rows.map(({ AlertId, Status }) => [AlertId, Status]))).toEqual(
      new Map([
        ['a', 1],
        ['b', 1],
      ]),
    );
  });

  it('show each share as it was seen last, and the latest heartbeat of each collector', async () => {
    const TimeGenerated = new Date(start).toISOString();
    for (const AccessCount of [1, 2])
      await arrive('MCAS_Share_Report_CL', [{ TimeGenerated, ActivityId: 'x', AccessCount }]);
    expect(await shown('ShareReport')).toMatchObject([{ ActivityId: 'x', AccessCount: 2 }]);
    for (const [minute, Source] of [
      [1, 'o365'],
      [2, 'o365'],
      [1, 'mcas'],
    ] as const)
      await arrive('AuditCollectorHealth_CL', [
        {
          TimeGenerated: new Date(start + minute * 60_000).toISOString(),
          Collector: 'c',
          Source,
          Backlog: minute,
        },
      ]);
    const beats = await shown('CollectorHealth');
    expect(beats).toHaveLength(2);
    expect(new Map(beats.map(({ Source, Backlog }) => [Source, Backlog]))).toEqual(
      new Map([
        ['mcas', 1],
        ['o365', 2],
      ]),
    );
  });
});
