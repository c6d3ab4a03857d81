import type { Bounds, CorrelationType } from '../rule.js';
import type { MergedHits } from './merged-hits.js';
import type { PackedHits } from './packed-hits.js';

/** What a window holds, kept up to date while hits enter and leave it. */
interface WindowMeasure {
  enter(index: number): void;
  leave(index: number): void;
  /** Whether the window from `first` to `last` satisfies the rule. */
  holds(first: number, last: number): boolean;
  /** The number that the rule counts. */
  count(): number;
}

export function createMeasure(
  type: CorrelationType,
  bounds: Bounds,
  hits: MergedHits,
  buffers: readonly PackedHits[],
): WindowMeasure {
  switch (type) {
    case 'event_count':
      return counting(bounds);
    case 'value_count':
      return countingValues(bounds, hits);
    case 'value_sum':
    case 'value_avg':
      return adding(type, bounds, hits);
    default:
      return ofAllBases(type === 'temporal_ordered', hits, buffers);
  }
}

function isWithin(value: number, { gt, gte, lt, lte, eq, neq }: Bounds): boolean {
  return (
    (gt === undefined || value > gt) &&
    (gte === undefined || value >= gte) &&
    (lt === undefined || value < lt) &&
    (lte === undefined || value <= lte) &&
    (eq === undefined || value === eq) &&
    (neq === undefined || value !== neq)
  );
}

function counting(bounds: Bounds): WindowMeasure {
  let events = 0;
  return {
    enter: () => (events += 1),
    leave: () => (events -= 1),
    holds: () => isWithin(events, bounds),
    count: () => events,
  };
}

/** A missing field is no value. */
function countingValues(bounds: Bounds, { values }: MergedHits): WindowMeasure {
  const counts = new Map<number, number>();
  return {
    enter(index) {
      const value = values[index] as number;
      if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
    },
    leave(index) {
      const value = values[index] as number;
      const left = (counts.get(value) ?? 0) - 1;
      if (left > 0) counts.set(value, left);
      else counts.delete(value);
    },
    holds: () => isWithin(counts.size, bounds),
    count: () => counts.size,
  };
}

/** Added again for each window, so that rounding does not depend on what was in it before. */
function adding(type: 'value_sum' | 'value_avg', bounds: Bounds, { values }: MergedHits): WindowMeasure {
  let result = 0;
  return {
    enter: () => {},
    leave: () => {},
    holds(first, last) {
      let sum = 0;
      let numbers = 0;
      for (let i = first; i <= last; i += 1) {
        const value = values[i] as number;
        if (Number.isNaN(value)) continue;
        sum += value;
        numbers += 1;
      }
      if (numbers === 0) return false;
      result = type === 'value_sum' ? sum : sum / numbers;
      return isWithin(result, bounds);
    },
    count: () => result,
  };
}

/** Every base at least once; ordered: by different records whose times do not decrease. */
function ofAllBases(ordered: boolean, hits: MergedHits, buffers: readonly PackedHits[]): WindowMeasure {
  const counts = buffers.map(() => 0);
  let missing = counts.length;
  return {
    enter(index) {
      const base = hits.bases[index] as number;
      counts[base] = (counts[base] as number) + 1;
      if (counts[base] === 1) missing -= 1;
    },
    leave(index) {
      const base = hits.bases[index] as number;
      counts[base] = (counts[base] as number) - 1;
      if (counts[base] === 0) missing += 1;
    },
    holds: (first, last) =>
      missing === 0 &&
      (!ordered || hasChain(buffers, hits.times[first] as number, hits.times[last] as number, [])),
    count: () => counts.length - missing,
  };
}

/** So many hits of a base are tried when the first is a record that another base needs. */
const maxTries = 8;

/** Whether the bases from `used.length` on have hits, each at or after the one before, of different records. */
function hasChain(
  buffers: readonly PackedHits[],
  from: number,
  to: number,
  used: readonly Uint8Array[],
): boolean {
  const hits = buffers[used.length];
  if (!hits) return true;
  const start = hits.indexFrom(from);
  for (let i = start; i < hits.length && i < start + maxTries && hits.at(i) <= to; i += 1) {
    const id = hits.id(i);
    if (used.some((other) => Buffer.compare(other, id) === 0)) continue;
    if (hasChain(buffers, hits.at(i), to, [...used, id])) return true;
  }
  return false;
}
