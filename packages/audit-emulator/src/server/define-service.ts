import type { EmulatorState } from './emulator-state.js';
import type { QuotaMeter } from './quota-meter.js';
import type { Call, Service } from './service.js';
import type { Resource } from './resource.js';
import type { StateBasics } from './state-basics.js';

/** One emulated service. `Slice` is its own part of the state. */
export interface ServiceDefinition<Slice extends object> {
  /** As faults, quotas, settings and the journal call it. */
  readonly name: string;
  /** The real service's hosts, in lower case and without port. */
  readonly hosts: readonly (string | RegExp)[];
  /** Its paths on the emulator's own origin: those of all services are disjoint. */
  readonly paths: readonly RegExp[];
  /** What Entra issues its tokens for. */
  readonly resources?: readonly Resource[];
  /** What `endpoints` calls its address. Default: the name in camel case. */
  readonly endpoint?: string;
  /** Longer request bodies are read no further than this. Default 64 MiB. */
  readonly maxBodyBytes?: number;
  /** Its slice of the state, and how it is made. Services may share one: only the first names it. */
  readonly state?: { readonly name: string; create(basics: StateBasics): Slice };
  /** What can be changed while it runs, by assignment. */
  settings?(slice: Slice): object;
  /** What its callers may use in a quota minute. */
  quota?(slice: Slice, state: EmulatorState): QuotaMeter;
  /** What it holds, in numbers, for people. */
  counts?(slice: Slice): Readonly<Record<string, number>>;
  handle(call: Call, state: EmulatorState, slice: Slice): Promise<Response>;
}

/** Makes a service of its definition. Add it to the array in `services.ts`, and everything else follows. */
export function defineService<Slice extends object = object>(definition: ServiceDefinition<Slice>): Service {
  const { name, hosts, paths, resources = [], state, settings, quota, counts } = definition;
  const { endpoint = toCamelCase(name), maxBodyBytes = 64 * 1024 * 1024 } = definition;
  const sliceOf = (whole: EmulatorState): Slice =>
    (whole as unknown as Record<string, Slice>)[state?.name ?? ''] ?? ({} as Slice);
  return {
    name,
    resources,
    endpoint,
    maxBodyBytes,
    ...(state && { state }),
    ...(settings && { settings: (whole) => settings(sliceOf(whole)) }),
    ...(quota && { quota: (whole) => quota(sliceOf(whole), whole) }),
    ...(counts && { counts: (whole) => counts(sliceOf(whole)) }),
    ownsHost: (host) => {
      const hostname = host.toLowerCase().replace(/:\d+$/, '');
      return hosts.some((one) => (typeof one === 'string' ? one === hostname : one.test(hostname)));
    },
    ownsPath: (path) => paths.some((one) => one.test(path)),
    handle: (call, whole) => definition.handle(call, whole, sliceOf(whole)),
  };
}

function toCamelCase(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
