import type { StateBasics } from './state-basics.js';
import type { EntraState } from '../services/entra/state.js';
import type { McasState } from '../services/mcas/state.js';
import type { ManagementActivityState } from '../services/management-activity/state.js';
import type { LogAnalyticsState } from '../services/log-analytics/state.js';
import type { KeyVaultState } from '../services/key-vault/state.js';
import type { GraphState } from '../services/graph/state.js';

/** What every service sees. Each service owns one slice and only reads the others'. */
export interface EmulatorState extends StateBasics {
  readonly entra: EntraState;
  readonly mcas: McasState;
  readonly managementActivity: ManagementActivityState;
  readonly logAnalytics: LogAnalyticsState;
  readonly keyVault: KeyVaultState;
  readonly graph: GraphState;
}
