import type { PipelineReport, PipelineStatus } from 'audit-pipeline';
import { formatReason } from '../run/format-outcome.js';

/** What one pipeline of one tenant is doing. No content, no secrets. */
export interface PipelineEntry {
  pipeline: string;
  state: PipelineStatus['state'];
  /** Why it waits, is suspended or failed. */
  reason?: string | undefined;
  /** Since when it is in this state, ISO 8601. */
  since: string;
  units: PipelineReport['units'];
  records: PipelineReport['records'];
  gaps: number;
  /** How far each type is. */
  progress: PipelineReport['progress'];
  lastError?: string | undefined;
}

/** What a collector is doing, for people and probes. */
export interface StatusBoard {
  entries(): PipelineEntry[];
  /** Why the collector is not ready, a line each; empty when it is. */
  problems(): string[];
  onStatus(name: string, status: PipelineStatus): void;
  onProgress(name: string, report: PipelineReport): void;
  onFailure(name: string, error: unknown): void;
}

const emptyUnits = { committed: 0, failed: 0, deferred: 0 };
const emptyRecords = {
  read: 0,
  duplicates: 0,
  filtered: 0,
  accepted: 0,
  deadLettered: 0,
  duplicatesSent: 0,
  possibleDuplicates: 0,
};

export function createStatusBoard(names: readonly string[], now: () => number): StatusBoard {
  const since = (): string => new Date(now()).toISOString();
  const entries = new Map<string, PipelineEntry>(
    names.map((pipeline) => [
      pipeline,
      {
        pipeline,
        state: 'STARTING',
        since: since(),
        units: emptyUnits,
        records: emptyRecords,
        gaps: 0,
        progress: [],
      },
    ]),
  );
  const change = (name: string, part: Partial<PipelineEntry>): void => {
    const entry = entries.get(name);
    if (entry) entries.set(name, { ...entry, ...part });
  };
  return {
    entries: () => [...entries.values()],
    problems: () =>
      [...entries.values()]
        .filter(({ state }) => state === 'SUSPENDED' || state === 'FAILED' || state === 'WAITING')
        .map(({ pipeline, state, reason }) => `${pipeline} is ${state}${reason ? `: ${reason}` : ''}`),
    onStatus(name, { state, reason }) {
      const same = entries.get(name)?.state === state;
      change(name, { state, reason, ...(!same && { since: since() }) });
    },
    onProgress: (name, { units, records, gaps, progress }) =>
      change(name, { units: { ...units }, records: { ...records }, gaps: gaps.length, progress }),
    onFailure: (name, error) => change(name, { lastError: formatReason(error) }),
  };
}
