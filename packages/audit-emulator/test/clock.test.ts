import { describe, expect, it } from 'vitest';
import { createClock } from '../src/server/clock.js';

describe('createClock', () => {
  it('virtual: sleepers wake in order of time and nothing waits', async () => {
    const clock = createClock({ mode: 'virtual', start: 1000 });
    const woken: [string, number][] = [];
    const sleep = async (name: string, ms: number) => {
      await clock.sleep(ms);
      woken.push([name, clock.now()]);
    };
    await Promise.all([sleep('hour', 3_600_000), sleep('second', 1000), sleep('minute', 60_000)]);
    expect(woken).toEqual([
      ['second', 2000],
      ['minute', 61_000],
      ['hour', 3_601_000],
    ]);
  });

  it('virtual: a sleeper that sleeps again wakes before a later one', async () => {
    const clock = createClock({ mode: 'virtual', start: 0 });
    const woken: number[] = [];
    const twice = async () => {
      await clock.sleep(10);
      woken.push(clock.now());
      await clock.sleep(10);
      woken.push(clock.now());
    };
    await Promise.all([twice(), clock.sleep(100)]);
    expect(woken).toEqual([10, 20]);
    expect(clock.now()).toBe(100);
  });

  it('manual: stands still until advanced', async () => {
    const clock = createClock({ mode: 'manual', start: 0 });
    let woken = false;
    const sleeping = clock.sleep(50).then(() => (woken = true));
    await clock.advance(49);
    expect(woken).toBe(false);
    await clock.advance(1);
    await sleeping;
    expect(clock.now()).toBe(50);
  });

  it('rejects with the reason of the signal', async () => {
    const clock = createClock({ mode: 'manual', start: 0 });
    const controller = new AbortController();
    const sleeping = clock.sleep(50, controller.signal);
    controller.abort(new Error('enough'));
    await expect(sleeping).rejects.toThrow('enough');
    await expect(clock.sleep(1, controller.signal)).rejects.toThrow('enough');
  });
});
