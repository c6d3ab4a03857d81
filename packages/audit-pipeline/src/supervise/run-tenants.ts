import { ArgumentError, systemClock } from '@repo/client-core';
import type { Clock } from '@repo/client-core';
import { checkClouds } from '../run/check-clouds.js';
import type { State, Unit } from '../ports.js';
import type { PipelineReport } from '../report.js';
import { runPipeline } from '../run/run-pipeline.js';
import type { PipelineOptions } from '../run/pipeline-options.js';

/** One tenant's pipeline: its own source, credential, quota, state and destination. */
export interface Tenant {
  readonly name: string;
  readonly state: State;
  run(signals: {
    drainSignal?: AbortSignal;
    abortSignal?: AbortSignal;
    onProgress(report: PipelineReport): void;
  }): Promise<PipelineReport>;
}

/** Throws ArgumentError at once when the data would leave its cloud. */
export function tenant<U extends Unit, R, Row>(
  name: string,
  options: Omit<PipelineOptions<U, R, Row>, 'drainSignal' | 'abortSignal'>,
): Tenant {
  checkClouds(options.source, options.sink, options.allowCrossCloud);
  return {
    name,
    state: options.state,
    run: (signals) =>
      runPipeline({
        ...options,
        ...signals,
        onProgress: (report) => {
          signals.onProgress(report);
          options.onProgress?.(report);
        },
      }),
  };
}

export interface TenantsOptions {
  /** Pause before a tenant that failed is started again, doubled up to an hour. Default one minute. */
  restartDelayInMs?: number;
  /** Starts again after failures with nothing committed between. Default 5; Infinity never gives a tenant up. */
  maxRestarts?: number;
  clock?: Clock;
  drainSignal?: AbortSignal;
  abortSignal?: AbortSignal;
  onProgress?(name: string, report: PipelineReport): void;
  /** A tenant has failed; it is started again unless it was given up. */
  onFailure?(name: string, error: unknown, givenUp: boolean): void;
}

/** What has become of one tenant. */
export interface TenantOutcome {
  name: string;
  /** Of its last start; absent when that failed. */
  report?: PipelineReport;
  /** Why it was given up. */
  error?: unknown;
}

/**
 * Many tenants in one process, each by itself: one that fails, waits or is throttled delays no other. Resolves when
 * every tenant has ended; rejects only for wrong arguments, and with the reason of `abortSignal`.
 */
export async function runTenants(
  tenants: readonly Tenant[],
  options: TenantsOptions = {},
): Promise<TenantOutcome[]> {
  unique(
    tenants.map(({ name }) => name),
    'name',
  );
  unique(
    tenants.map(({ state }) => state),
    'state',
  );
  const outcomes = await Promise.all(tenants.map((one) => runOne(one, options)));
  options.abortSignal?.throwIfAborted();
  return outcomes;
}

async function runOne(one: Tenant, options: TenantsOptions): Promise<TenantOutcome> {
  const { restartDelayInMs = 60_000, maxRestarts = 5, clock = systemClock } = options;
  const { drainSignal, abortSignal, onProgress, onFailure } = options;
  const signals = { ...(drainSignal && { drainSignal }), ...(abortSignal && { abortSignal }) };
  const ends = AbortSignal.any([drainSignal, abortSignal].filter((signal) => signal !== undefined));
  for (let failures = 1; ; failures += 1) {
    let moved = false;
    try {
      const report = await one.run({
        ...signals,
        onProgress: (progress) => {
          moved ||= progress.units.committed > 0;
          onProgress?.(one.name, progress);
        },
      });
      return { name: one.name, report };
    } catch (error) {
      if (moved) failures = 1;
      const givenUp = ends.aborted || failures > maxRestarts;
      try {
        onFailure?.(one.name, error, givenUp);
      } catch {
        // What a callback throws must not end the others.
      }
      if (givenUp) return { name: one.name, error };
      const pause = Math.min(3_600_000, restartDelayInMs * 2 ** (failures - 1));
      const rested = await clock.sleep(pause, ends).then(
        () => true,
        () => false,
      );
      if (!rested) return { name: one.name, error };
    }
  }
}

function unique(values: readonly unknown[], what: string): void {
  if (new Set(values).size < values.length)
    throw new ArgumentError('tenants', `two have the same ${what}`, 'Give each tenant its own.');
}
