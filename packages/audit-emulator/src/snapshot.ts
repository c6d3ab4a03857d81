import type { EmulatorClock } from './clock.js';
import { load, save } from './keep.js';
import { createRandom } from './random.js';
import { createWorld } from './create-world.js';
import type { World } from './world.js';

/** Everything the services of an emulator know, and the time: JSON, to be kept in a file. */
export interface Snapshot {
  /** Of this form. */
  readonly version: 1;
  readonly seed: string;
  readonly records?: number;
  readonly quotaMinuteInMs: number;
  /** When the emulator began: what is seeded on first use is seeded for then. */
  readonly start: number;
  /** The emulator's time, in ms since the epoch. */
  readonly now: number;
  /** By service. Its form is the emulator's own. */
  readonly services: Readonly<Record<string, unknown>>;
}

export function snapshotOf(world: World): Snapshot {
  const { clock, seed, start, records, quotaMinuteInMs } = world;
  return {
    version: 1,
    seed,
    ...(records !== undefined && { records }),
    quotaMinuteInMs,
    start,
    now: clock.now(),
    services: Object.fromEntries(parts(world).map(([name, part]) => [name, save(part)])),
  };
}

/**
 * Another world that knows what the snapshot says; moves the clock to its time.
 *
 * @throws TypeError when it is not one; then the clock stays.
 */
export function worldOf(snapshot: Snapshot, clock: EmulatorClock): World {
  const { version, seed, records, quotaMinuteInMs, start, now, services } = snapshot;
  const times: unknown[] = [quotaMinuteInMs, start, now];
  if (version !== 1 || typeof seed !== 'string' || !times.every(Number.isFinite))
    throw new TypeError('Not a snapshot of this version of the emulator.');
  const before = clock.now();
  try {
    clock.set(start);
    const world = createWorld({ clock, random: createRandom(seed), seed, start, quotaMinuteInMs, records });
    clock.set(now);
    for (const [name, part] of parts(world)) load(part, services[name]);
    return world;
  } catch (error) {
    clock.set(before);
    throw new TypeError('Not a snapshot, or not a whole one.', { cause: error });
  }
}

function parts(world: World): [string, object][] {
  const { entra, mcas, activity, logAnalytics, keyVault, graph, random } = world;
  return [
    ...Object.entries({ entra, logAnalytics, keyVault, graph }),
    // What says itself how it is kept is a member, not the whole.
    ['own', { mcas, activity, random }],
  ];
}
