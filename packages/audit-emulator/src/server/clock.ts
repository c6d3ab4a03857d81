/** Time as the emulator and everything tested against it sees it: structurally the clients' `clock` option. */
export interface EmulatorClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's own reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Moves time forward, waking every sleeper whose time has come, in order. */
  advance(ms: number): Promise<void>;
  /** Jumps to an absolute time, backwards too; sleepers keep their wake-up times. */
  set(ms: number): void;
}

/**
 * - `real`: the machine's clock plus an offset that `advance` and `set` move; `sleep` really waits.
 * - `virtual`: time leaps to the next sleeper as soon as the event loop is idle, so nothing ever waits.
 * - `manual`: time stands still until `advance` or `set`.
 */
export type ClockMode = 'real' | 'virtual' | 'manual';

interface Sleeper {
  at: number;
  wake: () => void;
}

export function createClock(options: { mode?: ClockMode; start?: number } = {}): EmulatorClock {
  const { mode = 'real' } = options;
  return mode === 'real' ? realClock(options.start) : steppedClock(mode, options.start ?? Date.now());
}

function realClock(start?: number): EmulatorClock {
  let offset = start === undefined ? 0 : start - Date.now();
  return {
    now: () => Date.now() + offset,
    sleep: (ms, signal) =>
      sleepUntilWoken(signal, (wake) => {
        const timer = setTimeout(wake, ms);
        return () => clearTimeout(timer);
      }),
    advance: async (ms) => {
      offset += ms;
    },
    set: (ms) => {
      offset = ms - Date.now();
    },
  };
}

function steppedClock(mode: 'virtual' | 'manual', start: number): EmulatorClock {
  let now = start;
  let pumping = false;
  const sleepers: Sleeper[] = [];

  const wakeNext = (limit: number): boolean => {
    const next = sleepers[0];
    if (!next || next.at > limit) return false;
    sleepers.shift();
    now = Math.max(now, next.at);
    next.wake();
    return true;
  };
  // One sleeper a turn: what it wakes may sleep again, earlier than the next in line.
  const pump = (): void => {
    pumping = sleepers.length > 0;
    if (pumping) setImmediate(() => (wakeNext(Infinity), pump()));
  };

  return {
    now: () => now,
    sleep: (ms, signal) =>
      sleepUntilWoken(signal, (wake) => {
        const sleeper = { at: now + Math.max(0, ms), wake };
        const before = sleepers.findIndex((other) => other.at > sleeper.at);
        sleepers.splice(before === -1 ? sleepers.length : before, 0, sleeper);
        if (mode === 'virtual' && !pumping) pump();
        return () => {
          const at = sleepers.indexOf(sleeper);
          if (at >= 0) sleepers.splice(at, 1);
        };
      }),
    advance: async (ms) => {
      const end = now + ms;
      while (wakeNext(end)) await new Promise((resolve) => setImmediate(resolve));
      now = Math.max(now, end);
    },
    set: (ms) => {
      now = ms;
    },
  };
}

/** `arm` starts the wait and returns how to cancel it. */
function sleepUntilWoken(
  signal: AbortSignal | undefined,
  arm: (wake: () => void) => () => void,
): Promise<void> {
  if (signal?.aborted) return Promise.reject(signal.reason as Error);
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      disarm();
      reject(signal?.reason as Error);
    };
    const disarm = arm(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
