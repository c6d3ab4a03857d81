import type { LoadedCorrelation } from '../load/rule-set.js';
import { Group, getGroupKey } from './group.js';
import type { HitFacts } from './group.js';
import type { Hit } from './packed-hits.js';
import { canHold, isMonotone, scanGroup } from './scan-group.js';
import type { Dirty, Finding } from './scan-group.js';

/** Where a hit lies, so that it can be taken back. */
export interface HitPlace {
  correlation: number;
  base: number;
  key: string;
  at: number;
  id: Uint8Array;
}

export interface CorrelationLimits {
  /** Hits of one group; the oldest leave. */
  maxHitsPerGroup: number;
  /** Groups of one rule; the one that was quiet longest leaves. */
  maxGroups: number;
  /** Hits of one base rule and day (UTC); more are not counted. */
  maxHitsPerDay: number;
  /** Hits older than this, seen from the newest, are forgotten. */
  keepInMs: number;
}

interface CorrelationCounters {
  evictedHits: number;
  evictedGroups: number;
  overDailyLimit: number;
}

const dayInMs = 86_400_000;
const maxTexts = 50_000;

/** Holds the hits of all correlations and finds what satisfies them. */
export class Correlator {
  readonly counters: CorrelationCounters = { evictedHits: 0, evictedGroups: 0, overDailyLimit: 0 };
  readonly #correlations: readonly LoadedCorrelation[];
  readonly #limits: CorrelationLimits;
  readonly #groups: readonly Map<string, Group>[];
  readonly #dirty: readonly Map<Group, Dirty>[];
  /** Groups of rules that only a closed window decides. */
  readonly #open: readonly Map<Group, Dirty>[];
  readonly #days: Map<string, number> = new Map();
  readonly #texts: Map<string, string> = new Map();
  #newest = 0;

  constructor(correlations: readonly LoadedCorrelation[], limits: CorrelationLimits) {
    this.#correlations = correlations;
    this.#limits = limits;
    this.#groups = correlations.map(() => new Map());
    this.#dirty = correlations.map(() => new Map());
    this.#open = correlations.map(() => new Map());
  }

  /** False when the record was counted before, or a limit keeps it out. */
  add(
    correlation: number,
    base: number,
    tenantId: string,
    values: readonly (string | undefined)[],
    hit: Hit,
  ): Group | undefined {
    const key = getGroupKey(tenantId, values);
    const group = this.#touch(correlation, key, tenantId, values);
    const buffer = group.buffers[base];
    if (!buffer?.add(hit)) return undefined;
    if (!this.#countDay(correlation, base, hit.at)) {
      buffer.remove(hit.at, hit.id);
      this.counters.overDailyLimit += 1;
      return undefined;
    }
    if (buffer.length > this.#limits.maxHitsPerGroup) {
      buffer.removeFirst();
      this.counters.evictedHits += 1;
    }
    this.#newest = Math.max(this.#newest, hit.at);
    this.#markDirty(correlation, group, hit.at);
    return group;
  }

  addFacts(group: Group, { facts, evidence }: HitFacts): void {
    for (const { kind, value } of facts) group.addFact(kind, this.#shared(value));
    group.addEvidence(evidence);
  }

  /** One string for equal texts: users and addresses come in many groups, each parsed from another record. */
  #shared(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= maxTexts) this.#texts.clear();
    this.#texts.set(text, text);
    return text;
  }

  /** Takes hits back whose unit was not committed. */
  remove(places: readonly HitPlace[]): void {
    for (const { correlation, base, key, at, id } of places) {
      const groups = this.#groups[correlation];
      const group = groups?.get(key);
      if (!groups || !group) continue;
      group.buffers[base]?.remove(at, id);
      if (group.hitCount === 0) groups.delete(key);
    }
  }

  /**
   * What the hits added since the last call satisfy. `lazy` leaves groups for later that were found already and have
   * grown by less than a quarter: a busy group is not scanned again for each of its hits. `onDerived`
   * is called with hits that go into other correlations.
   */
  settle(watermark: number, lazy: boolean, onDerived: (place: HitPlace) => void): Finding[] {
    const findings: Finding[] = [];
    for (const correlation of this.#correlations) {
      for (const [group, dirty] of this.#takeDirty(correlation, watermark, lazy)) {
        const closedUntil = isMonotone(correlation) ? Infinity : watermark;
        for (const finding of scanGroup(correlation, group, dirty, closedUntil)) {
          this.#derive(finding, onDerived);
          findings.push(finding);
          group.foundTo = finding.found.last;
          group.foundHits = group.hitCount;
        }
      }
    }
    return findings;
  }

