/**
 * A durable feed: every audit record of a tenant into Log Analytics, through crashes and restarts. State and dead
 * letters live in one folder on a local persistent disk; stop it with SIGINT or SIGTERM, start it again, nothing is lost.
 *
 *     pnpm example o365-to-log-analytics [--emulated] [--folder ./collector] [--start-from oldest|now|<time>] [--follow]
 *       [--dry-run] [--keep-dlp-values] [--deadline 30]
 *
 * Matched texts of DLP.All are redacted unless --keep-dlp-values. --dry-run reads what is
 * subscribed, makes rows, and neither sends nor commits.
 */
import { createHealth, memoryState, runPipeline } from 'audit-pipeline';
import type { PipelineOptions } from 'audit-pipeline';
import { logsIngestionSink } from 'audit-pipeline/loganalytics';
import { o365Source, recordId } from 'audit-pipeline/o365';
import { contentTypes } from 'o365-activity-client';
import type { BlobUnit, RawRecord } from 'o365-activity-client';
import { readArguments } from './lib/arguments.js';
import { auditTransform, dlpOptions } from './lib/audit-transform.js';
import { dryRun } from './lib/dry-run.js';
import { durable, summary } from './lib/durable.js';
import { logsFromEnvironment, withHeartbeat } from './lib/health.js';
import { o365FromEnvironment, readable, subscribed } from './lib/o365.js';
import { positive, progress, runScript } from './lib/script.js';
import { required } from './lib/settings.js';

const { values } = readArguments({
  options: {
    folder: { type: 'string', default: 'collector' },
    'start-from': { type: 'string', default: 'oldest' },
    follow: { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
    ...dlpOptions,
    deadline: { type: 'string' },
  },
});

await runScript(async () => {
  const deadlineInMs = 1000 * (positive('--deadline', values.deadline) ?? 30);
  const { state, deadLetters, drainSignal, abortSignal } = await durable(values.folder, deadlineInMs);
  const tenantId = required('AUDIT_TENANT_ID');
  const health = createHealth({ collector: 'o365-to-log-analytics' });
  const tracker = health.track({ tenantId, source: 'o365', types: contentTypes });
  const o365 = o365FromEnvironment(tracker.events);
  const logs = logsFromEnvironment();
  const target = { ruleId: required('AUDIT_LOGS_RULE_ID'), stream: 'Custom-AuditRecords_CL' };
  const dry = values['dry-run'] ? dryRun<Uint8Array>() : undefined;
  const options: PipelineOptions<BlobUnit, RawRecord, Uint8Array> = {
    source: o365Source(o365, {
      tenantId,
      contentTypes: await (dry ? readable : subscribed)(o365),
      startFrom: values['start-from'],
      onContentTypeError: (contentType, error) => console.error(`${contentType}: ${error.message}`),
    }),
    transform: auditTransform(),
    recordId,
    sink: dry ? dry.sink : logsIngestionSink(logs, target),
    state: dry ? memoryState() : state,
    deadLetters: dry ? dry.deadLetters : deadLetters,
    follow: values.follow,
    drainSignal,
    abortSignal,
    onProgress: (one) => progress(summary(one)),
    onGap: ({ from, to, reason }) => console.error(`lost: ${from} to ${to}, ${reason}`),
    onDeferred: (unit, error) =>
      console.error(`${unit.id}: ${error instanceof Error ? error.message : 'failed'}`),
  };
  const run = () => runPipeline(tracker.watch(options));
  const report = await (dry ? run() : withHeartbeat(health, logs, run));
  console.log(`${dry ? `dry run, nothing sent (${dry.bytes()} bytes): ` : ''}${summary(report)}`);
  await state.close();
});
