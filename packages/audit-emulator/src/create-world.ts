import { createActivityState } from './activity/index.js';
import { createEntraState } from './entra/index.js';
import { createGraphState } from './graph/index.js';
import { createKeyVaultState } from './key-vault/index.js';
import { createLogAnalyticsState } from './log-analytics/index.js';
import { createMcasState } from './mcas/index.js';
import type { World, WorldBasics } from './world.js';

/** The seeded state of all services. */
export function createWorld(basics: WorldBasics): World {
  return {
    ...basics,
    entra: createEntraState(basics),
    mcas: createMcasState(basics),
    activity: createActivityState(basics),
    logAnalytics: createLogAnalyticsState(basics),
    keyVault: createKeyVaultState(basics),
    graph: createGraphState(basics),
  };
}
