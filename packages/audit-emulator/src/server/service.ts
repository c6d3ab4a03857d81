import type { EmulatorState } from './emulator-state.js';

export type ServiceName =
  | 'control'
  | 'entra'
  | 'mcas'
  | 'management-activity'
  | 'data-collector'
  | 'logs-ingestion'
  | 'query'
  | 'key-vault'
  | 'arm'
  | 'graph';

const known: Readonly<Record<ServiceName, true>> = {
  control: true,
  entra: true,
  mcas: true,
  'management-activity': true,
  'data-collector': true,
  'logs-ingestion': true,
  query: true,
  'key-vault': true,
  arm: true,
  graph: true,
};
export const serviceNames: readonly ServiceName[] = Object.keys(known) as ServiceName[];

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
 * One emulated service: a folder, a router and small rule functions. A service is chosen by host when the
 * host is one of Microsoft's, else by path: the paths of all services are disjoint, so that one local origin
 * can serve them all.
 */
export interface Service {
  readonly name: ServiceName;
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
