import { supervise } from 'audit-pipeline';
import type { PipelineReport } from 'audit-pipeline';
import type { BuildContext } from '../build/build-context.js';
import { createPipelines } from '../build/create-pipelines.js';
import type { CreatePipelinesOptions } from '../build/create-pipelines.js';
import type { CollectorConfig } from '../config/types.js';

interface RunCollectorOptions extends CreatePipelinesOptions {
  drainSignal?: AbortSignal | undefined;
  abortSignal?: AbortSignal | undefined;
  onProgress?(name: string, report: PipelineReport): void;
  /** A pipeline failed and is started again after a pause, unless it was its last try. */
  onFailure?(name: string, error: unknown): void;
}

/** What became of one pipeline of one tenant. */
export interface PipelineOutcome {
  name: string;
  report?: PipelineReport | undefined;
  error?: unknown;
}

/**
 * Runs every pipeline of the configuration side by side until they end (without `follow`), or until a signal. A
 * pipeline that fails delays no other.
 */
export async function runCollector(
  config: CollectorConfig,
  context: BuildContext,
  options: RunCollectorOptions,
): Promise<PipelineOutcome[]> {
  const pipelines = await createPipelines(config, context, options);
  try {
    return await supervise(pipelines, {
      maxRestarts: options.follow ? Infinity : 0,
      ...(context.clock && { clock: context.clock }),
      ...(options.drainSignal && { drainSignal: options.drainSignal }),
      ...(options.abortSignal && { abortSignal: options.abortSignal }),
      onProgress: (name, report) => options.onProgress?.(name, report),
      onFailure: (name, error) => options.onFailure?.(name, error),
    });
  } finally {
    for (const pipeline of pipelines) await pipeline.close();
  }
}
