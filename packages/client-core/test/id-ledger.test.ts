import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdLedger, hash128 } from '../src/index.js';

const day = 86_400_000;
const start = Math.ceil(Date.UTC(2026, 10, 20) / day) * day;

describe('IdLedger', () => {
  it('agrees with a set, whatever is added and forgotten', () => {
    const step = fc.oneof(
      fc.record({ id: fc.string({ maxLength: 3 }), days: fc.integer({ min: 0, max: 9 }) }),
      fc.record({ forget: fc.integer({ min: 0, max: 10 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const ledger = new IdLedger();
        const model = new Map<string, number>();
        for (const one of steps)
          if ('id' in one) {
            ledger.add(one.id, start + one.days * day);
            model.set(one.id, Math.max(model.get(one.id) ?? 0, start + one.days * day));
          } else {
            const now = start + one.forget * day;
            ledger.forget(now);
            for (const [id, expires] of model) if (expires <= now) model.delete(id);
          }
        for (const id of model.keys()) expect(ledger.has(id)).toBe(true);
        for (const id of ['x!', 'never', '']) expect(ledger.has(id)).toBe(model.has(id));
      }),
    );
  });

  it('keeps an id until the day after it expires, and says what may be dropped where it is saved', () => {
    const ledger = new IdLedger([{ id: 'a', expires: start + 1 }]);
    expect(ledger.forget(start + day - 1)).toBeUndefined();
    expect(ledger.has('a')).toBe(true);
    expect(ledger.forget(start + day)).toBe(start + day);
    expect([ledger.has('a'), ledger.size]).toEqual([false, 0]);
  });

  it('holds 3 million ids in at most 150 MB, and forgets a day without a pass over them', () => {
    const ledger = new IdLedger();
    const days = 8;
    for (let index = 0; index < 3_000_000; index++)
      ledger.add(`20261120$2026112${index % 10}$${index}$na0045$audit_general`, start + (index % days) * day);
    expect(ledger.size).toBe(3_000_000);
    expect(ledger.byteLength).toBeLessThan(150e6);
    const started = performance.now();
    ledger.forget(start);
    expect(performance.now() - started).toBeLessThan(50);
    expect(ledger.size).toBe(2_625_000);
    expect(ledger.has('20261120$20261121$1$na0045$audit_general')).toBe(true);
    expect(ledger.has('20261120$20261121$2$na0045$audit_general')).toBe(false);
  }, 120_000);
});

describe('hash128', () => {
  it('differs for texts that differ a little, also only in length', () => {
    const texts = Array.from({ length: 20_000 }, (_, index) => `id-${index}`);
    texts.push('', '\0', '\0\0', 'a', 'a\0', 'aa', 'ab', 'ba', '\uffff', 'ü', 'u');
    expect(new Set(texts.map((text) => hash128(text).join())).size).toBe(texts.length);
  });

  it('changes half of its bits when one character does', () => {
    let changed = 0;
    const runs = 500;
    for (let run = 0; run < runs; run++) {
      const a = hash128(`20261120$${run}$na0045`);
      const b = hash128(`20261121$${run}$na0045`);
      for (let word = 0; word < 4; word++)
        changed += ((((a[word] as number) ^ (b[word] as number)) >>> 0).toString(2).match(/1/g) ?? []).length;
    }
    expect(changed / runs).toBeGreaterThan(60);
    expect(changed / runs).toBeLessThan(68);
  });
});
