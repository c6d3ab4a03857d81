import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDetector } from '../src/index.js';
import type { Alert, RuleSet } from '../src/index.js';
import { latest, loadCorrelation, record, start } from './support/correlations.js';

interface Event {
  second: number;
  operation: 'A' | 'B' | 'C';
  user: string;
  file: string;
}

const spanInSeconds = 60;
const hourInSeconds = 3600;
const eventArbitrary: fc.Arbitrary<Event> = fc.record({
  // Both sides of the edge of an hour, where one alert ends and the next begins.
  second: fc.integer({ min: hourInSeconds - 150, max: hourInSeconds + 150 }),
  operation: fc.constantFrom('A', 'B', 'C'),
  user: fc.constantFrom('ada', 'Ada', 'bob'),
  file: fc.constantFrom('1', '2', '3', '4'),
});

const rules = {
  event_count: await loadCorrelation({
    type: 'event_count',
    rules: ['a'],
    'group-by': ['UserId'],
    timespan: '1m',
    condition: { gte: 3 },
  }),
  value_count: await loadCorrelation({
    type: 'value_count',
    rules: ['a', 'b'],
    'group-by': ['UserId'],
    timespan: '1m',
    condition: { field: 'ObjectId', gt: 2 },
  }),
  temporal: await loadCorrelation({
    type: 'temporal',
    rules: ['a', 'b', 'c'],
    'group-by': ['UserId'],
    timespan: '1m',
  }),
  temporal_ordered: await loadCorrelation({
    type: 'temporal_ordered',
    rules: ['a', 'b', 'c'],
    'group-by': ['UserId'],
    timespan: '1m',
  }),
};

const satisfied: Record<keyof typeof rules, (window: readonly Event[]) => boolean> = {
  event_count: (window) => window.filter(({ operation }) => operation === 'A').length >= 3,
  value_count: (window) =>
    new Set(window.filter(({ operation }) => operation !== 'C').map(({ file }) => file)).size > 2,
  temporal: (window) => new Set(window.map(({ operation }) => operation)).size === 3,
  temporal_ordered: (window) =>
    window.some(
      (a) =>
        a.operation === 'A' &&
        window.some(
          (b) =>
            b.operation === 'B' &&
            b.second >= a.second &&
            window.some((c) => c.operation === 'C' && c.second >= b.second),
        ),
    ),
};

const concerns: Record<keyof typeof rules, string> = {
  event_count: 'A',
  value_count: 'AB',
  temporal: 'ABC',
  temporal_ordered: 'ABC',
};

/** Which user and hour must be found, and in how many records, by looking at every window. */
function bruteForce(type: keyof typeof rules, events: readonly Event[]): Map<string, number> {
  const found = new Map<string, Set<Event>>();
  const counted = events.filter(({ operation }) => concerns[type].includes(operation));
  for (const end of counted) {
    const window = counted.filter(
      ({ second, user }) =>
        user.toLowerCase() === end.user.toLowerCase() &&
        second <= end.second &&
        second >= end.second - spanInSeconds,
    );
    if (!satisfied[type](window)) continue;
    const hour = Math.floor((start / 1000 + end.second) / hourInSeconds);
    const key = `${end.user.toLowerCase()} ${hour}`;
    found.set(key, new Set([...(found.get(key) ?? []), ...window]));
  }
  return new Map([...found].map(([key, window]) => [key, window.size]));
}

const toRecord = ({ second, operation, user, file }: Event, i: number) =>
  record(`00000000-0000-4000-8000-${String(i).padStart(12, '0')}`, second, {
    Operation: operation,
    UserId: user,
    ObjectId: file,
  });

function detectAll(rules: RuleSet, records: readonly Record<string, unknown>[]): Alert[] {
  const detector = createDetector(rules);
  return [...records.flatMap((one) => detector.push(one)), ...detector.flush()];
}

const summarize = (alerts: readonly Alert[]) =>
  new Map(
    [...latest(alerts).values()].map(({ id, recordCount, group, last = '' }) => [
      id,
      { recordCount, user: group?.['UserId']?.toLowerCase(), last },
    ]),
  );

describe.each(Object.keys(rules) as (keyof typeof rules)[])('%s', (type) => {
  it('finds what looking at every window finds', () => {
    fc.assert(
      fc.property(fc.array(eventArbitrary, { maxLength: 30 }), (events) => {
        const found = [...latest(detectAll(rules[type], events.map(toRecord))).values()];
        const expected = bruteForce(type, events);
        expect(found.map(({ recordCount }) => recordCount).toSorted((a, b) => a - b)).toEqual(
          [...expected.values()].toSorted((a, b) => a - b),
        );
      }),
    );
  });

  it('gives the same ids and counts in any order, with repetitions', () => {
    fc.assert(
      fc.property(
        fc.array(eventArbitrary, { maxLength: 25 }),
        fc.infiniteStream(fc.nat()),
        (events, numbers) => {
          const records = events.map(toRecord);
          const shuffled = [...records, ...records.slice(0, 5)]
            .map((one) => ({ one, order: numbers.next().value as number }))
            .toSorted((a, b) => a.order - b.order)
            .map(({ one }) => one);
          expect(summarize(detectAll(rules[type], shuffled))).toEqual(
            summarize(detectAll(rules[type], records)),
          );
        },
      ),
    );
  });
});

