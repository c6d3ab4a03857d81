import type { ContentType } from '../../../data/audit/index.js';
import type { Keeper } from '../../../server/snapshot.js';

/** A content blob: an aggregation of audit records that can be listed and fetched until it expires. Times in ms. */
export interface StoredBlob {
  readonly tenantId: string;
  readonly contentType: ContentType;
  readonly contentId: string;
  readonly created: number;
  readonly expires: number;
  /** From when on listings show it: later than `created` for a late blob. */
  readonly listedFrom: number;
  /** The order of publication over all tenants. */
  readonly sequence: number;
  /** JSON texts, made anew on each call, so that a blob may be larger than memory. */
  records(): Iterable<string>;
}

/** `broken` states answer every call with their AF code; `auditing-off` with exception text. */
export type TenantStatus = 'ok' | 'auditing-off' | 'deleted' | 'misconfigured';

export interface BlobStore extends Keeper {
  add(blob: Omit<StoredBlob, 'sequence' | 'contentId'> & { contentId?: string }): StoredBlob;
  find(tenantId: string, contentId: string): StoredBlob | undefined;
  /** In order of availability. */
  list(tenantId: string): readonly StoredBlob[];
  clear(tenantId: string): void;
  /** Of all tenants. */
  count(): number;
}

export function createBlobStore(): BlobStore {
  let tenants: Tenants = new Map();
  let published = 0;
  const of = (tenantId: string): { ordered: StoredBlob[]; byId: Map<string, StoredBlob> } => {
    let tenant = tenants.get(tenantId);
    if (!tenant) tenants.set(tenantId, (tenant = { ordered: [], byId: new Map() }));
    return tenant;
  };
  return {
    add: (fields) => {
      const sequence = ++published;
      const blob = { ...fields, contentId: fields.contentId ?? contentIdOf(fields, sequence), sequence };
      const { ordered, byId } = of(blob.tenantId);
      const before = ordered.findLastIndex((other) => other.listedFrom <= blob.listedFrom);
      ordered.splice(before + 1, 0, blob);
      byId.set(blob.contentId, blob);
      return blob;
    },
    find: (tenantId, contentId) => of(tenantId).byId.get(contentId),
    list: (tenantId) => of(tenantId).ordered,
    count: () => [...tenants.values()].reduce((sum, { ordered }) => sum + ordered.length, 0),
    clear: (tenantId) => void tenants.delete(tenantId),
    keep: () => {
      const kept = copied(tenants);
      const count = published;
      return () => {
        tenants = copied(kept);
        published = count;
      };
    },
  };
}

type Tenants = Map<string, { ordered: StoredBlob[]; byId: Map<string, StoredBlob> }>;

/** Blobs never change: the lists of them are copied. */
function copied(tenants: Tenants): Tenants {
  return new Map(
    [...tenants].map(([id, { ordered, byId }]) => [id, { ordered: [...ordered], byId: new Map(byId) }]),
  );
}

const suffixes = ['$emea0036', '$na0030$na0030', ''] as const;

/** The current shape: two 23-digit times, the feed's name twice, sometimes the place it was made at. */
function contentIdOf(blob: { contentType: ContentType; created: number }, sequence: number): string {
  const stamp = (at: number): string =>
    new Date(at).toISOString().replaceAll(/\D/g, '') + String(sequence % 1_000_000).padStart(6, '0');
  const name = blob.contentType.replace('.', '_');
  const begin = sequence % 5 === 0 ? blob.created - 37 * 60_000 : blob.created;
  return `${stamp(begin)}$${stamp(blob.created)}$${name.toLowerCase()}$${name}${suffixes[sequence % 3] ?? ''}`;
}
