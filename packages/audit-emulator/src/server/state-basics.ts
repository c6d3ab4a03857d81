import type { EmulatorClock } from './clock.js';
import type { Resource } from './resource.js';
import type { Random } from '../data/random.js';

/** What the slice of a service is made from. */
export interface StateBasics {
  readonly clock: EmulatorClock;
  readonly random: Random;
  /** Length of a quota minute: 60,000 unless a demonstration scales it down. */
  readonly quotaMinuteInMs: number;
  /** What tokens are issued for: what every service says of itself. */
  readonly resources: readonly Resource[];
  /** How many audit records and activities the seeded week has; undefined: some thousands. */
  readonly records: number | undefined;
}
