import { serviceTime } from '../http/time.js';

/** A record's time as ISO 8601 UTC with `Z`: records write it without zone, with any number of digits. */
export function utcTime(text: unknown): string | undefined {
  const ms = typeof text === 'string' ? serviceTime(text.replace(/(\.\d{3})\d+/, '$1')) : undefined;
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

export interface ClientAddress {
  /** An IPv4 or IPv6 address (an IPv4 one that was mapped into IPv6 as IPv4), or a host name. */
  address: string;
  port?: number;
  kind: 'ipv4' | 'ipv6' | 'host';
}

const ipv4 = /^(\d{1,3}(?:\.\d{1,3}){3})(?::(\d{1,5}))?$/;

/** Reads `ClientIP` in all shapes it has been seen in; undefined when it says nothing. */
export function parseClientIp(text: unknown): ClientAddress | undefined {
  if (typeof text !== 'string') return undefined;
  const trimmed = text.trim();
  if (!trimmed || /^(<null>|null|-)$/i.test(trimmed)) return undefined;
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(trimmed);
  const inner = bracketed?.[1] ?? trimmed;
  const port = bracketed?.[2];
  const plain = ipv4.exec(inner.replace(/^::ffff:(?=\d+\.)/i, ''));
  if (plain) return address(plain[1] as string, plain[2] ?? port, 'ipv4');
  if (/^[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*(%\w+)?$/i.test(inner))
    return address(inner.toLowerCase(), port, 'ipv6');
  const host = /^([\w.-]+?)(?::(\d{1,5}))?$/.exec(inner);
  return host ? address(host[1] as string, host[2] ?? port, 'host') : undefined;
}

function address(text: string, port: string | undefined, kind: ClientAddress['kind']): ClientAddress {
  return { address: text, ...(port !== undefined && { port: Number(port) }), kind };
}

/** `[{ Name, Value }]` or `[{ Key, Value }]` as an object; names that come twice become a list. */
export function pairsToObject(pairs: unknown): Record<string, unknown> {
  const object = new Map<string, unknown[]>();
  for (const pair of Array.isArray(pairs) ? (pairs as unknown[]) : []) {
    if (typeof pair !== 'object' || pair === null) continue;
    const { Name, Key, Value } = pair as { Name?: unknown; Key?: unknown; Value?: unknown };
    const name = Name ?? Key;
    if (typeof name === 'string') object.set(name, [...(object.get(name) ?? []), Value]);
  }
  return Object.fromEntries(
    [...object].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
}

/** JSON that was put into a string (alert `Data`, extended properties) as its value; anything else as it is. */
export function nestedJson(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

export type UserIdKind = 'upn' | 'guid' | 'sid' | 'service-principal' | 'system' | 'unknown' | 'other';

/** What a `UserId` is: mostly a user principal name, but not always. */
export function userIdKind(userId: unknown): UserIdKind {
  if (typeof userId !== 'string' || /^\s*(unknown|not available)?\s*$/i.test(userId)) return 'unknown';
  if (/^ServicePrincipal_/i.test(userId)) return 'service-principal';
  if (/^NT AUTHORITY\\/i.test(userId) || userId === 'S-1-5-18') return 'system';
  if (/^S-1-\d/.test(userId)) return 'sid';
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(userId)) return 'guid';
  return /^[^\s@]+@[^\s@]+$/.test(userId) ? 'upn' : 'other';
}

const redacted = '[redacted]';

/**
 * A copy without what is known to hold secrets: the matched text and its surroundings in DLP detections, and the
 * values (`Value`, `OldValue`, `NewValue`) of properties and parameters whose name speaks of a key, secret, password,
 * token or credential; also inside JSON that was put into a string.
 */
export function redactSecrets<T>(record: T): T {
  return copy(record, undefined) as T;
}

const speaksOfSecrets = /key|secret|password|token|credential/i;
const valueNames = new Set(['Value', 'OldValue', 'NewValue']);

function copy(value: unknown, parent: string | undefined): unknown {
  if (Array.isArray(value)) {
    return value.map((one: unknown) => (parent === 'DetectedValues' ? hideDetected(one) : copy(one, parent)));
  }
  if (typeof value === 'string') return copyNested(value, parent);
  if (typeof value !== 'object' || value === null) return value;
  const { Name } = value as { Name?: unknown };
  const secret = typeof Name === 'string' && speaksOfSecrets.test(Name);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      secret && valueNames.has(name) && inner ? redacted : copy(inner, name),
    ]),
  );
}

/** Text stays as it is written unless there is something in it to hide. */
function copyNested(text: string, parent: string | undefined): string {
  const value = nestedJson(text);
  if (value === text) return text;
  const json = JSON.stringify(copy(value, parent));
  return json === JSON.stringify(value) ? text : json;
}

function hideDetected(one: unknown): unknown {
  if (typeof one !== 'object' || one === null) return redacted;
  return Object.fromEntries(
    Object.entries(one).map(([name, inner]) => [
      name,
      name === 'Name' || name === 'Value' ? redacted : inner,
    ]),
  );
}

/** The same person as the same pseudonym: HMAC-SHA-256 of the text in lower case, as hex. Keep the key secret. */
export async function pseudonymize(text: string, key: Uint8Array<ArrayBuffer>): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign']);
  const bytes = await crypto.subtle.sign('HMAC', imported, new TextEncoder().encode(text.toLowerCase()));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
