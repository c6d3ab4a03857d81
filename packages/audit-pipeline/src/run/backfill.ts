import { ArgumentError, createRateLimiter, systemClock } from '@repo/client-core';
import type { Clock, RateLimiter } from '@repo/client-core';
import type { Source, Unit } from '../ports.js';
import type { PipelineReport } from '../report.js';
import { runPipeline } from './run-pipeline.js';
import type { PipelineOptions } from './pipeline-options.js';

/** A span of time: [from, to). Dates, or ISO 8601 with its zone. */
export interface TimeSpan {
  from: Date | string;
  to: Date | string;
}

/**
 * Reads the units of a span beside the live feed, oldest first. It needs a state of its own, in which it goes on after
 * a crash; the live feed's is not touched. Give its client a limiter from `reserveForLive`.
 */
export function backfill<U extends Unit, R, Row>(
  options: PipelineOptions<U, R, Row> & TimeSpan,
): Promise<PipelineReport> {
  return runPipeline({ ...options, source: rangeSource(options.source, options) });
}

/** The same source for one span. */
export function rangeSource<U extends Unit, R>(source: Source<U, R>, { from, to }: TimeSpan): Source<U, R> {
  const span = { from: timeOf(from, 'from'), to: timeOf(to, 'to') };
  if (span.from >= span.to) throw new ArgumentError('from', 'is not before to', 'Give from < to.');
  if (!source.between)
    throw new ArgumentError('source', 'cannot be asked for a span', 'Use one that has between().');
  const part = source.between(span.from, span.to);
  const name = `${new Date(span.from).toISOString()}/${new Date(span.to).toISOString()}`;
  return {
    cloud: source.cloud,
    // Its progress is not that of the live feed, and must not be kept in the same state.
    identity: source.identity === undefined ? undefined : `${source.identity}@${name}`,
    open: (saved) => part.open(saved),
  };
}

function timeOf(value: Date | string, path: string): number {
  const zoned = typeof value !== 'string' || /(Z|[+-]\d\d:?\d\d)$/.test(value);
  const time = zoned ? new Date(value).getTime() : Number.NaN;
  if (Number.isNaN(time))
    throw new ArgumentError(path, 'is not a time with its zone', 'Give a Date, or 2026-01-31T00:00:00Z.');
  return time;
}

/**
 * A limiter for the client of a backfill: it passes through the live client's limiter, and takes at most what
 * `liveShare` (0 to 1, default 0.5) leaves of `requestsPerMinute`.
 */
export function reserveForLive(
  live: RateLimiter,
  options: { requestsPerMinute: number; liveShare?: number | undefined; clock?: Clock | undefined },
): RateLimiter {
  const { requestsPerMinute, liveShare = 0.5, clock = systemClock } = options;
  if (!(liveShare >= 0 && liveShare < 1))
    throw new ArgumentError('options.liveShare', `is ${liveShare}`, 'Give 0 to less than 1.');
  const limit = Math.max(1, Math.floor(requestsPerMinute * (1 - liveShare)));
  const own = createRateLimiter({ limit, smooth: true, clock });
  return {
    async acquire(request) {
      await own.acquire(request);
      await live.acquire(request);
    },
    // One service: when it is busy, it is busy for both.
    pauseUntil(ms) {
      own.pauseUntil(ms);
      live.pauseUntil(ms);
    },
  };
}
