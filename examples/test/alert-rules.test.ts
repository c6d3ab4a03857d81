import { auditScenario, weekScenarioNames, generateAuditRecords } from 'audit-emulator';
import type { AuditRecord } from 'o365-activity-client/records';
import { describe, expect, it } from 'vitest';
import { createAlerter } from '../lib/alerts/engine.js';
import type { Alert } from '../lib/alerts/engine.js';
import { alertRules, massDownload } from '../lib/alerts/rules.js';

const at = Date.UTC(2026, 10, 20, 10, 25);
const hour = 3_600_000;

function run(records: readonly AuditRecord[], now = at + 2 * hour): Alert[] {
  const alerter = createAlerter(alertRules, () => now);
  return records.flatMap((record) => alerter(record));
}

const parse = (texts: readonly { text: string }[]): AuditRecord[] =>
  texts.map(({ text }) => JSON.parse(text) as AuditRecord);

describe.each(weekScenarioNames)('%s', (name) => {
  const { hit, nearMiss } = auditScenario(name, { at });
  // Two files are shared.
  const times = name === 'external-sharing' ? 2 : 1;

  it('is found once, by its own rule alone', () => {
    const alerts = run(parse(hit));
    expect(alerts.map((alert) => alert.rule)).toEqual(Array.from({ length: times }, () => name));
    expect(new Set(alerts.map(({ key }) => key)).size).toBe(times);
    expect(alerts[0]?.lagInMs).toBeGreaterThan(hour);
  });

  it('is not seen in its near miss', () => {
    expect(run(parse(nearMiss))).toEqual([]);
  });

  it('is found in any order and among other records', () => {
    const others = [...generateAuditRecords({ seed: 'noise', count: 500, from: at - hour, to: at + hour })];
    const noise = parse(others).filter((record) => run([record]).length === 0);
    const alerts = run([...parse(hit).toReversed(), ...noise]).filter((alert) => alert.rule === name);
    expect(alerts).toHaveLength(times);
  });
});

describe('windows', () => {
  const download = (i: number, time: number): AuditRecord => ({
    Id: `id-${i}`,
    CreationTime: new Date(time).toISOString().slice(0, 19),
    Operation: 'FileDownloaded',
    OrganizationId: 'o',
    RecordType: 6,
    UserType: 0,
    UserId: 'ada@contoso.example',
    ObjectId: `file-${i}`,
  });

  it('find a burst that begins anywhere', () => {
    for (let shift = 0; shift < 60; shift += 1) {
      const burst = Array.from({ length: 50 }, (_, i) => download(i, at + shift * 60_000 + i * 10_000));
      const alerts = run(burst);
      expect(alerts).toHaveLength(1);
      const again = run(burst);
      expect(again[0]?.id).toBe(alerts[0]?.id);
    }
  });

  it('count the same file once', () => {
    const same = Array.from({ length: 80 }, (_, i) => ({ ...download(0, at + i * 1000), Id: `id-${i}` }));
    expect(run(same)).toEqual([]);
  });

  it('do not add up what lies further apart', () => {
    const step = massDownload.windowInMs / 40;
    expect(run(Array.from({ length: 400 }, (_, i) => download(i, at + i * step)))).toEqual([]);
  });

  it('ignore a record without a time', () => {
    expect(run([{ ...download(1, at), CreationTime: 'soon' }])).toEqual([]);
  });
});
