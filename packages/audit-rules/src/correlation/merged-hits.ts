import type { CorrelationType } from '../rule.js';
import type { PackedHits } from './packed-hits.js';

/** Hits of all bases in a span of time, in time order. */
export interface MergedHits {
  times: number[];
  values: number[];
  bases: number[];
  /** Where each hit lies in its base's buffer. */
  at: number[];
}

export function mergeHits(
  buffers: readonly PackedHits[],
  from: number,
  to: number,
  type: CorrelationType,
): MergedHits {
  const merged: MergedHits = { times: [], values: [], bases: [], at: [] };
  const next = buffers.map((hits) => hits.indexFrom(from));
  for (;;) {
    let base = -1;
    for (const [i, hits] of buffers.entries()) {
      const index = next[i] as number;
      if (index >= hits.length || hits.at(index) > to) continue;
      const best = buffers[base];
      if (!best || hits.at(index) < best.at(next[base] as number)) base = i;
    }
    const hits = buffers[base];
    if (!hits) return merged;
    const index = next[base] as number;
    next[base] = index + 1;
    // A record that several base rules match is one event.
    const counted =
      type === 'temporal' || type === 'temporal_ordered' || !isListed(buffers, merged, hits, index);
    if (!counted) continue;
    merged.times.push(hits.at(index));
    merged.values.push(hits.value(index));
    merged.bases.push(base);
    merged.at.push(index);
  }
}

function isListed(
  buffers: readonly PackedHits[],
  merged: MergedHits,
  hits: PackedHits,
  index: number,
): boolean {
  if (buffers.length === 1) return false;
  const time = hits.at(index);
  for (let i = merged.times.length - 1; i >= 0 && merged.times[i] === time; i -= 1) {
    const other = buffers[merged.bases[i] as number] as PackedHits;
    if (other !== hits && Buffer.compare(other.id(merged.at[i] as number), hits.id(index)) === 0) return true;
  }
  return false;
}
