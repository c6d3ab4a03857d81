import type { EmulatorState } from '../../server/emulator-state.js';
import type { Controls } from './controls.js';

/** Counts, not contents. */
export interface Counts {
  now: string;
  quotaMinuteInMs: number;
  tenants: { tenantId: string; displayName: string; apps: number }[];
  tables: { workspaceId: string; name: string; rows: number }[];
  mcasActivities: number;
  contentBlobs: number;
  secrets: number;
  lost: number;
  faults: number;
  requests: number;
  requestsByService: Record<string, number>;
}

export function counts(state: EmulatorState, controls: Pick<Controls, 'faults' | 'journal'>): Counts {
  const { entra, logAnalytics, keyVault, mcas, managementActivity, clock } = state;
  const byService: Record<string, number> = {};
  for (const { service } of controls.journal.entries) byService[service] = (byService[service] ?? 0) + 1;
  return {
    now: new Date(clock.now()).toISOString(),
    quotaMinuteInMs: state.quotaMinuteInMs,
    tenants: entra.tenants.map(({ tenantId, displayName }) => ({
      tenantId,
      displayName,
      apps: entra.apps.filter((app) => app.tenantId === tenantId).length,
    })),
    tables: [...logAnalytics.workspaces].flatMap(([workspaceId, { tables }]) =>
      [...tables.values()].map(({ name, entries }) => ({ workspaceId, name, rows: entries.length })),
    ),
    mcasActivities: mcas.activities.length,
    contentBlobs: entra.tenants.reduce((sum, one) => sum + managementActivity.blobs(one.tenantId).length, 0),
    secrets: keyVault.secrets.size,
    lost: logAnalytics.losses.reduce((sum, loss) => sum + loss.count, 0),
    faults: controls.faults.list().length,
    requests: controls.journal.entries.length,
    requestsByService: byService,
  };
}
