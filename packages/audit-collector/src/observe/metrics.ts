import { Counter, Gauge, Registry } from '@prometheus-io/client';
import { version } from '../version.js';
import type { PipelineEntry, StatusBoard } from './status-board.js';

const states = ['STARTING', 'RUNNING', 'WAITING', 'SUSPENDED', 'FAILED', 'STOPPED'] as const;

/** The collector's metrics in Prometheus' text format, read from its status at each call. */
export function createMetrics(board: StatusBoard, now: () => number): () => Promise<string> {
  const registry = new Registry();
  const labels = ['pipeline', 'tenant'];
  const shared = { registers: [registry] };
  const records = new Counter({
    ...shared,
    name: 'audit_collector_records_total',
    help: 'Records by what became of them.',
    labelNames: [...labels, 'result'],
  });
  const units = new Counter({
    ...shared,
    name: 'audit_collector_units_total',
    help: 'Units of work by what became of them.',
    labelNames: [...labels, 'result'],
  });
  const gaps = new Counter({
    ...shared,
    name: 'audit_collector_gaps_total',
    help: 'Spans of time that are lost.',
    labelNames: labels,
  });
  const state = new Gauge({
    ...shared,
    name: 'audit_collector_pipeline_state',
    help: 'Whether the pipeline is in this state: 0 or 1.',
    labelNames: [...labels, 'state'],
  });
  const lag = new Gauge({
    ...shared,
    name: 'audit_collector_source_lag_seconds',
    help: 'Now less the time up to which everything of this type is committed. Absent while that is unknown.',
    labelNames: [...labels, 'type'],
  });
  new Gauge({
    ...shared,
    name: 'audit_collector_build_info',
    help: 'The version that runs; always 1.',
    labelNames: ['version'],
  }).set({ version }, 1);
  return async () => {
    for (const metric of [records, units, gaps, state, lag]) metric.reset();
    for (const entry of board.entries()) {
      const [pipeline = '', tenant = ''] = entry.pipeline.split('/');
      const own = { pipeline, tenant };
      for (const [result, count] of Object.entries(getRecords(entry))) records.inc({ ...own, result }, count);
      for (const [result, count] of Object.entries(getUnits(entry))) units.inc({ ...own, result }, count);
      gaps.inc(own, entry.gaps);
      for (const { type, completeUntil } of entry.progress)
        if (completeUntil !== undefined) lag.set({ ...own, type }, (now() - completeUntil) / 1000);
      for (const name of states) state.set({ ...own, state: name }, entry.state === name ? 1 : 0);
    }
    return await registry.metrics();
  };
}

function getRecords({ records }: PipelineEntry): Record<string, number> {
  const { accepted, duplicates, filtered, deadLettered } = records;
  return { accepted, duplicate: duplicates, filtered, dead_letter: deadLettered };
}

function getUnits({ units }: PipelineEntry): Record<string, number> {
  return { committed: units.committed, deferred: units.deferred, unreadable: units.failed };
}
