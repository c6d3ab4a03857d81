/**
 * Scans a span of Cloud App Security activities anew, by the time at which they were saved, and asks the table for each
 * of them: rows are lost after they were accepted when the workspace's daily cap is reached. Reads only.
 *
 *     pnpm example reconcile-mcas [--emulated] [--from <time>] [--to <time>] [--report-only]
 *
 * The span is the last day up to an hour ago unless given. Needs AUDIT_WORKSPACE_ID and the role Log Analytics
 * Reader. Exit code 1 when a record is missing, unless --report-only. On the emulator, `--collect` fills the table first.
 */
import { memoryState, reconcileRecords, runPipeline } from 'audit-pipeline';
import { logsIngestionSink } from 'audit-pipeline/loganalytics';
import { activityId, activityRow, mcasSource } from 'audit-pipeline/mcas';
import { readArguments } from './lib/arguments.js';
import { askTable, literals } from './lib/ask-table.js';
import { logsFromEnvironment } from './lib/health.js';
import { mcasFromEnvironment } from './lib/mcas.js';
import { runScript } from './lib/script.js';
import { required } from './lib/settings.js';

const hour = 3_600_000;
const table = 'MCAS_Activity_Log_CL';
const { values } = readArguments({
  options: {
    from: { type: 'string', default: new Date(Date.now() - 25 * hour).toISOString() },
    to: { type: 'string', default: new Date(Date.now() - hour).toISOString() },
    collect: { type: 'boolean', default: false },
    'report-only': { type: 'boolean', default: false },
  },
});

async function findRecords(ids: readonly string[]): Promise<ReadonlySet<string>> {
  const kql = `${table} | where ActivityId in (${literals(ids)}) | distinct ActivityId`;
  return new Set((await askTable(kql)).map(([id]) => String(id)));
}

await runScript(async () => {
  const { from, to } = values;
  const source = mcasSource(mcasFromEnvironment(), {
    startFrom: new Date(from),
    maxWindowInMs: 6 * hour,
  });
  if (values.collect) {
    const ruleId = required('AUDIT_LOGS_RULE_ID');
    const { records } = await runPipeline({
      source,
      transform: activityRow(),
      recordId: activityId,
      concurrency: 1,
      sink: logsIngestionSink(logsFromEnvironment(), { ruleId, stream: `Custom-${table}` }),
      state: memoryState(),
      deadLetters: { add: async ({ reason }) => console.error(reason) },
    });
    console.log(`collected: ${records.accepted} rows accepted`);
  }
  const report = await reconcileRecords({ source, from, to, recordId: activityId, findRecords });
  const { records, missing, missingIds, gaps } = report;
  console.log(`${from} to ${to}: ${records} activities, ${missing} of them not in the table`);
  for (const id of missingIds.slice(0, 10)) console.log(`missing  ${id}`);
  if (missing > 10) console.log(`and ${missing - 10} more`);
  for (const gap of gaps) console.log(`not kept ${gap.from} to ${gap.to}: ${gap.reason}`);
  return missing + gaps.length > 0 && !values['report-only'] ? 1 : 0;
});
