import type { Faults } from '../../server/faults.js';
import { json, text } from '../../server/service.js';
import { defineService } from '../../server/define-service.js';
import type { Call, Service } from '../../server/service.js';
import type { EmulatorState } from '../../server/emulator-state.js';
import type { Controls } from './controls.js';
import { additions } from './additions.js';
import { happen } from './happen.js';
import { changeSettings, readSettings } from './settings.js';
import { faultRuleOf } from './fault-rule.js';
import { environmentAt } from '../../connect/environment.js';
import { auditScenarioNames } from '../../data/audit/index.js';
import { rootPage } from '../../page/page.js';
import { counts } from './counts.js';
import type { QuotaLimits } from '../../server/quotas.js';

/** What was remembered over HTTP, by name. */
type Snapshots = Map<string, () => void>;

type Action = (
  call: Call,
  state: EmulatorState,
  controls: Controls & { snapshots: Snapshots },
) => Promise<Response> | Response;

const actions: Readonly<Record<string, Action>> = {
  'GET /': (_call, state, { journal, quotas }) => html(rootPage(state, journal, quotas.read())),
  'GET /_emulator/health': (_call, { clock }, { clockMode }) =>
    json(200, { status: 'ok', now: new Date(clock.now()).toISOString(), clock: clockMode }),
  'GET /_emulator/ca': (_call, _state, { authority }) =>
    new Response(authority().caPem, { headers: { 'content-type': 'application/x-pem-file' } }),
  'GET /_emulator/env': (call) => json(200, environmentAt(call.url.origin)),
  'GET /_emulator/requests': (_call, _state, { journal }) => json(200, journal.entries),
  'GET /_emulator/state': (_call, state, controls) => json(200, counts(state, controls)),
  'GET /_emulator/faults': (_call, _state, { faults }) => json(200, listed(faults)),
  'POST /_emulator/faults': (call, _state, { faults }) => {
    faults.add(faultRuleOf(bodyOf(call)));
    return json(201, listed(faults));
  },
  'DELETE /_emulator/faults': (_call, _state, { faults }) => {
    faults.clear();
    return new Response(null, { status: 204 });
  },
  'GET /_emulator/quotas': (_call, _state, { quotas }) => json(200, quotas.read()),
  'POST /_emulator/quotas': (call, _state, { quotas }) => {
    const limits = limitsOf(bodyOf(call), quotas.services);
    for (const [service, limit] of limits) quotas.set(service, limit);
    return json(200, quotas.read());
  },
  'GET /_emulator/settings': (_call, state, { services }) => json(200, readSettings(services, state)),
  'POST /_emulator/settings': (call, state, { services }) => {
    changeSettings(services, state, bodyOf(call));
    return json(200, readSettings(services, state));
  },
  'GET /_emulator/happen': () => json(200, auditScenarioNames),
  'POST /_emulator/happen': (call, state) => {
    const { scenario, at } = bodyOf(call);
    return json(201, happen(state, scenario, at === undefined ? state.clock.now() : timeOf(at)));
  },
  'GET /_emulator/snapshots': (_call, _state, { snapshots }) => json(200, [...snapshots.keys()]),
  'POST /_emulator/snapshots': (call, _state, { snapshots, snapshot }) => {
    snapshots.set(nameOf(call), snapshot());
    return json(201, [...snapshots.keys()]);
  },
  'POST /_emulator/restore': (call, _state, { snapshots }) => {
    const restore = snapshots.get(nameOf(call));
    if (!restore) throw new TypeError(`Snapshots: ${[...snapshots.keys()].join(', ') || 'none'}.`);
    restore();
    return new Response(null, { status: 204 });
  },
  'POST /_emulator/clock': moveClock,
  'POST /_emulator/reset': (_call, _state, { reset }) => {
    reset();
    return new Response(null, { status: 204 });
  },
};

