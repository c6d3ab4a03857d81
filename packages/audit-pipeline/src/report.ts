import type { Gap } from '@repo/client-core';
import type { SourceProgress } from './ports.js';

/** What one run did. */
export interface PipelineReport {
  units: {
    committed: number;
    /** Never to be read: in the dead letters. */
    failed: number;
    /** Not delivered after several tries and not committed: read again later. */
    deferred: number;
  };
  records: {
    read: number;
    /** Delivered before, by another unit or run: skipped. */
    duplicates: number;
    /** Filtered out by the transform. */
    filtered: number;
    accepted: number;
    /** Dead letters written, whole units not counted. */
    deadLettered: number;
    /** Rows sent again although the sink had accepted them: the unit failed after that. */
    duplicatesSent: number;
    /**
     * At most this many more rows may be in the destination twice: sent again after no answer came, or after a run that
     * did not end cleanly.
     */
    possibleDuplicates: number;
  };
  /** Spans that are lost. */
  gaps: Gap[];
  /** How far each type of the source is. */
  progress: readonly SourceProgress[];
  /** The earliest `completeUntil` of all types, ms since the epoch; absent while one is unknown. */
  completeUntil?: number | undefined;
}

export function emptyReport(): PipelineReport {
  return {
    units: { committed: 0, failed: 0, deferred: 0 },
    records: {
      read: 0,
      duplicates: 0,
      filtered: 0,
      accepted: 0,
      deadLettered: 0,
      duplicatesSent: 0,
      possibleDuplicates: 0,
    },
    gaps: [],
    progress: [],
  };
}

/** The earliest of all types; undefined while one of them is unknown. */
export function completeUntil(progress: readonly SourceProgress[]): number | undefined {
  if (progress.length === 0) return undefined;
  const times = progress.map((type) => type.completeUntil ?? Number.NaN);
  const earliest = Math.min(...times);
  return Number.isNaN(earliest) ? undefined : earliest;
}

/** What a worker, another process, reports on a unit. */
export interface DoneUnit {
  unitId: string;
  /** Why it can never be delivered; it is in the dead letters. */
  failed?: string | undefined;
  /** Rows that the sink accepted; 0 from a worker that does not report it. */
  accepted: number;
  /** Rows and records of it in the dead letters. */
  deadLettered: number;
}
