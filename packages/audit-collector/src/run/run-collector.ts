import { supervise } from 'audit-pipeline';
import type { PipelineOutcome } from 'audit-pipeline';
import type { BuildContext } from '../build/build-context.js';
import { createPipelines } from '../build/create-pipelines.js';
import type { CreatePipelinesOptions } from '../build/create-pipelines.js';
import { parseDuration } from '../config/schema/values.js';
import type { CollectorConfig } from '../config/types.js';
import { startHttpServer } from '../observe/http-server.js';
import { createMetrics } from '../observe/metrics.js';
import { createStatusBoard } from '../observe/status-board.js';

interface RunCollectorOptions extends CreatePipelinesOptions {
  drainSignal?: AbortSignal | undefined;
  abortSignal?: AbortSignal | undefined;
  /** A run of a pipeline failed; while following it is started again after a pause. */
  onFailure?(name: string, error: unknown): void;
  /** Health and metrics are served on this port. */
  onListening?(port: number): void;
}

/** Between starts of a pipeline that failed: a secret that is renewed at night heals within this time. */
const maxRestartDelayInMs = 300_000;

/**
 * Runs every pipeline of the configuration side by side until they end (without `follow`), or until a signal. A
 * pipeline that fails delays no other, and while following it is started again for as long as it takes.
 */
export async function runCollector(
  config: CollectorConfig,
  context: BuildContext,
  options: RunCollectorOptions,
): Promise<PipelineOutcome[]> {
  const pipelines = await createPipelines(config, context, options);
  const now = (): number => context.clock?.now() ?? Date.now();
  const board = createStatusBoard(
    pipelines.map(({ name }) => name),
    now,
  );
  const listen = config.http?.listen;
  const server = listen
    ? await startHttpServer({ listen, board, metrics: createMetrics(board, now) })
    : undefined;
  if (server) options.onListening?.(server.port);
  try {
    return await supervise(pipelines, {
      maxRetries: options.follow ? undefined : 0,
      restartDelayInMs: 10_000,
      maxRestartDelayInMs,
      clock: context.clock,
      drainSignal: options.drainSignal,
      drainTimeoutInMs: parseDuration(config.shutdown?.drainTimeout ?? '25s'),
      abortSignal: options.abortSignal,
      onStatus: board.onStatus,
      onProgress: board.onProgress,
      onFailure: (name, error) => {
        board.onFailure(name, error);
        options.onFailure?.(name, error);
      },
    });
  } finally {
    await server?.close();
    for (const pipeline of pipelines) await pipeline.close();
  }
}
