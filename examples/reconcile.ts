/**
 * Lists a span anew and compares each content blob with the collector's ledger and with the table, and names each
 * difference: rows are lost after they were accepted when the workspace's daily cap is reached. Reads only. For Cloud
 * App Security: reconcile-mcas.
 *
 *     pnpm example reconcile [--emulated] [--folder ./collector] [--from <time>] [--to <time>] [--report-only]
 *
 * The folder is that of o365-to-log-analytics, which may be running; the span is the last day up to an hour ago unless
 * given. Asking the table needs AUDIT_WORKSPACE_ID and the role Log Analytics Reader. Exit code 1 when there is
 * a difference, or a part that cannot be checked, unless --report-only. On the emulator, `--collect` fills the folder first.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileDeadLetters, reconcile, runPipeline, sqliteState } from 'audit-pipeline';
import type { Difference } from 'audit-pipeline';
import { recordId } from 'audit-pipeline/o365';
import { readArguments } from './lib/arguments.js';
import { askTable, literals } from './lib/ask-table.js';
import { auditTransform, dlpOptions } from './lib/audit-transform.js';
import { auditSink, auditSource } from './lib/azure-units.js';
import { o365FromEnvironment, readable, subscribed } from './lib/o365.js';
import { runScript } from './lib/script.js';

const hour = 3_600_000;
const { values } = readArguments({
  options: {
    folder: { type: 'string' },
    from: { type: 'string', default: new Date(Date.now() - 25 * hour).toISOString() },
    to: { type: 'string', default: new Date(Date.now() - hour).toISOString() },
    collect: { type: 'boolean', default: false },
    ...dlpOptions,
    'report-only': { type: 'boolean', default: false },
  },
});

function lineOf(one: Difference): string {
  switch (one.kind) {
    case 'not-committed':
      return `not committed  ${one.unitId}: ${one.records} records`;
    case 'unreadable':
      return `unreadable     ${one.unitId}: ${one.reason}`;
    case 'rows-missing':
      return `rows missing   ${one.unitId}: ${one.records} records, ${one.rows} rows, at least ${one.lost} lost`;
    case 'rows-extra':
      return `rows extra     ${one.unitId}: ${one.records} records, ${one.rows} rows`;
  }
}

/** Each record once, however often it was delivered. */
async function countRows(unitIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const kql = `AuditRecords_CL | where UnitId in (${literals(unitIds)}) | extend Key = iff(isempty(RecordId), tostring(Record), RecordId) | distinct UnitId, Key | summarize Rows = count() by UnitId`;
  return new Map((await askTable(kql)).map((row) => row as [string, number]));
}

await runScript(async () => {
  const own = values.collect && !values.folder ? await mkdtemp(join(tmpdir(), 'reconcile-')) : undefined;
  const folder = values.folder ?? own ?? 'collector';
  const state = await sqliteState(join(folder, 'state.db'));
  try {
    const o365 = o365FromEnvironment();
    const source = auditSource(o365, values.collect ? await subscribed(o365) : await readable(o365));
    if (values.collect) {
      const deadLetters = await fileDeadLetters(join(folder, 'dead-letters'));
      const sink = auditSink();
      const transform = auditTransform();
      const { records } = await runPipeline({ source, transform, recordId, sink, state, deadLetters });
      console.log(`collected: ${records.accepted} rows accepted`);
    }
    const { from, to } = values;
    const report = await reconcile({ source, state, from, to, recordId, countRows });
    const { units, records, rows, differences, gaps } = report;
    console.log(`${from} to ${to}: ${units} units, ${records} records, ${rows} rows in the table`);
    for (const one of differences) console.log(lineOf(one));
    for (const gap of gaps) console.log(`not listed     ${gap.from} to ${gap.to}: ${gap.reason}`);
    console.log(differences.length === 0 ? 'no difference' : `${differences.length} units differ`);
    return differences.length + gaps.length > 0 && !values['report-only'] ? 1 : 0;
  } finally {
    await state.close();
    if (own) await rm(own, { recursive: true });
  }
});
