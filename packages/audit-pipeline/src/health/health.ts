import { systemClock } from '@repo/client-core';
import type { Clock } from '@repo/client-core';
import type { PipelineState } from '../run/run-status.js';
import { healthRow } from './health-row.js';
import type { HealthRow } from './health-row.js';
import { createTracker } from './health-tracker.js';
import type { HealthTracker } from './health-tracker.js';

/** Whose data, and from where. */
export interface HealthSource {
  tenantId: string;
  /** For example `o365` or `mcas`. */
  source: string;
  /** Types that are expected: each has its entry before anything of it is listed. */
  types?: readonly string[] | undefined;
  /** When the collecting identity's certificate ends. */
  certificateExpires?: Date | undefined;
}

/** The state of one type of one source. Times in ms since the epoch, counts since the process began. */
export interface HealthEntry {
  tenantId: string;
  source: string;
  /** Empty for a source without types. */
  type: string;
  /** The last listing that ended well. */
  lastListedAt?: number;
  /** Newest content that has been delivered, by the time the source gives its unit. Empty slices of time do not count. */
  newestAt?: number;
  /**
   * How far behind it is: now minus what is committed through, also after a restart; of a source that does not say that,
   * the age of the oldest unit that is found and not delivered. Absent while nothing was listed: then it is unknown.
   */
  lagInMs?: number | undefined;
  /** Everything that became available before this time is committed. */
  completeUntil?: number | undefined;
  /** How late content may become available and still be part of `completeUntil`. */
  latenessInMs?: number | undefined;
  /** What the pipeline does; `WAITING` too when this type cannot be listed. */
  state?: PipelineState | undefined;
  /** Why it waits, is suspended or failed. */
  stateReason?: string | undefined;
  /** Units found and not delivered. `runPipeline` finds no more than it can take; a planner counts what is on the queue. */
  backlog: number;
  /** Until the first of them can no longer be read; negative once that has passed. */
  oldestUnreadExpiresInMs?: number;
  /** Rows taken by the sink, of units that are committed. */
  accepted: number;
  deadLettered: number;
  /** Of the whole source: a request belongs to no type. */
  throttled: number;
  /** Of the whole source. */
  gaps: number;
  certificateExpiresAt?: number;
}

export interface Health {
  /** Starts to follow one source. */
  track(source: HealthSource): HealthTracker;
  /** How it stands: one entry for each tenant, source and type. */
  report(now?: number): HealthEntry[];
  /** The same as rows of AuditCollectorHealth_CL. */
  rows(now?: number): HealthRow[];
}

export interface HealthOptions {
  /** Name of this collector in its rows. */
  collector: string;
  clock?: Clock | undefined;
}

/** What a collector knows of itself, in memory. After a restart counts begin at 0 and times are unknown. */
export function createHealth(options: HealthOptions): Health {
  const { collector, clock = systemClock } = options;
  const entries: ((now: number) => HealthEntry[])[] = [];
  const report = (now: number = clock.now()): HealthEntry[] => entries.flatMap((one) => one(now));
  return {
    track(source) {
      const { tracker, report: entriesOf } = createTracker(source, clock);
      entries.push(entriesOf);
      return tracker;
    },
    report,
    rows: (now = clock.now()) => report(now).map((entry) => healthRow(entry, collector, now)),
  };
}
