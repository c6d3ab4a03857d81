import type { Clock, Fetch } from 'o365-activity-client';

/** A local emulator of Microsoft's APIs in this process, and what points a configuration at it. */
export interface Emulated {
  /** The `AUDIT_*` variables of the seeded tenant. */
  env: Record<string, string>;
  transport: { fetch: Fetch; clock: Clock };
  /** What its tables hold, a line each. */
  describe(): string[];
}

/** A host of its own, for what belongs to no Microsoft host. Answered in this process only, as all the others are. */
const origin = 'https://emulator.example';

/**
 * Starts an emulator with a seeded week. No socket is opened: every client is given its transport. On a virtual clock
 * nobody waits; whoever follows wants a real one.
 */
export async function startEmulated(clock: 'virtual' | 'real' = 'virtual'): Promise<Emulated> {
  const { contoso, createEmulator } = await import('audit-emulator');
  const emulator = createEmulator({ clock });
  const { logAnalytics } = emulator.state;
  return {
    env: {
      ...emulator.env(origin),
      AUDIT_MCAS_URL: `https://${contoso.mcasHost}`,
      AUDIT_LOGS_ENDPOINT: `https://contoso.${contoso.location}-1.ingest.monitor.azure.com`,
    },
    transport: { fetch: emulator.fetch, clock: emulator.clock },
    describe: () =>
      [...logAnalytics.workspaces.values()].flatMap(({ tables }) =>
        [...tables.values()]
          .filter(({ received }) => received > 0)
          .map(({ name, received }) => `${name}: ${received} rows in the emulator's table`),
      ),
  };
}
