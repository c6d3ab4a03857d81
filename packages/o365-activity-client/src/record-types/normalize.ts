import { parseServiceTime } from '../http/time.js';

/** A record's time as ISO 8601 UTC with `Z`: records write it without zone, with any number of digits. */
export function utcTime(text: unknown): string | undefined {
  const ms = typeof text === 'string' ? parseServiceTime(text.replace(/(\.\d{3})\d+/, '$1')) : undefined;
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

export interface ClientAddress {
  /** An IPv4 or IPv6 address (an IPv4 one that was mapped into IPv6 as IPv4), or a host name. */
  address: string;
  port?: number;
  kind: 'ipv4' | 'ipv6' | 'host';
}

const ipv4 = /^(\d{1,3}(?:\.\d{1,3}){3})(?::(\d{1,5}))?$/;
/** A host name has at most 253 characters; nothing longer is looked at. */
const maxAddressChars = 320;

/** Reads `ClientIP` in all shapes it has been seen in; undefined when it says nothing. */
export function parseClientIp(text: unknown): ClientAddress | undefined {
  if (typeof text !== 'string' || text.length > maxAddressChars) return undefined;
  const trimmed = text.trim();
  if (!trimmed || /^(<null>|null|-)$/i.test(trimmed)) return undefined;
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(trimmed);
  const inner = bracketed?.[1] ?? trimmed;
  const port = bracketed?.[2];
  // `::ffff:192.0.2.44`; Copilot writes it without the two colons.
  const plain = ipv4.exec(inner.replace(/^(::)?ffff:(?=\d+\.)/i, ''));
  if (plain) return address(plain[1] as string, plain[2] ?? port, 'ipv4');
  if (isIpv6(inner)) return address(inner.toLowerCase(), port, 'ipv6');
  const host = /^([\w.-]+)(?::(\d{1,5}))?$/.exec(inner);
  return host ? address(host[1] as string, host[2] ?? port, 'host') : undefined;
}

/** At least two colons, and nothing but what an address is made of, up to a zone. */
function isIpv6(text: string): boolean {
  const [groups = '', zone, ...rest] = text.split('%');
  return (
    rest.length === 0 &&
    /^[0-9a-f:.]+$/i.test(groups) &&
    groups.split(':').length > 2 &&
    (zone === undefined || /^\w+$/.test(zone))
  );
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
    if (typeof name !== 'string') continue;
    const values = object.get(name);
    if (values) values.push(Value);
    else object.set(name, [Value]);
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

/** A user principal name has at most 113 characters, an e-mail address 320; nothing longer is looked at. */
const maxUserIdChars = 1024;

/** What a `UserId` is: mostly a user principal name, but not always. */
export function userIdKind(userId: unknown): UserIdKind {
  if (typeof userId !== 'string') return 'unknown';
  if (userId.length > maxUserIdChars) return 'other';
  if (['', 'unknown', 'not available'].includes(userId.trim().toLowerCase())) return 'unknown';
  if (/^ServicePrincipal_/i.test(userId)) return 'service-principal';
  if (/^NT AUTHORITY\\/i.test(userId) || userId === 'S-1-5-18') return 'system';
  if (/^S-1-\d/.test(userId)) return 'sid';
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(userId)) return 'guid';
  return /^[^\s@]+@[^\s@]+$/.test(userId) ? 'upn' : 'other';
}

/** The same person as the same pseudonym: HMAC-SHA-256 of the text in lower case, as hex. Keep the key secret. */
export async function pseudonymize(text: string, key: Uint8Array<ArrayBuffer>): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign']);
  const bytes = await crypto.subtle.sign('HMAC', imported, new TextEncoder().encode(text.toLowerCase()));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
