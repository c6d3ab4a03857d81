import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArgumentError, createDetector, loadRules } from '../src/index.js';
import type { Alert, Attachment } from '../src/index.js';
import { latest, loadCorrelation, record } from './support/correlations.js';

const spray = await loadCorrelation({
  type: 'value_count',
  rules: ['a'],
  'group-by': ['ClientIP'],
  timespan: '10m',
  condition: { field: 'UserId', gte: 4 },
});

const attempt = (i: number) =>
  record(`00000000-0000-4000-8000-${String(i).padStart(12, '0')}`, i * 20, {
    ClientIP: '203.0.113.66',
    UserId: `user-${i}`,
  });

/** Commits units as a pipeline does: attachments and alerts in one step; a crash loses what is not committed. */
class Store {
  readonly attachments = new Map<string, Attachment>();
  readonly alerts: Alert[] = [];
  readonly done = new Set<number>();

  commit(unit: number, findings: { alerts: readonly Alert[]; attachments: readonly Attachment[] }): void {
    for (const attachment of findings.attachments) this.attachments.set(attachment.key, attachment);
    this.alerts.push(...findings.alerts);
    this.done.add(unit);
  }
}

describe('units of work', () => {
  const units = [0, 1, 2, 3].map((unit) => [0, 1].map((i) => attempt(unit * 2 + i)));

  it('lose no alert and rename none, whenever the process dies and whichever unit is read first', () => {
    const undisturbed = createDetector(spray);
    const expected = [...latest(units.flat().flatMap((one) => undisturbed.push(one))).keys()];
    expect(expected).toHaveLength(1);
    const event = fc.record({ unit: fc.nat(3), end: fc.constantFrom('commit', 'abandon', 'die') });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        const store = new Store();
        let detector = createDetector(spray);
        const rest = [0, 1, 2, 3].map((unit) => ({ unit, end: 'commit' as const }));
        for (const { unit, end } of [...events, ...rest]) {
          if (store.done.has(unit)) continue;
          const open = detector.openUnit(`unit-${unit}`);
          for (const one of units[unit] ?? []) open.push(one);
          const findings = open.finish();
          if (end === 'commit') {
            store.commit(unit, findings);
            open.commit();
          } else if (end === 'abandon') open.abandon();
          else detector = createDetector(spray, { state: store.attachments.values() });
        }
        const found = [...latest(store.alerts).values()];
        expect(found.map(({ id }) => id)).toEqual(expected);
        expect(found[0]?.count).toBe(8);
        expect(new Set(store.alerts.map(({ id, revision }) => `${id} ${revision}`)).size).toBe(
          store.alerts.length,
        );
      }),
    );
  });

  it('raise what they raised before with the same id and revision when they are read again', () => {
    const read = () => {
      const open = createDetector(spray).openUnit('unit');
      for (const one of units.flat()) open.push(one);
      return open.finish().alerts.map(({ id, revision, count }) => ({ id, revision, count }));
    };
    expect(read()).toEqual(read());
    expect(read()).toHaveLength(1);
  });

  it('do not count a record twice that the service delivers again', () => {
    const detector = createDetector(spray);
    for (let i = 0; i < 3; i += 1) detector.push(attempt(i));
    expect([0, 1, 2, 0, 1, 2].flatMap((i) => detector.push(attempt(i)))).toEqual([]);
    expect(detector.health().hits).toBe(3);
  });

  it('keep the record ids, actors and addresses of an alert across a restart', () => {
    const first = createDetector(spray);
    const open = first.openUnit('one');
    for (const one of [0, 1, 2].map(attempt)) open.push({ ...one, Id: `odd id ${String(one['Id'])}` });
    const { attachments } = open.finish();
    const second = createDetector(spray, { state: attachments });
    const [alert] = second.push(attempt(3));
    expect(alert?.recordIds[0]).toMatch(/^odd id /);
    expect(alert?.actors?.map(({ value }) => value)).toEqual(['user-0', 'user-1', 'user-2', 'user-3']);
    expect(alert?.evidence.length).toBeGreaterThan(0);
  });

  it('forget hits of a rule that has changed', async () => {
    const first = createDetector(spray);
    for (const one of [0, 1, 2].map(attempt)) first.push(one);
    const changed = await loadCorrelation({
      type: 'value_count',
      rules: ['a'],
      'group-by': ['ClientIP'],
      timespan: '10m',
      condition: { field: 'UserId', gte: 3 },
    });
    expect(createDetector(changed, { state: first.snapshot() }).health().hits).toBe(0);
    expect(createDetector(spray, { state: first.snapshot() }).health().hits).toBe(3);
  });
});

