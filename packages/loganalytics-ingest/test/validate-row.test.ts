import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectorRowCheck, ingestionRowCheck } from '../src/rows/validate-row.js';
import type { CollectorRowCheckOptions } from '../src/rows/validate-row.js';
import { auxiliaryTime, isAuxiliaryTime, isReplaced } from '../src/rows/validate-time.js';
import { world } from './tables-world.js';

const now = Date.parse('2026-11-20T12:00:00Z');
const day = 86_400_000;
const clock = { now: () => now };
const collector = (options: Partial<CollectorRowCheckOptions> = {}) =>
  collectorRowCheck({ ...clock, ...options });

describe('the time window', () => {
  const old = new Date(now - 2 * day - 1);

  it('is two days back and one ahead, both included', () => {
    for (const time of [now, now - 2 * day, now + day])
      for (const value of [new Date(time), new Date(time).toISOString(), auxiliaryTime(time)])
        expect(isReplaced(value, now)).toBe(false);
    for (const time of [now - 2 * day - 1, now + day + 1])
      for (const value of [new Date(time), new Date(time).toISOString()])
        expect(isReplaced(value, now)).toBe(true);
    expect(isReplaced('2026-11-18T12:00:00.000', now)).toBe(false);
    expect(isReplaced('2026-11-18T11:59:59.999', now)).toBe(true);
    for (const value of ['yesterday', 3, null, {}, new Date(NaN)]) expect(isReplaced(value, now)).toBe(false);
  });

  it('is what the emulated service does', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: -4 * day, max: 3 * day }), async (offset) => {
        const { classic, emulator } = world();
        const EventTime = new Date(now + offset).toISOString();
        await classic.upload({ logType: 'T', timeGeneratedField: 'EventTime' }, [{ EventTime }]);
        const [row] = emulator.state.logAnalytics.rows('T_CL');
        expect(row?.['TimeGenerated'] === EventTime || offset === 0).toBe(!isReplaced(EventTime, now));
      }),
    ));

  it('sends and counts, refuses, or puts aside', () => {
    const row = { TimeGenerated: old, Message: 'secret' };
    expect(ingestionRowCheck(clock)(row)).toEqual({ action: 'send', reason: '', timeReplaced: true });
    for (const action of ['reject', 'return'] as const) {
      const verdict = ingestionRowCheck({ ...clock, timeOutsideWindow: action })(row);
      expect(verdict).toMatchObject({ action, timeReplaced: false });
      expect(verdict?.reason).toMatch(/^TimeGenerated is more than 2 days old/);
    }
    expect(ingestionRowCheck(clock)({ TimeGenerated: new Date(now) })).toBeUndefined();
    expect(ingestionRowCheck(clock)({ Message: 'a' })).toBeUndefined();
    expect(collector({ timeGeneratedField: 'When' })({ When: old })?.timeReplaced).toBe(true);
    expect(collector()({ When: old })).toBeUndefined();
  });

  it('of six fraction digits', () => {
    expect(isAuxiliaryTime(auxiliaryTime(now))).toBe(true);
    for (const value of [
      new Date(now).toISOString(),
      '2026-11-20T12:00:00Z',
      '2026-99-20T12:00:00.000000Z',
      now,
    ])
      expect(isAuxiliaryTime(value)).toBe(false);
  });
});

describe('names for the Data Collector API', () => {
  it.each(['tenant', 'TimeGenerated', 'RawData', 'a-b', 'a b', 'Grüße', '', 'x'.repeat(44)])(
    'may not be %j',
    (name) => expect(collector()({ [name]: 'secret' })?.action).toBe('reject'),
  );

  it.each(['Tenant', 'a', '_a', 'x'.repeat(43), 'Computer'])('may be %j', (name) =>
    expect(collector()({ [name]: 'a' })).toBeUndefined(),
  );

  it('are not repeated when they could be content', () => {
    expect(collector()({ 'the secret itself': 1 })?.reason).not.toContain('secret');
  });

  it('are at most 500 in a row', () => {
    const row = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`C${at}`, at]));
    expect(collector()(row(500))).toBeUndefined();
    expect(collector()(row(501))?.reason).toMatch(/501 properties/);
  });
});

describe('suffix drift', () => {
  it('is told with both columns, and leaves no mark', () => {
    const check = collector();
    expect(check({ Flag: true, Count: 1 })).toBeUndefined();
    expect(check({ Flag: 1, New: 'a' })?.reason).toBe(
      'Flag went to Flag_b before, its value now would make the column Flag_d',
    );
    expect(check({ New: 2 })).toBeUndefined();
    expect(collector({ suffixDrift: 'send' })({ Flag: 1 })).toBeUndefined();
  });

  it('is not what the service converts', () => {
    const check = collector();
    check({ Count: 1, Flag: true, Text: 'a', When: '2026-11-20T12:00:00Z' });
    expect(
      check({ Count: '42', Flag: 'true', Text: '2026-11-20T12:00:00Z', When: new Date() }),
    ).toBeUndefined();
    expect(check({ Count: null, Flag: undefined })).toBeUndefined();
    expect(check({ When: 'never' })?.action).toBe('reject');
  });

  it('rows that pass make one column of each property', () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.uuid(),
      fc.constant(null),
      fc.constantFrom('42', 'true', '2026-11-20T12:00:00Z', 'abc'),
    );
    const row = fc.dictionary(fc.constantFrom('Aa', 'Bb', 'Cc', 'Computer'), value);
    return fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
        const { classic, emulator } = world();
        const check = collector();
        const fine = rows.filter((one) => check(one)?.action !== 'reject');
        for (const one of fine) await classic.upload({ logType: 'T' }, [one]);
        const columns = emulator.state.logAnalytics.table('T_CL')?.columns.map((column) => column.name) ?? [];
        const properties = columns.map((name) => name.replace(/_[sdbtg]$/, ''));
        expect(properties).toHaveLength(new Set(properties).size);
      }),
    );
  });
});