describe('a window', () => {
  it('includes hits that are exactly the timespan apart', () => {
    const at = (...seconds: number[]) =>
      latest(
        detectAll(
          rules.event_count,
          seconds.map((second, i) => record(`id-${i}`, second)),
        ),
      ).size;
    expect(at(0, 30, 60)).toBe(1);
    expect(at(0, 30, 61)).toBe(0);
  });

  it('takes a missing group-by field as a group of its own, and never as a value', async () => {
    const byFile = await loadCorrelation({
      type: 'value_count',
      rules: ['a'],
      'group-by': ['Nothing'],
      timespan: '1m',
      condition: { field: 'ObjectId', gte: 2 },
    });
    const without = [record('1', 0), record('2', 1), record('3', 2)];
    expect(latest(detectAll(byFile, without)).size).toBe(0);
    const two = [record('1', 0, { ObjectId: 'x' }), record('2', 1, { ObjectId: 'y' })];
    const [alert] = latest(detectAll(byFile, two)).values();
    expect(alert).toMatchObject({ count: 2, group: { Nothing: '(missing)' } });
  });

  it('keeps tenants apart', () => {
    const records = ['t1', 't1', 't2'].map((tenant, i) => record(`id-${i}`, i, { OrganizationId: tenant }));
    expect(latest(detectAll(rules.event_count, records)).size).toBe(0);
    const same = records.map((one) => ({ ...one, OrganizationId: 't1' }));
    const other = records.map((one) => ({ ...one, OrganizationId: 't2' }));
    const ids = [same, other].flatMap((one) => [...latest(detectAll(rules.event_count, one)).keys()]);
    expect(new Set(ids).size).toBe(2);
  });

  it('that goes on across an hour is two alerts, the second naming the first', () => {
    const records = Array.from({ length: 8 }, (_, i) => record(`id-${i}`, hourInSeconds - 20 + i * 5));
    const [first, second] = [...latest(detectAll(rules.event_count, records)).values()].toSorted((a, b) =>
      (a.last ?? '').localeCompare(b.last ?? ''),
    );
    expect(second?.continues).toBe(first?.id);
    expect(first?.continues).toBeUndefined();
  });

  it('of value_sum and value_avg looks at numbers', async () => {
    const load = (type: string, condition: object) =>
      loadCorrelation({ type, rules: ['a'], 'group-by': ['UserId'], timespan: '1m', condition });
    const sizes = (values: unknown[]) => values.map((Size, i) => record(`id-${i}`, i, { Size }));
    const sum = await load('value_sum', { field: 'Size', gt: 100 });
    expect(latest(detectAll(sum, sizes([60, '41']))).size).toBe(1);
    expect(latest(detectAll(sum, sizes([60, 'x', 40]))).size).toBe(0);
    const average = await load('value_avg', { field: 'Size', gte: 50 });
    const later = record('late', 10 * 3600, { Operation: 'Z' });
    expect(latest(detectAll(average, [...sizes([40, 60]), later])).size).toBe(1);
    expect(latest(detectAll(average, [...sizes([40, 50]), later])).size).toBe(0);
  });

  it('of lt is decided only when the watermark has passed it', async () => {
    const few = await loadCorrelation({
      type: 'event_count',
      rules: ['a'],
      'group-by': ['UserId'],
      timespan: '1m',
      condition: { lt: 2 },
    });
    const detector = createDetector(few, { watermark: { lateInMs: 60_000 } });
    expect(detector.push(record('1', 0))).toEqual([]);
    expect(detector.push(record('2', 30, { Operation: 'Z' }))).toEqual([]);
    expect(detector.push(record('3', 61, { Operation: 'Z' }))).toHaveLength(1);
  });
});

describe('a correlation of a correlation', () => {
  it('takes the end of each satisfied window as a hit of its group', async () => {
    const text = [
      {
        title: 'A',
        id: 'a',
        logsource: { product: 'm365' },
        detection: { s: { Operation: 'A' }, condition: 's' },
      },
      {
        title: 'B',
        id: 'b',
        logsource: { product: 'm365' },
        detection: { s: { Operation: 'B' }, condition: 's' },
      },
      {
        title: 'Many',
        id: 'many',
        correlation: {
          type: 'event_count',
          rules: ['a'],
          'group-by': ['UserId'],
          timespan: '1m',
          condition: { gte: 3 },
        },
      },
      {
        title: 'Then',
        id: 'found',
        correlation: {
          type: 'temporal_ordered',
          rules: ['many', 'b'],
          'group-by': ['UserId'],
          timespan: '5m',
        },
      },
    ].map((document) => JSON.stringify(document));
    const { loadRules } = await import('../src/index.js');
    const chained = await loadRules({ file: 'chained.yml', text: text.join('\n---\n') });
    const failures = [0, 1, 2].map((second) => record(`f-${second}`, second));
    const success = (second: number) => record('s', second, { Operation: 'B' });
    const alerts = detectAll(chained, [...failures, success(100)]);
    expect(alerts.map(({ ruleId }) => ruleId)).toEqual(['found']);
    // The success arrives first, the failures much later.
    expect(summarize(detectAll(chained, [success(100), ...failures]))).toEqual(summarize(alerts));
    expect(detectAll(chained, [...failures.slice(1), success(100)])).toEqual([]);
    expect(
      detectAll(chained, [
        success(0),
        ...failures.map((one, i) => ({ ...one, CreationTime: record('', 10 + i)['CreationTime'] })),
      ]),
    ).toEqual([]);
  });
});
