import type { LoadedCorrelation } from '../load/rule-set.js';
import type { Group } from './group.js';
import { scanBucket } from './scan-bucket.js';
import type { BucketFinding } from './scan-bucket.js';

/** A bucket of a group with at least one satisfied window. */
export interface Finding {
  correlation: LoadedCorrelation;
  group: Group;
  found: BucketFinding;
  /** The bucket before, when its windows reach into this one. */
  continuesBucket?: number;
}

/** Times of the hits that a group has not been scanned for. */
export interface Dirty {
  from: number;
  to: number;
}

/** False when there are too few hits around a time for any window that holds it. */
export function canHold({ rule }: LoadedCorrelation, group: Group, at: number): boolean {
  const { gt = -1, gte = 0 } = rule.bounds;
  const isCount = rule.type === 'event_count' || rule.type === 'value_count';
  const needed = isCount ? Math.max(gt + 1, gte) : 1;
  if (needed <= 1) return true;
  let hits = 0;
  for (const buffer of group.buffers)
    hits += buffer.indexFrom(at + rule.timespanInMs + 1) - buffer.indexFrom(at - rule.timespanInMs);
  return hits >= needed;
}

/** Whether more hits can only satisfy more windows; else a window is decided when time has closed it. */
export function isMonotone({ rule }: LoadedCorrelation): boolean {
  const { lt, lte, eq, neq } = rule.bounds;
  return rule.type !== 'value_avg' && [lt, lte, eq, neq].every((bound) => bound === undefined);
}

/** Scans the buckets that hits in a span of time can have changed. */
export function* scanGroup(
  correlation: LoadedCorrelation,
  group: Group,
  { from, to }: Dirty,
  closedUntil: number,
): Generator<Finding> {
  const { rule } = correlation;
  const firstBucket = Math.floor(from / rule.suppressInMs);
  const lastBucket = Math.floor((to + rule.timespanInMs) / rule.suppressInMs);
  let before = scanBucket(group.buffers, rule, firstBucket - 1, closedUntil);
  for (let bucket = firstBucket; bucket <= lastBucket; bucket += 1) {
    const found = scanBucket(group.buffers, rule, bucket, closedUntil);
    if (found) {
      const continued = before && before.last >= found.first ? before.bucket : undefined;
      yield { correlation, group, found, ...(continued !== undefined && { continuesBucket: continued }) };
    }
    before = found;
  }
}
