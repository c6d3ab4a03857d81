import { generateAuditRecords } from 'audit-emulator';
import { redactSecrets, userIdKind } from 'o365-activity-client/records';
import type { AuditRecord } from 'o365-activity-client/records';
import { describe, expect, it } from 'vitest';
import { auditRow, omit, pick, rewrite, where } from '../src/o365.js';
import type { RecordFilter } from '../src/o365.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const silent = { attach: () => undefined, deadLetter: () => undefined };
const records = [...generateAuditRecords({ seed: 'where', count: 1500, from: 0, to: 1.7e12 })].map(
  ({ text, contentType }) => ({
    parsed: JSON.parse(text) as AuditRecord,
    raw: { bytes: encode(text) },
    unit: {
      id: 'u',
      blob: { contentType, contentId: 'u', contentUri: '', contentCreated: '', contentExpiration: '' },
    },
  }),
);
const row = auditRow();

describe('where', () => {
  const cases: [RecordFilter, (record: AuditRecord, contentType: string) => boolean][] = [
    [{ contentType: ['audit.exchange'] }, (_record, type) => type === 'Audit.Exchange'],
    [{ recordType: [6, 14] }, ({ RecordType }) => [6, 14].includes(RecordType)],
    [
      { operation: ['FILEACCESSED', 'UserLoggedIn'] },
      ({ Operation }) => ['FileAccessed', 'UserLoggedIn'].includes(Operation),
    ],
    [{ workload: ['SharePoint'] }, ({ Workload }) => Workload === 'SharePoint'],
    [{ userKind: ['upn'] }, ({ UserId }) => userIdKind(UserId) === 'upn'],
    [
      { workload: ['Exchange'], userKind: ['upn'] },
      ({ Workload, UserId }) => Workload === 'Exchange' && userIdKind(UserId) === 'upn',
    ],
    [{}, () => true],
  ];

  it.each(cases)('%j lets through what a parser would', (filter, fits) => {
    const reasons: string[] = [];
    const transform = where(filter, row, { onFiltered: (reason) => void reasons.push(reason) });
    const kept = records.filter(({ raw, unit }) => transform(raw, unit, silent) !== undefined);
    const wanted = records.filter(({ parsed, unit }) => fits(parsed, unit.blob.contentType));
    expect(kept).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(0);
    expect(kept.length + reasons.length).toBe(records.length);
  });

  it('takes a predicate on the parsed record', () => {
    const transform = where((record) => record.Operation.startsWith('File'), row);
    const kept = records.filter(({ raw, unit }) => transform(raw, unit, silent) !== undefined);
    expect(kept).toEqual(records.filter(({ parsed }) => parsed.Operation.startsWith('File')));
  });
});

describe('rewrite', () => {
  const made = (transform: ReturnType<typeof rewrite<Uint8Array>>, at: (typeof records)[number]) => {
    const bytes = transform(at.raw, at.unit, silent);
    return (
      bytes && (JSON.parse(new TextDecoder().decode(bytes)) as { Record: AuditRecord; RecordId?: string })
    );
  };
  const [one] = records;
  if (!one) throw new Error('no record');

  it('picks, omits and redacts', () => {
    expect(Object.keys(made(rewrite(pick('Operation'), row), one)?.Record ?? {}).sort()).toEqual([
      'CreationTime',
      'Id',
      'Operation',
    ]);
    const without = made(rewrite(omit('UserId', 'Operation'), row), one);
    expect(without?.Record).not.toHaveProperty('UserId');
    expect(without?.RecordId).toBe(one.parsed.Id);
    const dlp = records.find(({ parsed }) => JSON.stringify(parsed).includes('DetectedValues'));
    expect(dlp).toBeDefined();
    if (dlp) expect(JSON.stringify(made(rewrite(redactSecrets, row), dlp))).toContain('[redacted]');
  });

  it('leaves a record out', () => {
    expect(
      made(
        rewrite(() => undefined, row),
        one,
      ),
    ).toBeUndefined();
  });
});
