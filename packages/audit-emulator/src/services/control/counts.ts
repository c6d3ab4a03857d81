import type { EmulatorState } from '../../server/emulator-state.js';
import type { Controls } from './controls.js';

/** Counts, not contents: what every service says of itself, and the rest. */
export type Counts = Record<string, unknown>;

export function counts(state: EmulatorState, controls: Controls): Counts {
  const { entra, logAnalytics, clock } = state;
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
    ...Object.assign({}, ...controls.services.map((service) => service.counts?.(state))),
    faults: controls.faults.list().length,
    requests: controls.journal.entries.length,
    requestsByService: byService,
  };
}
