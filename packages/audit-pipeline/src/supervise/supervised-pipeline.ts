import type { RateLimiter } from '@repo/client-core';
import type { State, Unit } from '../ports.js';
import type { PipelineReport } from '../report.js';
import { checkClouds } from '../run/check-clouds.js';
import type { PipelineOptions } from '../run/pipeline-options.js';
import { runPipeline } from '../run/run-pipeline.js';
import type { PipelineStatus } from '../run/run-status.js';

/** What a supervisor gives each run of a pipeline. */
export interface RunContext {
  drainSignal?: AbortSignal | undefined;
  drainTimeoutInMs?: number | undefined;
  abortSignal?: AbortSignal | undefined;
  onProgress(report: PipelineReport): void;
  onStatus(status: PipelineStatus): void;
}

/** One pipeline under a supervisor: its own source, credential, state and destination. */
export interface SupervisedPipeline {
  readonly name: string;
  readonly state: State;
  run(context: RunContext): Promise<PipelineReport>;
  /** Called with the states between two runs: SUSPENDED, FAILED, STOPPED. */
  onStatus?(status: PipelineStatus): void;
}

/** The options of a pipeline that are not the supervisor's. */
export type SupervisedOptions<U extends Unit, R, Row> = Omit<
  PipelineOptions<U, R, Row>,
  'drainSignal' | 'drainTimeoutInMs' | 'abortSignal'
>;

/** Throws ArgumentError immediately when the data would leave its cloud. */
export function supervisedPipeline<U extends Unit, R, Row>(
  name: string,
  options: SupervisedOptions<U, R, Row>,
): SupervisedPipeline {
  checkClouds(options.source, options.sink, options.allowCrossCloud);
  return {
    name,
    state: options.state,
    onStatus: (status) => options.onStatus?.(status),
    run: (context) =>
      runPipeline({
        ...options,
        ...context,
        onProgress: (report) => {
          context.onProgress(report);
          options.onProgress?.(report);
        },
        onStatus: (status) => {
          context.onStatus(status);
          options.onStatus?.(status);
        },
      }),
  };
}

/** One limiter for each tenant: its clients share the quota, and no tenant waits for another. */
export function limiterPerTenant(create: (tenant: string) => RateLimiter): (tenant: string) => RateLimiter {
  const limiters = new Map<string, RateLimiter>();
  return (tenant) => {
    const known = limiters.get(tenant) ?? create(tenant);
    limiters.set(tenant, known);
    return known;
  };
}
