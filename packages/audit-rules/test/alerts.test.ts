import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  ArgumentError,
  createDetector,
  createRouter,
  detect,
  loadRules,
  readNdjson,
  starterRules,
  toAlertRow,
  toChatAlert,
  toOcsf,
} from '../src/index.js';
import type { Alert, AlertRoute, RuleSet } from '../src/index.js';

const record = {
  Id: '5f0e1f5e-3c5e-4a5e-9a2e-000000000001',
  CreationTime: '2026-11-12T08:00:00',
  OrganizationId: 'T-1',
  RecordType: 1,
  Workload: 'Exchange',
  Operation: 'New-InboxRule',
  UserId: 'ada@contoso.example',
  ClientIP: '[::ffff:203.0.113.9]:443',
  ObjectId: 'ada\\rule',
  Parameters: [{ Name: 'ForwardTo', Value: 'drop@fabrikam.example' }],
};
const clock = { now: () => Date.UTC(2026, 10, 12, 9) };
let rules: RuleSet;
let alert: Alert;

beforeAll(async () => {
  rules = await loadRules(starterRules, { tenant: { domains: ['contoso.example'] } });
  const context = { contentType: 'Audit.Exchange', contentId: 'blob-1', unitId: 'u', offset: 12 };
  [alert] = createDetector(rules, { clock }).push(record, context) as [Alert];
});

describe('an alert', () => {
  it('says who did what where, by which rule, and shows the record', () => {
    expect(alert).toMatchObject({
      revision: 0,
      ruleName: 'inbox_rule_external',
      level: 'high',
      attack: { tactics: ['collection', 'exfiltration'], techniques: [{ id: 'T1114.003' }] },
      ruleAuthor: 'audit-sdk',
      tenantId: 't-1',
      contentType: 'Audit.Exchange',
      contentId: 'blob-1',
      unitId: 'u',
      offset: 12,
      actor: 'ada@contoso.example',
      actorKind: 'user',
      address: '203.0.113.9',
      target: 'ada\\rule',
      first: '2026-11-12T08:00:00.000Z',
      recordIds: [record.Id],
      lagInSeconds: 3600,
      historical: false,
    });
    expect(alert.evidence).toContainEqual({
      recordId: record.Id,
      field: 'audit.ExternalRecipients',
      value: 'drop@fabrikam.example',
      selection: 'outside',
    });
    expect(alert.query).toContain(`RecordId in ("${record.Id}")`);
    expect(alert.falsePositives.length).toBeGreaterThan(0);
  });

  it('has the same id wherever and whenever it is found', () => {
    const [again] = createDetector(rules).push(record);
    expect(again?.id).toBe(alert.id);
    const [other] = createDetector(rules).push({ ...record, OrganizationId: 'T-2' });
    expect(other?.id).not.toBe(alert.id);
  });

  it('as a row names columns and Sentinel words', () => {
    expect(toAlertRow(alert)).toMatchObject({
      TimeGenerated: '2026-11-12T09:00:00.000Z',
      AlertId: alert.id,
      Severity: 'High',
      Tactics: ['Collection', 'Exfiltration'],
      Techniques: ['T1114.003'],
      Actor: 'ada@contoso.example',
      Historical: false,
    });
    expect(Object.values(toAlertRow(alert))).not.toContain(undefined);
  });

  it('as OCSF is a detection finding', () => {
    expect(toOcsf(alert)).toMatchObject({
      class_uid: 2004,
      type_uid: 200401,
      activity_id: 1,
      severity_id: 4,
      time: Date.UTC(2026, 10, 12, 8),
      finding_info: { uid: alert.id, analytic: { uid: alert.ruleId } },
    });
    expect(toOcsf({ ...alert, revision: 1 })).toMatchObject({ activity_id: 2, type_uid: 200402 });
  });
});

describe('routes', () => {
  const to = (route: Omit<AlertRoute, 'to'>, given: Partial<Alert> = {}) =>
    createRouter([{ to: 'x', ...route }])({ ...alert, ...given }).length > 0;

  it('send high and above to chat, and everything to stores', () => {
    expect(to({ kind: 'chat' })).toBe(true);
    expect(to({ kind: 'chat' }, { level: 'medium' })).toBe(false);
    expect(to({ kind: 'chat', minLevel: 'low' }, { level: 'medium' })).toBe(true);
    expect(to({ kind: 'store' }, { level: 'informational' })).toBe(true);
  });

  it('never send what is historical to chat', () => {
    expect(to({ kind: 'chat' }, { historical: true })).toBe(false);
    expect(to({ kind: 'store' }, { historical: true })).toBe(true);
  });

  it('choose by tenant, profile and rule', () => {
    expect(to({ kind: 'store', tenants: ['T-1'] })).toBe(true);
    expect(to({ kind: 'store', tenants: ['t-2'] })).toBe(false);
    expect(to({ kind: 'store', profiles: ['hunt'] }, { profile: 'page' })).toBe(false);
    expect(to({ kind: 'store', rules: ['inbox_rule_external'] })).toBe(true);
    expect(() => createRouter([{ to: '', kind: 'store' }])).toThrow(ArgumentError);
  });

  it('give chat no evidence, but the author of the rule', () => {
    expect(toChatAlert(alert)).not.toHaveProperty('evidence');
    expect(toChatAlert(alert)).toMatchObject({ id: alert.id, revision: 0, ruleAuthor: 'audit-sdk' });
    expect(Object.keys(toChatAlert(alert, ['title'])).toSorted()).toEqual(['id', 'revision', 'title']);
  });
});

describe('stored records', () => {
  it('are read from a folder, compressed or wrapped in rows, and searched in one pass', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'audit-rules-'));
    const line = (value: object) => `${JSON.stringify(value)}\n`;
    const text = '\u2028 is no end of a line';
    writeFileSync(
      join(folder, 'a.ndjson'),
      line({ ...record, Note: text }) + line({ TimeGenerated: 'x', Record: { ...record, Id: '2' } }),
    );
    writeFileSync(join(folder, 'b.jsonl.gz'), gzipSync(line({ ...record, Id: '3' })));
    writeFileSync(join(folder, 'c.txt'), 'no records');
    const alerts: Alert[] = [];
    for await (const one of detect(readNdjson(folder), rules, { clock })) alerts.push(one);
    expect(alerts.map(({ recordIds }) => recordIds[0])).toEqual([record.Id, '2', '3']);
  });

  it('that are broken are named by file and line', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'audit-rules-')), 'x.ndjson');
    writeFileSync(file, '{}\n[1]\n{"a":\n');
    const read = async (options?: Parameters<typeof readNdjson>[1]) => {
      const found: unknown[] = [];
      for await (const one of readNdjson(file, options)) found.push(one);
      return found;
    };
    await expect(read()).rejects.toThrow(`${file}:2`);
    const lines: number[] = [];
    expect(await read({ onInvalidLine: ({ line }) => lines.push(line) })).toEqual([{}]);
    expect(lines).toEqual([2, 3]);
  });
});
