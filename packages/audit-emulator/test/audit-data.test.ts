import { describe, expect, it } from 'vitest';
import {
  auditScenario,
  auditScenarioNames,
  contentTypes,
  documentedRecords,
  generateAuditRecords,
  recordTypeNames,
} from '../src/data/audit/index.js';

const week = { seed: 'one', from: Date.UTC(2026, 0, 5), to: Date.UTC(2026, 0, 12) };
const parse = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

describe('generated audit records', () => {
  it('are the same for the same seed and differ for another', () => {
    const run = (seed: string): string[] =>
      [...generateAuditRecords({ ...week, seed, count: 300 })].map((r) => r.text);
    expect(run('one')).toEqual(run('one'));
    expect(run('two')).not.toEqual(run('one'));
  });

  it('are streamed: the first of a billion comes at once', () => {
    const first = generateAuditRecords({ ...week, count: 1_000_000_000 }).next();
    expect(first.done).toBe(false);
  });

  it('carry the fields every record has, inside the asked time', () => {
    for (const { text, id, at } of generateAuditRecords({ ...week, count: 2_000 })) {
      const record = parse(text);
      expect(record['Id']).toBe(id);
      expect(record['CreationTime']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$/);
      expect(at).toBeGreaterThanOrEqual(week.from);
      expect(at).toBeLessThan(week.to);
      expect(typeof record['Operation']).toBe('string');
      expect(Number.isInteger(record['RecordType'])).toBe(true);
    }
  });

  it('cover all content types and every known record type', () => {
    const types = new Set<string>();
    const recordTypes = new Set<number>();
    for (const record of generateAuditRecords({ ...week, count: 2_500 })) {
      types.add(record.contentType);
      recordTypes.add(record.recordType);
    }
    expect([...types].sort()).toEqual([...contentTypes].sort());
    expect(recordTypes.size).toBe(Object.keys(recordTypeNames).length);
  });

  it('contain the odd shapes of real feeds', () => {
    const texts = [...generateAuditRecords({ ...week, count: 5_000 })].map((r) => r.text);
    const records = texts.map(parse);
    const ips = new Set(records.map((r) => r['ClientIP']));
    for (const ip of ['[::ffff:203.0.113.12]:12345', '::1', '<null>', '', null, undefined])
      expect(ips).toContain(ip);
    const users = new Set(records.map((r) => r['UserId']));
    for (const user of ['S-1-5-18', 'Not Available', undefined]) expect(users).toContain(user);
    expect(records.some((r) => typeof r['Parameters'] === 'string')).toBe(true);
    expect(
      records.some(
        (r) => Array.isArray(r['ModifiedProperties']) && typeof r['ModifiedProperties'][0] === 'string',
      ),
    ).toBe(true);
    expect(records.some((r) => String(r['CreationTime']).endsWith('Z'))).toBe(true);
    expect(texts.some((text) => /"SequenceNumber":9007199254740993\d/.test(text))).toBe(true);
    // eslint-disable-next-line no-control-regex
    expect(texts.some((text) => /[^\x00-\x7f]/.test(text))).toBe(true);
  });

  it('repeat some records under the same id, now and then with another order of keys', () => {
    const seen = new Map<string, string>();
    let repeated = 0;
    let reordered = 0;
    for (const { id, text } of generateAuditRecords({ ...week, count: 5_000 })) {
      const before = seen.get(id);
      if (before !== undefined) {
        repeated++;
        if (before !== text) reordered++;
        expect(parse(text)).toEqual(parse(before));
      }
      seen.set(id, text);
    }
    expect(repeated).toBeGreaterThan(20);
    expect(reordered).toBeGreaterThan(5);
  });
});

describe('documented records', () => {
  it('are valid JSON with the fields of the common schema', () => {
    expect(documentedRecords).toHaveLength(10);
    for (const { text } of documentedRecords)
      expect(parse(text)).toMatchObject({ Id: expect.any(String) as string });
  });
});

describe('scenarios', () => {
  it('each have a hit and a near miss, of which no record is shared', () => {
    for (const name of auditScenarioNames) {
      const { hit, nearMiss } = auditScenario(name, { at: week.from });
      expect(hit.length).toBeGreaterThan(0);
      expect(nearMiss.length).toBeGreaterThan(0);
      const ids = new Set([...hit, ...nearMiss].map((record) => record.id));
      expect(ids.size).toBe(hit.length + nearMiss.length);
    }
  });

  it('differ where a rule looks', () => {
    const spray = auditScenario('password-spray', { at: week.from });
    const users = (records: typeof spray.hit): number =>
      new Set(records.map((r) => parse(r.text)['UserId'])).size;
    expect(users(spray.hit)).toBeGreaterThan(10);
    expect(users(spray.nearMiss)).toBe(1);
    const shared = auditScenario('external-sharing', { at: week.from }).hit.map(
      ({ text }) => JSON.parse(text) as Record<string, string>,
    );
    const of = (operation: string) => shared.filter((one) => one['Operation'] === operation);
    expect(of('SharingInvitationAccepted').map((one) => one['SourceRelativeUrl'])).toEqual([
      'Shared Documents',
      'Board Papers',
    ]);
    const [opened, ...more] = of('FileAccessed');
    expect(more).toEqual([]);
    expect(opened?.['ObjectId']).toBe(of('SharingInvitationAccepted')[0]?.['ObjectId']);
    expect(opened?.['UserId']).toBe('kai_fabrikam.example#ext#@contoso.example');
    const consent = auditScenario('admin-consent', { at: week.from });
    expect(consent.hit[0]?.text).toContain('"NewValue":"True"');
    expect(consent.nearMiss[0]?.text).not.toContain('"NewValue":"True"');
  });
});
