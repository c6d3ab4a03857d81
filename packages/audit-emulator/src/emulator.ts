import { createClock } from './clock.js';
import type { ClockMode, EmulatorClock } from './clock.js';
import { createRandom } from './random.js';
import { json } from './service.js';
import type { Call, Service } from './service.js';
import type { World, WorldBasics } from './world.js';
import { createEntraState, entraService } from './entra/index.js';
import { createMcasState, mcasService } from './mcas/index.js';
import { createActivityState, activityService } from './activity/index.js';
import {
  createLogAnalyticsState,
  dataCollectorService,
  logsIngestionService,
  queryService,
} from './log-analytics/index.js';
import { createKeyVaultState, keyVaultService } from './key-vault/index.js';
import { createGraphState, graphService } from './graph/index.js';
import { armService } from './arm/index.js';

export interface EmulatorOptions {
  /** Same seed, same behaviour, byte for byte. Default `contoso`. */
  seed?: string;
  /** A clock of your own, or how the built-in one runs. Default `real`. */
  clock?: EmulatorClock | ClockMode;
  /** Start of time in ms since the epoch, for the built-in clock. Default: now. */
  start?: number;
  /** Length of a quota minute in milliseconds. Default 60,000. */
  quotaMinuteInMs?: number;
}

export interface Emulator {
  /** Give this to a client as its `fetch` option, to msw, or to a server. */
  fetch(request: Request): Promise<Response>;
  readonly clock: EmulatorClock;
  readonly state: World;
}

const services: readonly Service[] = [
  entraService,
  mcasService,
  activityService,
  dataCollectorService,
  logsIngestionService,
  queryService,
  keyVaultService,
  armService,
  graphService,
];

export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const { seed = 'contoso', quotaMinuteInMs = 60_000 } = options;
  const clock =
    typeof options.clock === 'object'
      ? options.clock
      : createClock({ mode: options.clock ?? 'real', ...(options.start !== undefined && { start: options.start }) });
  const basics: WorldBasics = { clock, random: createRandom(seed), quotaMinuteInMs };
  const world: World = {
    ...basics,
    entra: createEntraState(basics),
    mcas: createMcasState(basics),
    activity: createActivityState(basics),
    logAnalytics: createLogAnalyticsState(basics),
    keyVault: createKeyVaultState(basics),
    graph: createGraphState(basics),
  };

  async function handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const service =
      services.find((one) => one.ownsHost(url.host)) ?? services.find((one) => one.ownsPath(url.pathname));
    if (!service) return json(404, { error: { code: 'EmulatorNoSuchService', message: `${url.host}${url.pathname}` } });
    const call: Call = {
      request,
      method: request.method,
      url,
      headers: request.headers,
      body: new Uint8Array(await request.arrayBuffer()),
    };
    return service.handle(call, world);
  }

  return { fetch: handle, clock, state: world };
}
