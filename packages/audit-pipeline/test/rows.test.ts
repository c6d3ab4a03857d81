import { generateActivities, generateAuditRecords } from 'audit-emulator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activityRow } from '../src/mcas.js';
import { auditRow } from '../src/o365.js';
import { fieldScanner } from '../src/rows/fields.js';
import { auditRecords, mcasActivities } from '../src/tables.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const blob = {
  contentType: 'Audit.General',
  contentId: 'unit',
  contentUri: '',
  contentCreated: '2026-11-20T11:00:00.000Z',
  contentExpiration: '',
};
const unit = { id: 'unit', blob };
const silent = { attach: () => undefined, deadLetter: () => undefined };
const records = (count: number): { text: string }[] => [
  ...generateAuditRecords({ seed: 'rows', count, from: 0, to: 1.7e12 }),
];

/** Each field's own text. */
function fieldsOf(bytes: Uint8Array, names: readonly string[]): Map<string, string> {
  const at = fieldScanner(names)(bytes);
  const found = names.map((name, n): [string, string] => [
    name,
    decode(bytes.subarray(at[2 * n], at[2 * n + 1])),
  ]);
  return new Map(found.filter(([, text]) => text !== ''));
}

describe('fieldScanner', () => {
  const names = ['Id', 'Operation', 'CreationTime', 'a', 'é'];
  // Keys with a backslash: JSON.parse of some engines reads them wrongly, so they are no measure.
  const key = fc.oneof(
    fc.constantFrom(...names),
    fc.string().filter((one) => !one.includes('\\')),
  );
  const object = fc.dictionary(key, fc.jsonValue(), { maxKeys: 12, noNullPrototype: true });

  it('finds what JSON.parse finds, in any spelling', () => {
    fc.assert(
      fc.property(
        object,
        fc.constantFrom(undefined, 1, '\t'),
        fc.subarray(names),
        (value, indent, wanted) => {
          const found = fieldsOf(encode(JSON.stringify(value, undefined, indent)), wanted);
          for (const name of wanted) {
            const json = found.get(name);
            expect(json !== undefined).toBe(Object.hasOwn(value, name));
            if (json) expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value[name])));
          }
        },
      ),
    );
  });

  it('remembers nothing of the record before', () => {
    const scan = fieldScanner(['Id']);
    scan(encode('{"Id":"1"}'));
    expect([...scan(encode('{"Other":"2"}'))]).toEqual([0, 0]);
  });

  it('ends on any bytes, wherever they are cut', () => {
    const text = encode('{"Id":"a\\"b","x":[{"y":"}"},1],"Operation": "o" ,"n":12e3,"CreationTime":null}');
    for (let end = 0; end <= text.length; end += 1)
      for (const place of fieldScanner(names)(text.subarray(0, end))) expect(place).toBeLessThanOrEqual(end);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        for (const place of fieldScanner(names)(bytes)) expect(place).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });

  it('takes the last of a name that comes twice, and knows it when it is escaped', () => {
    expect(fieldsOf(encode('{"Id":1,"Id":2}'), ['Id']).get('Id')).toBe('2');
    expect(fieldsOf(encode('{"\\u0049d":1}'), ['Id']).has('Id')).toBe(true);
  });
});

describe('auditRow', () => {
  const row = auditRow({ collectorVersion: 'test' });

  it('wraps the bytes of every kind of record, untouched, beside its common fields', () => {
    for (const { text } of records(2000)) {
      const bytes = row({ bytes: encode(text) }, unit, silent) as Uint8Array;
      const made = decode(bytes);
      expect(made.endsWith(`,"Record":${text}}`)).toBe(true);
      const parsed = JSON.parse(made) as Record<string, unknown>;
      const record = JSON.parse(text) as Record<string, unknown>;
      expect(parsed['RecordId']).toBe(record['Id']);
      expect(parsed['Operation']).toBe(record['Operation']);
      expect(parsed['EventTime']).toMatch(/(Z|[+-]\d\d:\d\d)$/);
      expect(parsed['UnitId']).toBe('unit');
      expect(auditRecords.validate(parsed)).toMatchObject({ ok: true });
    }
  });

  it('keeps what JavaScript would lose', () => {
    const text = '{"Id":"1","Big":12345678901234567890,"One":1.0,"Two":{"a":1,"a":2}}';
    expect(decode(row({ bytes: encode(text) }, unit, silent) as Uint8Array)).toContain(`"Record":${text}`);
  });

  it('sends a record over the field limit without itself, and keeps it apart', () => {
    const bytes = encode(JSON.stringify({ Id: 'x', Operation: 'Big', Data: 'é'.repeat(40_000) }));
    const kept: unknown[] = [];
    const made = row({ bytes }, unit, {
      attach: () => undefined,
      deadLetter: (entry) => void kept.push(entry),
    }) as Uint8Array;
    const parsed = JSON.parse(decode(made)) as Record<string, unknown>;
    expect(parsed).toMatchObject({ RecordId: 'x', Operation: 'Big', RecordTruncated: true });
    expect(parsed).not.toHaveProperty('Record');
    expect(kept).toEqual([
      { record: { bytes }, reason: `the record has ${bytes.byteLength} bytes, a field holds 65536` },
    ]);
  });

  it('goes by the time of the blob when a record has none, and never invents an event time', () => {
    const made = JSON.parse(
      decode(row({ bytes: encode('{"Id":null,"CreationTime":7}') }, unit, silent) as Uint8Array),
    ) as object;
    expect(made).toMatchObject({ TimeGenerated: blob.contentCreated, Record: { Id: null, CreationTime: 7 } });
    expect(made).not.toHaveProperty('EventTime');
    expect(made).not.toHaveProperty('RecordId');
  });
});

