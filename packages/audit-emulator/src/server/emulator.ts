import { createAuthority } from '../tls/authority.js';
import type { CertificateAuthority } from '../tls/authority.js';
import { createClock } from './clock.js';
import type { ClockMode, EmulatorClock } from './clock.js';
import { createRandom } from '../data/random.js';
import { endpointsAt } from '../connect/endpoints.js';
import { environmentAt } from '../connect/environment.js';
import type { Endpoints } from '../connect/endpoints.js';
import { createExchange } from './dispatch.js';
import { createFaults } from './faults.js';
import type { Faults } from './faults.js';
import { createJournal } from './journal.js';
import type { RequestRecord } from './journal.js';
import { keep } from './snapshot.js';
import { listen } from './listen.js';
import type { Listening, ListenOptions } from './listen.js';
import { createQuotas } from './quotas.js';
import type { Quotas } from './quotas.js';
import { imitate, untilAborted } from './wire-effects.js';
import type { EmulatorState } from './emulator-state.js';
import type { StateBasics } from './state-basics.js';
import { services as known } from '../services/services.js';
import type { Service } from './service.js';
import { createControlService } from '../services/control/index.js';

export interface EmulatorOptions {
  /** Same seed, same behavior, byte for byte. Default `contoso`. */
  seed?: string | undefined;
  /** A clock of your own, or how the built-in one runs. Default `real`. */
  clock?: EmulatorClock | ClockMode | undefined;
  /** Start of time in ms since the epoch, for the built-in clock. Default: now. */
  start?: number | undefined;
  /** Length of a quota minute in milliseconds. Default 60,000. */
  quotaMinuteInMs?: number | undefined;
  /** Services of your own beside the emulator's, made by `defineService`. */
  services?: readonly Service[] | undefined;
  /** Audit records, and activities, of the seeded week. Default some 5,000 and 6,000. */
  records?: number | undefined;
}

export interface Emulator {
  /**
   * Give this to a client as its `fetch` option, to msw, or to a server. It behaves as the platform's fetch would
   * over a socket: bodies are decoded, faults of the wire become its errors, an abort rejects.
   */
  fetch(request: Request): Promise<Response>;
  /** The same emulator on a TLS socket. */
  listen(options?: ListenOptions): Promise<Listening>;
  /** Where each client is pointed to at an origin of the emulator. */
  endpoints(origin: string): Endpoints;
  /** The environment that points programs at it: `AUDIT_*`, and `AZURE_*` for Microsoft's own clients. `caFile` holds what `listen` returned as `caPem`. */
  env(origin: string, caFile?: string): Record<string, string>;
  readonly clock: EmulatorClock;
  /** Everything the services know; a test may look and change. Replaced by `reset`. */
  readonly state: EmulatorState;
  readonly faults: Faults;
  /** What each service allows in a quota minute, and what has been used. */
  readonly quotas: Quotas;
  /** The last requests, oldest first (10,000 at most), without secrets. */
  readonly requests: readonly RequestRecord[];
  /** Calls the listener whenever an answer is ready. Returns how to stop. */
  onRequest(listener: (entry: RequestRecord) => void): () => void;
  /** Back to the seeded state: no faults, no requests. The clock keeps its time. */
  reset(): void;
  /**
   * Remembers everything the services know, and the time. What comes back restores it, as often as it is called;
   * faults and the list of requests stay as they are.
   */
  snapshot(): () => void;
}

export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const { seed = 'contoso', quotaMinuteInMs = 60_000, records } = options;
  const services = [...known, ...(options.services ?? [])];
  const resources = services.flatMap((service) => service.resources);
  const clock =
    typeof options.clock === 'object'
      ? options.clock
      : createClock({
          mode: options.clock ?? 'real',
          ...(options.start !== undefined && { start: options.start }),
        });
  const fresh = (): EmulatorState =>
    createState(services, { clock, random: createRandom(seed), quotaMinuteInMs, records, resources });
  let state = fresh();
  const clockMode = typeof options.clock === 'object' ? 'custom' : (options.clock ?? 'real');
  let made: CertificateAuthority | undefined;
  const authority = (): CertificateAuthority => (made ??= createAuthority());
  const faults = createFaults(
    [...services.map(({ name }) => name), 'control'],
    createRandom(`${seed}/faults`),
  );
  const journal = createJournal();
  const reset = (): void => {
    state = fresh();
    faults.clear();
    journal.clear();
  };
  const snapshot = (): (() => void) => {
    const kept = state;
    const time = clock.now();
    const restores = services.flatMap((service) => {
      const slice = service.state && (kept as unknown as Record<string, object>)[service.state.name];
      return slice ? [keep(slice)] : [];
    });
    return () => {
      state = kept;
      for (const restore of restores) restore();
      clock.set(time);
    };
  };
  const quotas = createQuotas(services, () => state);
  const control = createControlService({
    services,
    clockMode,
    authority,
    faults,
    journal,
    quotas,
    reset,
    snapshot,
  });
  const serve = createExchange({
    services: [...services, control],
    clock,
    faults,
    journal,
    state: () => state,
  });

  const ownsHost = (host: string): boolean => services.some((service) => service.ownsHost(host));

  const maxBodyBytes = (host: string, path: string): number =>
    (services.find((service) => service.ownsHost(host)) ?? services.find((service) => service.ownsPath(path)))
      ?.maxBodyBytes ?? 1024 * 1024;

  async function fetch(request: Request): Promise<Response> {
    request.signal.throwIfAborted();
    const run = async (): Promise<Response> => {
      const body = new Uint8Array(await request.arrayBuffer());
      return imitate(await serve(request, body), request, clock);
    };
    return Promise.race([run(), untilAborted(request.signal)]);
  }

  return {
    fetch,
    listen: (listenOptions) => listen({ serve, clock, authority, ownsHost, maxBodyBytes }, listenOptions),
    endpoints: (origin) => endpointsAt(origin, services),
    env: environmentAt,
    clock,
    get state() {
      return state;
    },
    faults,
    quotas,
    requests: journal.entries,
    onRequest: (listener) => journal.listen(listener),
    reset,
    snapshot,
  };
}

/** One slice for each service that has one. */
function createState(services: readonly Service[], basics: StateBasics): EmulatorState {
  const slices = services.flatMap(({ state }) => (state ? [[state.name, state.create(basics)]] : []));
  return { ...basics, ...Object.fromEntries(slices) } as EmulatorState;
}
