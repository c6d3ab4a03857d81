import type { CorrelationRule } from '../rule.js';
import { mergeHits } from './merged-hits.js';
import type { PackedHits } from './packed-hits.js';
import { createMeasure } from './window-measure.js';

/** What the satisfied windows of one suppression bucket hold together. */
export interface BucketFinding {
  bucket: number;
  /** What the rule counts, over the union of its satisfied windows. */
  count: number;
  recordCount: number;
  first: number;
  last: number;
  /** The first twenty, in time order. */
  ids: Uint8Array[];
  /** Times and ids of the hits that end a satisfied window. */
  ends: { at: number; id: Uint8Array }[];
}

const maxIds = 20;

type ScanRule = Pick<CorrelationRule, 'type' | 'bounds' | 'timespanInMs' | 'suppressInMs'>;

/**
 * Looks at each window `[e - timespan, e]` that ends at a hit e of the bucket, both ends included. A pure function of
 * the hits: their order of arrival does not matter. Ends after `closedUntil` are left out.
 */
export function scanBucket(
  buffers: readonly PackedHits[],
  rule: ScanRule,
  bucket: number,
  closedUntil: number = Infinity,
): BucketFinding | undefined {
  const { timespanInMs, suppressInMs } = rule;
  const start = bucket * suppressInMs;
  const until = Math.min(start + suppressInMs - 1, closedUntil);
  const hits = mergeHits(buffers, start - timespanInMs, until, rule.type);
  const measure = createMeasure(rule.type, rule.bounds, hits, buffers);
  const covered = new Set<number>();
  const ends: BucketFinding['ends'] = [];
  let first = 0;
  let entered = 0;
  let coveredTo = -1;
  for (let last = 0; last < hits.times.length; last += 1) {
    const time = hits.times[last] as number;
    // Hits of the same instant are in the same window, whichever of them is the end.
    while (entered < hits.times.length && (hits.times[entered] as number) <= time) measure.enter(entered++);
    while ((hits.times[first] as number) < time - timespanInMs) measure.leave(first++);
    if (time < start || !measure.holds(first, entered - 1)) continue;
    for (let i = Math.max(first, coveredTo + 1); i < entered; i += 1) covered.add(i);
    coveredTo = Math.max(coveredTo, entered - 1);
    const hit = buffers[hits.bases[last] as number] as PackedHits;
    ends.push({ at: time, id: hit.id(hits.at[last] as number).slice() });
  }
  if (ends.length === 0) return undefined;
  return summarize(buffers, rule, bucket, hits, [...covered], ends);
}

function summarize(
  buffers: readonly PackedHits[],
  rule: ScanRule,
  bucket: number,
  hits: ReturnType<typeof mergeHits>,
  covered: readonly number[],
  ends: BucketFinding['ends'],
): BucketFinding {
  const measure = createMeasure(rule.type, rule.bounds, hits, buffers);
  const ids = new Map<string, Uint8Array>();
  for (const index of covered) {
    measure.enter(index);
    const id = (buffers[hits.bases[index] as number] as PackedHits).id(hits.at[index] as number);
    ids.set(Buffer.from(id).toString('latin1'), id);
  }
  const first = covered[0] as number;
  const last = covered.at(-1) as number;
  measure.holds(first, last);
  return {
    bucket,
    count: rule.type.startsWith('temporal') ? ids.size : measure.count(),
    recordCount: ids.size,
    first: hits.times[first] as number,
    last: hits.times[last] as number,
    ids: [...ids.values()].slice(0, maxIds).map((id) => id.slice()),
    ends,
  };
}