describe('the bytes of a row', () => {
  const row = auditRow({ collectorVersion: 'test' });
  const textOf = (text: string, from = unit): string =>
    decode(row({ bytes: encode(text) }, from, silent) as Uint8Array);
  const made = (record: unknown, from = unit): Record<string, unknown> =>
    JSON.parse(textOf(JSON.stringify(record), from)) as Record<string, unknown>;

  it('are one object, whatever the fields hold', () => {
    const field = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.jsonValue(),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.integer({ min: -5, max: 2_000_000_000 }),
    );
    const fields = [
      'Id',
      'OrganizationId',
      'CreationTime',
      'RecordType',
      'Operation',
      'UserId',
      'ResultStatus',
    ];
    fc.assert(
      fc.property(
        fc.record(Object.fromEntries(fields.map((name) => [name, field])), { requiredKeys: [] }),
        (record) => {
          const text = JSON.stringify(record);
          const plain = JSON.parse(text) as Record<string, unknown>;
          const whole = textOf(text);
          const parsed = JSON.parse(whole) as Record<string, unknown>;
          expect(whole.endsWith(`,"Record":${text}}`)).toBe(true);
          const texts = {
            RecordId: 'Id',
            SourceTenantId: 'OrganizationId',
            Operation: 'Operation',
            UserId: 'UserId',
          };
          for (const [column, name] of Object.entries(texts))
            expect(parsed[column]).toBe(typeof plain[name] === 'string' ? plain[name] : undefined);
        },
      ),
    );
  });

  it('stay as they are while others are made', () => {
    const rows = records(3000).map(({ text }) => ({
      text,
      bytes: row({ bytes: encode(text) }, unit, silent) as Uint8Array,
    }));
    for (const { text, bytes } of rows) expect(decode(bytes).endsWith(`,"Record":${text}}`)).toBe(true);
  });

  it.each([
    ['2026-11-20T10:00:00', '2026-11-20T10:00:00Z'],
    ['2026-11-20T10:00:00.1234567', '2026-11-20T10:00:00.1234567Z'],
    ['2026-11-20T10:00:00Z', '2026-11-20T10:00:00Z'],
    ['2026-11-20T10:00:00+02:00', '2026-11-20T10:00:00+02:00'],
    ['2026-11-20T10:00', undefined],
    ["2026-11-20T10:00:00 o'clock", undefined],
  ])('have the time %j as %j', (written, wanted) => {
    const parsed = made({ CreationTime: written });
    expect(parsed['EventTime']).toBe(wanted);
    expect(parsed['TimeGenerated']).toBe(wanted ?? blob.contentCreated);
  });

  it.each([
    [15, 15],
    ['15', 15],
    [-1, undefined],
    [1.5, undefined],
    [12_345_678_901, undefined],
    ['', undefined],
  ])('have the record type %j as %j', (written, wanted) => {
    expect(made({ RecordType: written })['RecordType']).toBe(wanted);
  });

  it('name the unit they came with', () => {
    const other = { id: 'other', blob: { ...blob, contentType: 'Audit.Exchange' } };
    for (const one of [unit, other, unit])
      expect(made({ Id: '1' }, one)).toMatchObject({ UnitId: one.id, ContentType: one.blob.contentType });
  });
});

describe('activityRow', () => {
  it('has the record whole beside its common fields', () => {
    const row = activityRow();
    const slice = { id: 'created:0-1', from: 0, to: 1 };
    for (const activity of generateActivities({ seed: 'rows', count: 300, from: 0, to: 1.7e12 })) {
      const parsed = JSON.parse(decode(row(activity, slice, silent) as Uint8Array)) as Record<
        string,
        unknown
      >;
      expect(parsed['Record']).toEqual(activity);
      expect(parsed['ActivityId']).toBe(activity._id);
      expect(parsed['EventTime']).toBe(new Date(activity.timestamp).toISOString());
      expect(mcasActivities.validate(parsed)).toMatchObject({ ok: true });
    }
  });
});
