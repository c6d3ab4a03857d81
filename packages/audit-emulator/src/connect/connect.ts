import { isIP } from 'node:net';
import type { EmulatorClock } from '../server/clock.js';
import { createEmulator } from '../server/emulator.js';
import type { Emulator, EmulatorOptions } from '../server/emulator.js';
import type { ListenOptions } from '../server/listen.js';
import { environmentAt } from './environment.js';
import { createFetchOverSocket } from './fetch-over-socket.js';
import { createRemoteClock } from './remote-clock.js';
import type { Control } from './remote-clock.js';
import { createTrustBundle } from './trust-bundle.js';

export interface ConnectOptions extends EmulatorOptions {
  /** The emulator that already runs there, on this machine only. Without it, one is started in this process. */
  origin?: string | undefined;
  /** An emulator of your own, instead of a new one. */
  emulator?: Emulator | undefined;
  /** Serve the emulator of this process on a socket too, for child processes. Default false. */
  listen?: boolean | ListenOptions | undefined;
}

/** What a program needs to run on an emulator instead of a tenant. */
export interface Connection {
  readonly origin: string;
  /** For the `fromEnv` of the clients, and for child processes when the emulator listens. */
  readonly env: Record<string, string>;
  /** For the `fetch` option of a client. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** For the `clock` option of a client. */
  readonly clock: EmulatorClock;
  /** The emulator itself, when it runs in this process. */
  readonly emulator: Emulator | undefined;
  /** Ends what `connect` started. An emulator that was there before keeps running. */
  close(): Promise<void>;
}

/** Where the emulator of this process is, as long as it is on no socket. */
const inProcessOrigin = 'https://localhost';

/**
 * Starts an emulator, or reaches one that runs.
 *
 * @throws TypeError for an `origin` outside this machine, or where no emulator answers.
 */
export async function connect(options: ConnectOptions = {}): Promise<Connection> {
  return options.origin === undefined ? connectHere(options) : connectTo(options.origin);
}

async function connectHere(options: ConnectOptions): Promise<Connection> {
  const { emulator = createEmulator(options), listen = false } = options;
  const { fetch, clock } = emulator;
  const inProcess = { fetch, clock, emulator };
  if (listen === false)
    return {
      ...inProcess,
      origin: inProcessOrigin,
      env: environmentAt(inProcessOrigin),
      close: async () => undefined,
    };
  const server = await emulator.listen(listen === true ? {} : listen);
  const bundle = server.caPem === '' ? undefined : await createTrustBundle(server.caPem, process.env);
  return {
    ...inProcess,
    origin: server.origin,
    env: environmentAt(server.origin, bundle?.file),
    close: async () => {
      await server.close();
      await bundle?.remove();
    },
  };
}

async function connectTo(given: string): Promise<Connection> {
  const { origin, hostname } = URL.canParse(given) ? new URL(given) : { origin: '', hostname: '' };
  if (!isLoopback(hostname))
    throw new TypeError(
      `origin: an emulator is reached on this machine only, for example https://localhost:8443.`,
    );
  const caPem = origin.startsWith('https:') ? await readAuthority(origin) : '';
  const fetch = createFetchOverSocket(origin, caPem);
  const control = createControl(origin, fetch);
  const clock = await createRemoteClock(control);
  const bundle = caPem === '' ? undefined : await createTrustBundle(caPem, process.env);
  return {
    origin,
    env: environmentAt(origin, bundle?.file),
    fetch,
    clock,
    emulator: undefined,
    close: async () => bundle?.remove(),
  };
}

/** Steers the emulator at an origin over HTTP. */
function createControl(origin: string, fetch: Connection['fetch']): Control {
  return async (method, path, body) => {
    const response = await fetch(
      new Request(`${origin}/_emulator/${path}`, {
        method,
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      }),
    );
    const text = await response.text();
    if (!response.ok)
      throw new TypeError(`${origin}/_emulator/${path} returned HTTP ${response.status}: ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
}

function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/^\[(.*)\]$/, '$1');
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    (isIP(name) === 4 && name.startsWith('127.'))
  );
}

/** Asked for without checking the certificate, which only this answer makes possible: on loopback alone. */
async function readAuthority(origin: string): Promise<string> {
  const { request } = await import('node:https');
  return new Promise((resolve, reject) => {
    const refuse = (reason: string): void =>
      reject(
        new TypeError(`No emulator answers at ${origin} (${reason}). Start one with: npx audit-emulator`),
      );
    const call = request(`${origin}/_emulator/ca`, { rejectUnauthorized: false, agent: false }, (message) => {
      let text = '';
      message.setEncoding('utf8');
      message.on('data', (chunk: string) => (text += chunk));
      message.on('end', () =>
        text.includes('-----BEGIN CERTIFICATE-----')
          ? resolve(text)
          : refuse(`HTTP ${message.statusCode ?? 0}`),
      );
    });
    call.once('error', (error: Error & { code?: string }) => refuse(error.code ?? error.message));
    call.end();
  });
}
