import type { EmulatorClock } from './clock.js';
import type { Random } from '../data/random.js';
import type { EntraState } from '../services/entra/state.js';
import type { McasState } from '../services/mcas/state.js';
import type { ManagementActivityState } from '../services/management-activity/state.js';
import type { LogAnalyticsState } from '../services/log-analytics/state.js';
import type { KeyVaultState } from '../services/key-vault/state.js';
import type { GraphState } from '../services/graph/state.js';

/** What every service sees. Each service owns one slice and only reads the others'. */
export interface EmulatorState {
  readonly clock: EmulatorClock;
  readonly random: Random;
  /** How long a quota minute lasts: 60,000 unless a demonstration scales it down. */
  readonly quotaMinuteInMs: number;
  /** How many audit records and activities the seeded week has; undefined: some thousands. */
  readonly records: number | undefined;
  readonly entra: EntraState;
  readonly mcas: McasState;
  readonly managementActivity: ManagementActivityState;
  readonly logAnalytics: LogAnalyticsState;
  readonly keyVault: KeyVaultState;
  readonly graph: GraphState;
}

/** What a slice is made from. */
export type StateBasics = Pick<EmulatorState, 'clock' | 'random' | 'quotaMinuteInMs' | 'records'>;
