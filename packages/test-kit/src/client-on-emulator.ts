import { createEmulator } from 'audit-emulator';
import type { Emulator, EmulatorOptions } from 'audit-emulator';

interface EmulatedClient<Client> {
  readonly emulator: Emulator;
  readonly client: Client;
  /** Every request that reached the emulator, in order. */
  readonly requests: Request[];
}

/**
 * A client on an emulator whose clock leaps over every wait. `create` gets the transport and the clock to hand to the
 * client's constructor.
 */
export function clientOnEmulator<Client>(
  create: (options: Pick<Emulator, 'fetch' | 'clock'>) => Client,
  options: EmulatorOptions & { emulator?: Emulator } = {},
): EmulatedClient<Client> {
  const { emulator = createEmulator({ clock: 'virtual', ...options }) } = options;
  const requests: Request[] = [];
  const client = create({
    clock: emulator.clock,
    fetch: async (request) => {
      requests.push(request);
      return emulator.fetch(request);
    },
  });
  return { emulator, client, requests };
}
