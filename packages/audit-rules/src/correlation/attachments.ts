import { hash } from 'node:crypto';
import type { LoadedCorrelation } from '../load/rule-set.js';
import type { Evidence } from '../alerts/alert.js';
import type { Fact } from './group.js';
import type { Hit } from './packed-hits.js';

/** A piece of state that is written in the same transaction as the unit it comes from. */
export interface Attachment {
  /** Writing the same key again replaces it. */
  key: string;
  value: Uint8Array;
  /** Epoch milliseconds; not needed afterwards. */
  expires: number;
}

/** Hits of one unit, rule and group. */
export interface SavedHits {
  correlation: string;
  base: number;
  tenantId: string;
  values: readonly (string | undefined)[];
  facts: readonly Fact[];
  evidence: readonly Evidence[];
  otherIds: readonly (readonly [string, string])[];
  hits: readonly Hit[];
}

/** What was said about an alert, so that it is not said again. */
export interface SavedAlert {
  id: string;
  revision: number;
  recordCount: number;
  count: number;
}

const hitsPrefix = 'audit-rules/hits/';
const alertPrefix = 'audit-rules/alert/';
const hitBytes = 32;

/** Hits of an earlier version of a rule mean something else: they are not read back. */
export function getCorrelationHash({ rule }: LoadedCorrelation, bases: readonly string[]): string {
  return hash('sha256', JSON.stringify([rule.info.hash, rule.timespanInMs, ...bases])).slice(0, 32);
}

export function encodeHits(unitId: string, version: string, saved: SavedHits, expires: number): Attachment {
  const { hits, values, ...rest } = saved;
  const header = Buffer.from(
    JSON.stringify({ ...rest, version, values: values.map((value) => value ?? null) }),
  );
  const bytes = Buffer.alloc(4 + header.length + hits.length * hitBytes);
  bytes.writeUInt32LE(header.length, 0);
  header.copy(bytes, 4);
  let offset = 4 + header.length;
  for (const { at, id, value } of hits) {
    bytes.writeDoubleLE(at, offset);
    bytes.writeDoubleLE(value, offset + 8);
    bytes.set(id, offset + 16);
    offset += hitBytes;
  }
  const name = hash('sha256', JSON.stringify([unitId, rest.correlation, rest.base, rest.tenantId, values]));
  return { key: `${hitsPrefix}${name.slice(0, 32)}`, value: bytes, expires };
}

export function encodeAlert(saved: SavedAlert, expires: number): Attachment {
  return { key: `${alertPrefix}${saved.id}`, value: Buffer.from(JSON.stringify(saved)), expires };
}

type Decoded = { kind: 'hits'; version: string; saved: SavedHits } | { kind: 'alert'; saved: SavedAlert };

/** Undefined for attachments of others. */
export function decodeAttachment({ key, value }: Attachment): Decoded | undefined {
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (key.startsWith(alertPrefix))
    return { kind: 'alert', saved: JSON.parse(bytes.toString()) as SavedAlert };
  if (!key.startsWith(hitsPrefix)) return undefined;
  const end = 4 + bytes.readUInt32LE(0);
  const { version, values, ...rest } = JSON.parse(bytes.toString('utf8', 4, end)) as Omit<
    SavedHits,
    'hits' | 'values'
  > & {
    version: string;
    values: (string | null)[];
  };
  const hits: Hit[] = [];
  for (let offset = end; offset + hitBytes <= bytes.length; offset += hitBytes)
    hits.push({
      at: bytes.readDoubleLE(offset),
      value: bytes.readDoubleLE(offset + 8),
      id: bytes.subarray(offset + 16, offset + hitBytes),
    });
  return {
    kind: 'hits',
    version,
    saved: { ...rest, values: values.map((one) => one ?? undefined), hits },
  };
}