describe('limits', () => {
  it('of groups push out the one that was quiet longest, and are counted', () => {
    const detector = createDetector(spray, { limits: { maxGroups: 2 } });
    for (let i = 0; i < 5; i += 1) detector.push({ ...attempt(i), ClientIP: `203.0.113.${i}` });
    expect(detector.health()).toMatchObject({ groups: 2, evictedGroups: 3, evictedHits: 3 });
  });

  it('of hits push out the oldest, and are counted', () => {
    const detector = createDetector(spray, { limits: { maxHitsPerGroup: 3 } });
    for (let i = 0; i < 5; i += 1) detector.push({ ...attempt(i), UserId: 'same' });
    expect(detector.health()).toMatchObject({ hits: 3, evictedHits: 2 });
  });

  it('of a day leave further hits out, and are counted', () => {
    const detector = createDetector(spray, { limits: { maxHitsPerDay: 2 } });
    for (let i = 0; i < 5; i += 1) detector.push(attempt(i));
    expect(detector.health()).toMatchObject({ hits: 2, hitsOverDailyLimit: 3 });
  });

  it('are checked', () => {
    expect(() => createDetector(spray, { limits: { maxGroups: 0 } })).toThrow(ArgumentError);
    expect(() => createDetector(spray, { maxAgeInMS: 5 } as object)).toThrow(/maxAgeInMs/);
  });
});

describe('a detector', () => {
  it('refuses rules with windows when it is stateless, and names them', () => {
    expect(() => createDetector(spray, { stateless: true })).toThrow(/found/);
  });

  it('marks alerts on old events, and those of a backfill, as historical', async () => {
    const rules = await loadRules({
      file: 'r.yml',
      text: JSON.stringify({
        title: 'A',
        id: 'a',
        logsource: { product: 'm365' },
        detection: { s: { Operation: 'A' }, condition: 's' },
      }),
    });
    const at = (hours: number) => ({ now: () => Date.UTC(2026, 10, 12, 8 + hours) });
    const historical = (hours: number, context = {}) =>
      createDetector(rules, { clock: at(hours) }).push(record('1', 0), context)[0]?.historical;
    expect(historical(1)).toBe(false);
    expect(historical(25)).toBe(true);
    expect(historical(1, { historical: true })).toBe(true);
  });

  it('alerts once per group and time where the rule says so', async () => {
    const rules = await loadRules({
      file: 'r.yml',
      text: JSON.stringify({
        title: 'A',
        id: 'a',
        audit: { 'group-by': ['UserId'], suppress: '1h' },
        logsource: { product: 'm365' },
        detection: { s: { Operation: 'A' }, condition: 's' },
      }),
    });
    const detector = createDetector(rules);
    const push = (id: string, seconds: number, user: string) =>
      detector
        .push(record(id, seconds, { UserId: user }))
        .map(({ revision, count }) => ({ revision, count }));
    expect(push('1', 0, 'ada')).toEqual([{ revision: 0, count: 1 }]);
    expect(push('2', 10, 'bob')).toEqual([{ revision: 0, count: 1 }]);
    expect(push('3', 3700, 'ada')).toEqual([{ revision: 0, count: 1 }]);
    const ids = [...detector.push(record('4', 20, { UserId: 'ada' })), ...detector.flush()];
    expect(ids.map(({ revision, count }) => ({ revision, count }))).toEqual([{ revision: 1, count: 2 }]);
  });

  it('never throws on data', () => {
    const detector = createDetector(spray);
    const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown;
    for (const given of [null, undefined, 5, 'x', [], { Operation: deep }, { Operation: 'A', UserId: deep }])
      expect(() => detector.push(given)).not.toThrow();
    fc.assert(fc.property(fc.object(), (object) => void detector.push({ ...object, Operation: 'A' })));
  });
});
