import { describe, expect, it } from 'vitest';
import { confirmServerTime, createServerClock } from '../src/index.js';

const start = Date.UTC(2026, 10, 20, 12);
const minute = 60_000;
const hour = 60 * minute;

function setUp() {
  let now = start;
  const server = createServerClock({ now: () => now, sleep: async () => {} });
  return {
    server,
    advance: (ms: number) => void (now += ms),
    /** A response whose Date is so far from this machine. */
    hear: (offsetInMs: number) =>
      server.learn(new Headers({ date: new Date(now + offsetInMs).toUTCString() })),
  };
}

describe('createServerClock', () => {
  it('takes a header that agrees with this machine for confirmed, and keeps the machine’s time', () => {
    const { server, hear } = setUp();
    expect([server.isKnown, server.now()]).toEqual([false, start]);
    hear(20_000);
    expect([server.isKnown, server.now()]).toEqual([true, start]);
  });

  it('believes two headers that agree that the machine is wrong', () => {
    const { server, hear, advance } = setUp();
    hear(-2 * hour);
    expect([server.isKnown, server.now()]).toEqual([false, start - 2 * hour]);
    advance(hour);
    hear(-2 * hour);
    expect([server.isKnown, server.now()]).toEqual([true, start - hour]);
  });

  it.each([5 * hour, -72 * hour])('is not moved by one wrong header of %i ms once it is known', (wrong) => {
    const { server, hear } = setUp();
    hear(0);
    hear(wrong);
    expect(server.now()).toBe(start);
    hear(0);
    hear(wrong);
    hear(0);
    expect(server.now()).toBe(start);
    hear(wrong);
    hear(wrong);
    expect(server.now()).toBe(start + wrong);
    hear(0);
    expect(server.now()).toBe(start + wrong);
    hear(0);
    expect(server.now()).toBe(start);
  });

  it('reads nothing out of a response without Date, or with a broken one', () => {
    const { server } = setUp();
    server.learn(new Headers());
    server.learn(new Headers({ date: 'soon' }));
    expect([server.isKnown, server.headersRead, server.now()]).toEqual([false, 0, start]);
  });
});

describe('confirmServerTime', () => {
  it('asks until two responses agree, three times at most', async () => {
    const { server, hear } = setUp();
    const offsets = [hour, 9 * hour, -4 * hour, 2 * hour];
    await confirmServerTime(server, async () => hear(offsets.shift() ?? 0));
    expect([offsets.length, server.isKnown]).toEqual([1, false]);
    await confirmServerTime(server, async () => hear(2 * hour));
    expect([server.isKnown, server.now()]).toEqual([true, start + 2 * hour]);
    await confirmServerTime(server, () => Promise.reject(new Error('not asked again')));
  });

  it('asks once where responses have no Date, and learns from refusals', async () => {
    const { server, hear } = setUp();
    let probes = 0;
    await confirmServerTime(server, async () => void (probes += 1));
    expect([probes, server.isKnown]).toEqual([1, false]);
    await confirmServerTime(server, async () => {
      hear(0);
      throw new Error('refused');
    });
    expect(server.isKnown).toBe(true);
  });

  it('throws what the probe throws when it told no time', async () => {
    const { server } = setUp();
    await expect(confirmServerTime(server, () => Promise.reject(new Error('reset')))).rejects.toThrow(
      'reset',
    );
  });
});
