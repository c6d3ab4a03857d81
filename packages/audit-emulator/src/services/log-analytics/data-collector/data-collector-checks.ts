import type { Call } from '../../../server/service.js';
import { text } from '../../../server/service.js';
import type { EmulatorState } from '../../../server/emulator-state.js';
import { isObject } from '../json.js';
import { sharedKeySignature } from './shared-key.js';
import type { Row } from '../tables.js';
import type { Workspace } from '../workspaces.js';

/** A refusal: status, and the code and text of its body unless there is none. */
export interface Refusal {
  readonly status: number;
  readonly code?: string;
  readonly message?: string;
}

const bad = (code: string, message: string): Refusal => ({ status: 400, code, message });
const forbidden = (message: string): Refusal => ({ status: 403, code: 'InvalidAuthorization', message });
const rfc1123 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

export const dataCollectorHost: RegExp = /^([^.]+)\.ods\.opinsights\.azure\.(?:com|us|cn)$/i;

/** The workspace named by the host, on the emulator's own origin by the Authorization header. */
export function workspaceOf(call: Call, state: EmulatorState): Workspace | undefined {
  const host = dataCollectorHost.exec(call.url.hostname)?.[1];
  const header = /^SharedKey ([^:]*):/.exec(call.headers.get('authorization') ?? '')?.[1];
  return state.logAnalytics.workspaces.get((host ?? header ?? '').toLowerCase());
}

/** Version, workspace, size, content type, date, signature, record type: in this order. */
export function checkRequest(
  call: Call,
  state: EmulatorState,
  workspace: Workspace | undefined,
): Refusal | undefined {
  return (
    checkVersion(call) ??
    checkAuthorization(call) ??
    checkWorkspace(workspace) ??
    (call.body.length > state.logAnalytics.settings.dataCollector.maxBodyBytes
      ? { status: 404 }
      : undefined) ??
    checkContentType(call) ??
    checkSignature(call, state, workspace as Workspace) ??
    checkLogType(call)
  );
}

function checkVersion(call: Call): Refusal | undefined {
  const version = call.url.searchParams.get('api-version');
  if (!version) return bad('MissingApiVersion', 'The API version was not specified');
  return version === '2016-04-01' ? undefined : bad('InvalidApiVersion', 'The API version is not valid');
}

function checkAuthorization(call: Call): Refusal | undefined {
  const value = call.headers.get('authorization');
  if (!value) return forbidden('No Authorization header was specified');
  return value.startsWith('SharedKey ')
    ? undefined
    : forbidden('An invalid scheme was specified in the Authorization header');
}

function checkWorkspace(workspace: Workspace | undefined): Refusal | undefined {
  if (!workspace) return bad('InvalidCustomerId', 'The workspace id is not valid');
  return workspace.active ? undefined : bad('InactiveCustomer', 'The workspace has been closed');
}

function checkContentType(call: Call): Refusal | undefined {
  const type = call.headers.get('content-type');
  if (!type) return bad('MissingContentType', 'The content type was not specified');
  // With a charset it is still JSON, but no longer what is signed: that one fails at the signature.
  return /^application\/json\b/i.test(type)
    ? undefined
    : bad('UnsupportedContentType', 'The content type was not set to application/json');
}

function checkSignature(call: Call, state: EmulatorState, workspace: Workspace): Refusal | undefined {
  const invalid = forbidden('An invalid signature was specified in the Authorization header');
  const date = call.headers.get('x-ms-date') ?? '';
  const skew = Math.abs(Date.parse(date) - state.clock.now());
  if (!rfc1123.test(date) || !(skew <= state.logAnalytics.settings.dataCollector.clockSkewInMs))
    return invalid;
  const [, id, signature] = /^SharedKey ([^:]*):(.*)$/.exec(call.headers.get('authorization') ?? '') ?? [];
  if (call.headers.get('content-type') !== 'application/json' || id?.toLowerCase() !== workspace.id)
    return invalid;
  const keys = [workspace.primaryKey, workspace.secondaryKey];
  return keys.some((key) => sharedKeySignature(key, call.body.length, 'application/json', date) === signature)
    ? undefined
    : invalid;
}

function checkLogType(call: Call): Refusal | undefined {
  const type = call.headers.get('log-type');
  if (!type) return bad('MissingLogType', 'The Log-Type header was not specified');
  return /^[A-Za-z0-9_]{1,100}$/.test(type)
    ? undefined
    : bad('InvalidLogType', 'The Log-Type header may have letters, digits and underscores, at most 100');
}

/** The records of a body: an array of objects, or one object. */
export function recordsOf(call: Call): Row[] | Refusal {
  const invalid = bad('InvalidDataFormat', 'The body is not a JSON array of objects');
  let body: unknown;
  try {
    // All numbers are doubles here: integers above 2^53 lose digits, as in the service.
    body = JSON.parse(text(call));
  } catch {
    return invalid;
  }
  const records = Array.isArray(body) ? body : [body];
  return records.every(isObject) ? records : invalid;
}

/** Columns have letters, digits and `_`, and with their suffix at most 45 characters. */
export function checkProperties(records: readonly Row[]): Refusal | undefined {
  for (const record of records) {
    for (const name of Object.keys(record)) {
      if (!/^[A-Za-z0-9_]{1,43}$/.test(name)) return bad('InvalidDataFormat', 'A property name is not valid');
    }
  }
  return undefined;
}
