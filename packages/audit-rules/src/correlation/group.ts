import type { Evidence } from '../alerts/alert.js';
import { PackedHits } from './packed-hits.js';

export type FactKind = 'actor' | 'address' | 'target' | 'app';

/** What hits of a group say about who did what; counted, at most twenty values of each kind. */
export interface Fact {
  kind: FactKind;
  value: string;
  count: number;
}

/** What one hit says. */
export interface HitFacts {
  facts: readonly { kind: FactKind; value: string }[];
  /** Called only while the group has room for evidence. */
  evidence(): readonly Evidence[];
}

const maxFacts = 20;
/** Of the first hits only: a million hits must fit in 60 MB. */
const maxEvidence = 3;

/** Hits that belong together: of one tenant and one set of group-by values. */
export class Group {
  readonly key: string;
  readonly tenantId: string;
  /** As first written; undefined where the field was missing. */
  readonly values: readonly (string | undefined)[];
  /** One for each base rule. */
  readonly buffers: readonly PackedHits[];
  readonly facts: Fact[] = [];
  readonly evidence: Evidence[] = [];
  /** Record ids that are no GUIDs, by the hex form of their hash. */
  otherIds: Map<string, string> | undefined;
  /** Groups of correlations whose hits came in here. */
  sources: Set<Group> | undefined;

  /** Event time of the last finding, and how many hits there were then. */
  foundTo: number = -Infinity;
  foundHits: number = 0;

  constructor(key: string, tenantId: string, values: readonly (string | undefined)[], bases: number) {
    this.key = key;
    this.tenantId = tenantId;
    this.values = values;
    this.buffers = Array.from({ length: bases }, () => new PackedHits());
  }

  get hitCount(): number {
    let count = 0;
    for (const { length } of this.buffers) count += length;
    return count;
  }

  addFact(kind: FactKind, value: string, count = 1): void {
    const known = this.facts.find((fact) => fact.kind === kind && fact.value === value);
    if (known) known.count += count;
    else if (this.facts.filter((fact) => fact.kind === kind).length < maxFacts)
      this.facts.push({ kind, value, count });
  }

  addEvidence(evidence: () => readonly Evidence[]): void {
    if (this.evidence.length >= maxEvidence) return;
    this.evidence.push(...evidence().slice(0, maxEvidence - this.evidence.length));
  }
}

/** Values are compared without case; a missing field is a group of its own. */
export function getGroupKey(tenantId: string, values: readonly (string | undefined)[]): string {
  return JSON.stringify([tenantId, ...values.map((value) => value?.toLowerCase() ?? null)]);
}