  /** Forgets what is older than the state is kept; called now and then. */
  sweep(): void {
    const before = this.#newest - this.#limits.keepInMs;
    for (const groups of this.#groups)
      for (const [key, group] of groups) {
        for (const buffer of group.buffers) buffer.removeBefore(before);
        if (group.hitCount === 0) groups.delete(key);
      }
    const oldestDay = Math.floor(before / dayInMs);
    for (const name of this.#days.keys()) if (Number(name.split('/')[2]) < oldestDay) this.#days.delete(name);
  }

  find(correlation: number, key: string): Group | undefined {
    return this.#groups[correlation]?.get(key);
  }

  /** Every group, for saving the state. */
  *groups(): Generator<{ correlation: LoadedCorrelation; group: Group }> {
    for (const correlation of this.#correlations)
      for (const group of this.#groups[correlation.index]?.values() ?? []) yield { correlation, group };
  }

  get size(): { hits: number; groups: number } {
    let hits = 0;
    let count = 0;
    for (const groups of this.#groups) {
      count += groups.size;
      for (const group of groups.values()) hits += group.hitCount;
    }
    return { hits, groups: count };
  }

  /** The group, moved to the end of those that may be evicted. */
  #touch(correlation: number, key: string, tenantId: string, values: readonly (string | undefined)[]): Group {
    const groups = this.#groups[correlation] as Map<string, Group>;
    const known = groups.get(key);
    const bases = (this.#correlations[correlation] as LoadedCorrelation).bases.length;
    const group = known ?? new Group(key, tenantId, values, bases);
    if (known) groups.delete(key);
    groups.set(key, group);
    if (groups.size > this.#limits.maxGroups) {
      const [oldest] = groups;
      if (oldest) {
        groups.delete(oldest[0]);
        this.#open[correlation]?.delete(oldest[1]);
        this.#dirty[correlation]?.delete(oldest[1]);
        this.counters.evictedGroups += 1;
        this.counters.evictedHits += oldest[1].hitCount;
      }
    }
    return group;
  }

  #countDay(correlation: number, base: number, at: number): boolean {
    const name = `${correlation}/${base}/${Math.floor(at / dayInMs)}`;
    const count = (this.#days.get(name) ?? 0) + 1;
    if (count > this.#limits.maxHitsPerDay) return false;
    this.#days.set(name, count);
    return true;
  }

  #markDirty(correlation: number, group: Group, at: number): void {
    const rule = this.#correlations[correlation] as LoadedCorrelation;
    if (!canHold(rule, group, at)) return;
    const lists = isMonotone(rule) ? this.#dirty : this.#open;
    const dirty = lists[correlation] as Map<Group, Dirty>;
    const known = dirty.get(group);
    if (!known) dirty.set(group, { from: at, to: at });
    else {
      known.from = Math.min(known.from, at);
      known.to = Math.max(known.to, at);
    }
  }

  #takeDirty({ index, rule }: LoadedCorrelation, watermark: number, lazy: boolean): [Group, Dirty][] {
    const dirty = this.#dirty[index] as Map<Group, Dirty>;
    const taken: [Group, Dirty][] = [];
    for (const [group, span] of dirty) {
      const isKnown =
        span.from <= group.foundTo + rule.timespanInMs && group.hitCount < group.foundHits * 1.25;
      if (lazy && isKnown) continue;
      taken.push([group, span]);
      dirty.delete(group);
    }
    const open = this.#open[index] as Map<Group, Dirty>;
    for (const [group, span] of open) {
      if (span.from > watermark) continue;
      taken.push([group, span]);
      if (span.to <= watermark) open.delete(group);
    }
    return taken;
  }

  /** A finding's ends are hits of the correlations that are based on it. */
  #derive({ correlation, group, found }: Finding, onDerived: (place: HitPlace) => void): void {
    for (const parent of correlation.parents) {
      const values = parent.groupAt.map((place) => group.values[place]);
      for (const { at, id } of found.ends) {
        const into = this.add(parent.correlation, parent.base, group.tenantId, values, {
          at,
          id,
          value: NaN,
        });
        if (!into) continue;
        const sources = (into.sources ??= new Set());
        if (sources.size < 5) sources.add(group);
        onDerived({ correlation: parent.correlation, base: parent.base, key: into.key, at, id });
      }
    }
  }
}
