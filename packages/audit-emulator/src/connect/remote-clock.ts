import { setTimeout as wait } from 'node:timers/promises';
import type { EmulatorClock } from '../server/clock.js';

/** How a running emulator is asked and steered: the paths below `/_emulator/`. */
export type Control = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<unknown>;

const pollIntervalInMs = 50;

/**
 * The clock of an emulator in another process. Its time is known by the difference to this machine's clock, and asked
 * again whenever this side moves or sleeps; what others do to it in between shows at the next sleep.
 *
 * @throws what `control` throws, when the emulator cannot be reached.
 */
export async function createRemoteClock(control: Control): Promise<EmulatorClock> {
  const first = await readTime(control);
  let known = first.now;
  let readAt = Date.now();
  const update = (now: number): number => {
    known = now;
    readAt = Date.now();
    return now;
  };
  const move = async (body: unknown): Promise<void> => {
    const { now } = (await control('POST', 'clock', body)) as { now: string };
    update(Date.parse(now));
  };
  const runs = first.clock === 'real';
  return {
    now: () => (runs ? known + Date.now() - readAt : known),
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      const pause = (step: number): Promise<unknown> =>
        wait(step, undefined, signal && { signal }).catch((error: unknown) => {
          throw signal?.aborted ? signal.reason : error;
        });
      if (runs) return void (await pause(ms));
      const end = known + ms;
      // Waits take no time on a virtual clock; on a manual one, until somebody moves it.
      if (first.clock === 'virtual') return move({ advance: ms });
      while (update((await readTime(control)).now) < end) await pause(pollIntervalInMs);
    },
    advance: (ms) => move({ advance: ms }),
    set: (ms) => {
      update(ms);
      void move({ set: ms });
    },
  };
}

async function readTime(control: Control): Promise<{ now: number; clock: string }> {
  const { now, clock } = (await control('GET', 'health')) as { now: string; clock: string };
  return { now: Date.parse(now), clock };
}
