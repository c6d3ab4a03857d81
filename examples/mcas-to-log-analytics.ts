/**
 * A durable feed of Cloud App Security activities into Log Analytics, by the time at which they were saved.
 *
 *     pnpm example mcas-to-log-analytics [--emulated] [--folder ./mcas-collector] [--hours 24] [--follow] [--dry-run]
 *       [--deadline 30]
 */
import { createHealth, memoryState, runPipeline } from 'audit-pipeline';
import type { PipelineOptions } from 'audit-pipeline';
import { logsIngestionSink } from 'audit-pipeline/loganalytics';
import { activityId, activityRow, mcasSource } from 'audit-pipeline/mcas';
import type { Activity } from 'mcas-client';
import type { ActivityWindow } from 'mcas-client/feed';
import { readArguments } from './lib/arguments.js';
import { dryRun } from './lib/dry-run.js';
import { durable, summary } from './lib/durable.js';
import { logsFromEnvironment, withHeartbeat } from './lib/health.js';
import { mcasFromEnvironment } from './lib/mcas.js';
import { positive, progress, runScript } from './lib/script.js';
import { required } from './lib/settings.js';

const { values } = readArguments({
  options: {
    folder: { type: 'string', default: 'mcas-collector' },
    hours: { type: 'string' },
    follow: { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
    deadline: { type: 'string' },
  },
});

await runScript(async () => {
  const deadlineInMs = 1000 * (positive('--deadline', values.deadline) ?? 30);
  const { state, deadLetters, drainSignal, abortSignal } = await durable(values.folder, deadlineInMs);
  const logs = logsFromEnvironment();
  const health = createHealth({ collector: 'mcas-to-log-analytics' });
  const tracker = health.track({ tenantId: required('AUDIT_TENANT_ID'), source: 'mcas', types: [''] });
  const target = { ruleId: required('AUDIT_LOGS_RULE_ID'), stream: 'Custom-MCAS_Activity_Log_CL' };
  const hours = positive('--hours', values.hours) ?? 24;
  const dry = values['dry-run'] ? dryRun<Uint8Array>() : undefined;
  const options: PipelineOptions<ActivityWindow, Activity, Uint8Array> = {
    source: mcasSource(mcasFromEnvironment({ events: tracker.events }), {
      startFrom: Date.now() - hours * 3_600_000,
      maxWindowInMs: 6 * 3_600_000,
    }),
    transform: activityRow(),
    recordId: activityId,
    sink: dry ? dry.sink : logsIngestionSink(logs, target),
    state: dry ? memoryState() : state,
    deadLetters: dry ? dry.deadLetters : deadLetters,
    follow: values.follow,
    drainSignal,
    abortSignal,
    onProgress: (one) => progress(summary(one)),
    onDeferred: (unit, error) =>
      console.error(`${unit.id}: ${error instanceof Error ? error.message : 'failed'}`),
  };
  const run = () => runPipeline(tracker.watch(options));
  const report = await (dry ? run() : withHeartbeat(health, logs, run));
  console.log(`${dry ? `dry run, nothing sent (${dry.bytes()} bytes): ` : ''}${summary(report)}`);
  await state.close();
});
