import type { EmulatorClock } from './clock.js';
import type { FaultEffect, Faults } from './faults.js';
import { counted, journalPath } from './journal.js';
import type { Journal, RequestRecord } from './journal.js';
import { json } from './service.js';
import type { Call, Service } from './service.js';
import type { Exchange, WireEffect } from './wire-effects.js';
import type { EmulatorState } from './emulator-state.js';

type EffectOf<K extends FaultEffect['kind']> = Extract<FaultEffect, { kind: K }>;

const wireKinds: readonly string[] = ['cut', 'stall', 'drip', 'reset', 'truncatedGzip'];

/** From a request to an answer and what the wire does to it: chooses the service, applies faults, keeps the journal. */
export function createExchange(parts: {
  services: readonly Service[];
  clock: EmulatorClock;
  faults: Faults;
  journal: Journal;
  state: () => EmulatorState;
}): (request: Request, body: Uint8Array<ArrayBuffer>) => Promise<Exchange> {
  const { services, clock, faults, journal, state } = parts;

  return async (request, body) => {
    const url = new URL(request.url);
    const call: Call = { request, method: request.method, url, headers: request.headers, body };
    const service =
      services.find((one) => one.ownsHost(url.host)) ?? services.find((one) => one.ownsPath(url.pathname));
    const effects = service ? faults.strike(service.name, call) : [];
    const startedAt = clock.now();
    const entry: RequestRecord = {
      method: call.method,
      host: url.host,
      path: journalPath(url),
      service: service?.name ?? 'none',
      status: 0,
      time: new Date(startedAt).toISOString(),
      durationInMs: 0,
      requestBytes: body.byteLength,
      responseBytes: 0,
      faults: effects.map((effect) => effect.kind),
    };
    // Looking at the journal does not fill it.
    if (service?.name !== 'control') journal.add(entry);

    const { response, wire } = await answer(call, service, state(), effects, clock);
    const dated = counted(response, (bytes) => {
      entry.responseBytes += bytes;
    });
    const skew = effectOf(effects, 'clockSkew')?.ms ?? 0;
    dated.headers.set('date', new Date(clock.now() + skew).toUTCString());
    entry.status = wire?.kind === 'reset' ? 0 : dated.status;
    entry.durationInMs = clock.now() - startedAt;
    if (service?.name !== 'control') journal.settle(entry);
    return { response: dated, ...(wire && { wire }) };
  };
}

async function answer(
  call: Call,
  service: Service | undefined,
  state: EmulatorState,
  effects: readonly FaultEffect[],
  clock: EmulatorClock,
): Promise<Exchange> {
  const late = effectOf(effects, 'latency');
  if (late) await clock.sleep(late.ms, call.request.signal);
  const wire = effects.find((effect): effect is WireEffect => wireKinds.includes(effect.kind));
  const lost = effectOf(effects, 'lostReply');
  if (wire?.kind === 'reset') return { response: new Response(), wire };

  const response = await respond(call, service, state, effects);
  const effect: WireEffect | undefined = lost ? { kind: 'reset' } : wire;
  return { response, ...(effect && { wire: effect }) };
}

async function respond(
  call: Call,
  service: Service | undefined,
  state: EmulatorState,
  effects: readonly FaultEffect[],
): Promise<Response> {
  const instead = effectOf(effects, 'status');
  if (instead) return statusResponse(instead);
  const expired = effectOf(effects, 'expiredToken') !== undefined;
  const seen = expired && service?.name !== 'entra' ? await withExpiredToken(call, state) : call;
  const response = await act(seen, service, state);
  if (expired && service?.name === 'entra') return issuedExpired(response, state);
  const wrong = effectOf(effects, 'wrongJson');
  if (!wrong) return response;
  const headers = { 'content-type': response.headers.get('content-type') ?? 'application/json' };
  return new Response(wrong.body ?? '{"unexpected":', {
    status: response.status === 204 ? 200 : response.status,
    headers,
  });
}

async function act(call: Call, service: Service | undefined, state: EmulatorState): Promise<Response> {
  if (!service) {
    const message = `No service of the emulator owns ${call.url.host}${call.url.pathname}.`;
    return json(404, { error: { code: 'EmulatorNoSuchService', message } });
  }
  try {
    return await service.handle(call, state);
  } catch (error) {
    // A gap in the emulator must not look like the network: it says where it is.
    const message = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
    return json(500, { error: { code: 'EmulatorFailure', service: service.name, message } });
  }
}

function statusResponse(effect: EffectOf<'status'>): Response {
  const { status, body, headers = {} } = effect;
  if (body === undefined) return new Response(null, { status, headers });
  return typeof body === 'string' ? new Response(body, { status, headers }) : json(status, body, headers);
}

async function withExpiredToken(call: Call, state: EmulatorState): Promise<Call> {
  const authorization = call.headers.get('authorization') ?? '';
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (token === undefined) return call;
  const headers = new Headers(call.headers);
  headers.set('authorization', `Bearer ${await state.entra.mint.expire(token)}`);
  return { ...call, headers };
}

async function issuedExpired(response: Response, state: EmulatorState): Promise<Response> {
  if (!response.ok) return response;
  const body = (await response.json()) as Record<string, unknown>;
  const token = body['access_token'];
  if (typeof token !== 'string') return json(response.status, body);
  return json(response.status, { ...body, access_token: await state.entra.mint.expire(token) });
}

function effectOf<K extends FaultEffect['kind']>(
  effects: readonly FaultEffect[],
  kind: K,
): EffectOf<K> | undefined {
  return effects.find((effect): effect is EffectOf<K> => effect.kind === kind);
}