/** The emulator itself over HTTP, on its own origin only: no host of Microsoft leads here. */
export function createControlService(controls: Controls): Service {
  const all = { ...controls, snapshots: new Map() };
  return defineService({
    name: 'control',
    hosts: [],
    paths: [/^\/$/, /^\/_emulator\//],
    handle: async (call, state) => {
      const action = findAction(call);
      if (!action) return json(404, { error: `Known: ${Object.keys(actions).join(', ')}` });
      // A web page elsewhere must not steer an emulator on this machine; a browser's form cannot send this.
      const type = call.headers.get('content-type') ?? '';
      if (call.body.length > 0 && !type.startsWith('application/json')) {
        return json(415, { error: 'Send application/json.' });
      }
      if (isForeign(call)) return json(403, { error: 'Not for other web pages.' });
      try {
        return await action(call, state, all);
      } catch (error) {
        return json(400, { error: error instanceof Error ? error.message : 'Bad request.' });
      }
    },
  });
}

/** A path of its own, one fault by its number, or something to add. */
function findAction({ method, url: { pathname } }: Call): Action | undefined {
  const exact = actions[`${method} ${pathname}`];
  const [, word = '', id] = /^\/_emulator\/([a-z]+)(?:\/(\d+))?$/.exec(pathname) ?? [];
  const add = method === 'POST' && id === undefined ? additions[word] : undefined;
  if (exact) return exact;
  if (add) return (call, state) => json(201, add(state, bodyOf(call)));
  if (method !== 'DELETE' || word !== 'faults' || id === undefined) return undefined;
  return (_call, _state, { faults }) => {
    const fault = faults.list().find((one) => one.id === Number(id));
    if (!fault) throw new TypeError(`There is no fault ${id}.`);
    fault.remove();
    return new Response(null, { status: 204 });
  };
}

async function moveClock(call: Call, state: EmulatorState): Promise<Response> {
  const { advance, set } = bodyOf(call);
  // Looked at before anything moves: a time that no Date holds would be the end of every answer.
  if (advance !== undefined) await state.clock.advance(stepOf(advance, state.clock.now()));
  else if (set !== undefined) state.clock.set(timeOf(set));
  else throw new TypeError('Send {"advance": milliseconds} or {"set": milliseconds or an ISO 8601 time}.');
  return json(200, { now: new Date(state.clock.now()).toISOString() });
}

function nameOf(call: Call): string {
  const { name } = bodyOf(call);
  if (typeof name !== 'string' || name === '') throw new TypeError('Send {"name": "…"}.');
  return name;
}

function bodyOf(call: Call): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text(call));
  } catch {
    throw new TypeError('The body is no JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('The body is a JSON object.');
  return value as Record<string, unknown>;
}

const limitNames = new Set(['requestsPerMinute', 'bytesPerMinute']);

/** Checked as a whole before the first is set. */
function limitsOf(body: Record<string, unknown>, quotaServices: readonly string[]): [string, QuotaLimits][] {
  return Object.entries(body).map(([name, limits]) => {
    const service = quotaServices.find((one) => one === name);
    if (!service) throw new TypeError(`Quotas are those of ${quotaServices.join(', ')}, not ${name}.`);
    const given = typeof limits === 'object' && limits !== null ? Object.entries(limits) : [];
    const sound = given.every(
      ([key, value]) => limitNames.has(key) && (value === null || (typeof value === 'number' && value >= 0)),
    );
    if (given.length === 0 || !sound)
      throw new TypeError(`"${name}" is { requestsPerMinute?, bytesPerMinute? }, numbers or null.`);
    return [service, limits as QuotaLimits];
  });
}

const mostTime = 8.64e15;

function stepOf(value: unknown, now: number): number {
  if (typeof value === 'number' && value >= 0 && now + value <= mostTime) return value;
  throw new TypeError('"advance" is milliseconds from 0 on. To go back, send "set".');
}

function timeOf(value: unknown): number {
  const time = typeof value === 'string' ? Date.parse(value) : value;
  if (typeof time === 'number' && Math.abs(time) <= mostTime) return time;
  throw new TypeError('"set" is milliseconds since the epoch or an ISO 8601 time.');
}

function listed(faults: Faults): unknown {
  return faults.list().map(({ id, rule, seen, hits }) => ({
    id,
    ...rule,
    ...(rule.path !== undefined && { path: String(rule.path) }),
    seen,
    hits,
  }));
}

function isForeign(call: Call): boolean {
  const origin = call.headers.get('origin');
  return call.method !== 'GET' && origin !== null && origin !== call.url.origin;
}

function html(page: string): Response {
  return new Response(page, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    },
  });
}
