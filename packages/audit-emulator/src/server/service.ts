import type { EmulatorState } from './emulator-state.js';
import type { QuotaMeter } from './quota-meter.js';
import type { Resource } from './resource.js';
import type { StateBasics } from './state-basics.js';

/** A request whose body has been read once, so that rules can look at it as often as they like. */
export interface Call {
  readonly request: Request;
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** The body as it came over the wire: not decompressed. */
  readonly body: Uint8Array;
}

/**
 * One emulated service as the emulator sees it: made by `defineService`. It is chosen by host when the host is one of
 * Microsoft's, else by path, so that one local origin can serve them all.
 */
export interface Service {
  readonly name: string;
  readonly resources: readonly Resource[];
  readonly endpoint: string;
  readonly maxBodyBytes: number;
  readonly state?: { readonly name: string; create(basics: StateBasics): object };
  settings?(state: EmulatorState): object;
  quota?(state: EmulatorState): QuotaMeter;
  counts?(state: EmulatorState): Readonly<Record<string, number>>;
  /** True for the real service's hosts. */
  ownsHost(host: string): boolean;
  /** True for this service's paths on the emulator's own origin. */
  ownsPath(path: string): boolean;
  handle(call: Call, state: EmulatorState): Promise<Response>;
}

export function text(call: Call): string {
  return new TextDecoder().decode(call.body);
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  });
}
