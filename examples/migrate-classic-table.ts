/**
 * From a table of the Data Collector API to the Logs Ingestion API: the plan, and on wish the deed.
 *
 *     pnpm example migrate-classic-table [--emulated]
 *       --json table.json                                     plan only, offline
 *       --table Old_CL --workspace <name> --subscription <id>  the same from ARM
 *       [--time EventTime]    property that was the time-generated-field
 *       [--keep Count=Count_d ...]   of a property with several columns, the one to go on with
 *       [--apply in-place|side-by-side] [--rule dcr-old]
 *
 * Without arguments, on the emulator only: a classic table is filled, migrated in place, and filled the other way.
 */
import { readFile } from 'node:fs/promises';
import { DataCollectorClient, LogsIngestionClient } from 'loganalytics-ingest';
import { migrationPlan } from 'loganalytics-ingest/tables';
import type { MigrationPlan } from 'loganalytics-ingest/tables';
import { LogsQueryClient } from '@azure/monitor-query-logs';
import { readArguments } from './lib/arguments.js';
import { cloudFromEnvironment, credentialFromEnvironment } from './lib/identity.js';
import type { Arm, DeployedWay, Workspace } from './lib/ingest-arm.js';
import { armFromEnvironment } from './lib/ingest-identity.js';
import { isLocal, workspaceFrom } from './lib/ingest-local.js';
import { describePlan, pairs, ways } from './lib/ingest-migration.js';
import type { Way } from './lib/ingest-migration.js';
import { oneOf, runScript } from './lib/script.js';
import { optional, required } from './lib/settings.js';

const { values } = readArguments({
  options: {
    json: { type: 'string' },
    table: { type: 'string' },
    workspace: { type: 'string' },
    subscription: { type: 'string' },
    time: { type: 'string' },
    keep: { type: 'string', multiple: true, default: [] },
    apply: { type: 'string' },
    rule: { type: 'string' },
  },
});

function planOf(json: unknown, timeGeneratedFrom = values.time): MigrationPlan {
  return migrationPlan(json, {
    keep: pairs(values.keep),
    ...(timeGeneratedFrom !== undefined && { timeGeneratedFrom }),
  });
}

async function apply(plan: MigrationPlan, way: Way, arm: Arm, workspace: Workspace): Promise<DeployedWay> {
  if (way === 'in-place' && plan.classic) await arm.migrate(workspace, plan.table);
  const part = way === 'in-place' ? plan.inPlace : plan.sideBySide;
  const rule = values.rule ?? `dcr-${part.name.toLowerCase().replaceAll('_', '-')}`;
  const made = await arm.deploy(workspace, [part], rule);
  console.log(
    `\n${way}: done. Give the identity that writes Monitoring Metrics Publisher on ${rule}, then send the`,
  );
  console.log(`same rows to ${part.dataFlow().streams.join()} of ${made.ruleId}\nat ${made.endpoint}`);
  return made;
}

/** The same row by both APIs, before and after. */
async function rehearse(arm: Arm, workspace: Workspace): Promise<void> {
  const name = 'Rehearsal_CL';
  const EventTime = new Date(Date.now() - 60_000).toISOString();
  const row = { EventTime, Message: 'Grüße', Count: 3, Ok: true, Computer: 'host1' };
  const { primary } = await arm.sharedKeys(workspace);
  const endpoint = required('AUDIT_LOGS_ENDPOINT');
  const cloud = cloudFromEnvironment();
  const classic = new DataCollectorClient(workspace.customerId, primary, { endpoint, cloud });
  await classic.upload({ logType: 'Rehearsal', timeGeneratedField: 'EventTime' }, [row]);
  const plan = planOf(await arm.table(workspace, name), 'EventTime');
  console.log(describePlan(plan).join('\n'));
  const { ruleId } = await apply(plan, 'in-place', arm, workspace);
  const credential = credentialFromEnvironment(cloud);
  const [stream = ''] = plan.inPlace.dataFlow().streams;
  await new LogsIngestionClient(endpoint, credential, { cloud }).upload({ ruleId, stream }, [row]);
  const query = new LogsQueryClient(credential, { endpoint: `${endpoint}/v1` });
  const columns = plan.columns.map((column) => column.classic).join(', ');
  const kql = `${name} | project ${columns}`;
  const result = await query.queryWorkspace(workspace.customerId, kql, { duration: 'PT1H' });
  const [first, second] = ('tables' in result ? result.tables : []).flatMap((table) => table.rows);
  console.log(`\n${kql}\n  Data Collector API:  ${JSON.stringify(first)}`);
  console.log(`  Logs Ingestion API:  ${JSON.stringify(second)}`);
  if (JSON.stringify(first) !== JSON.stringify(second)) throw new Error('The two rows differ.');
  console.log('The same columns hold the same values.');
}

await runScript(async () => {
  const way = values.apply === undefined ? undefined : oneOf('--apply', values.apply, ways);
  if (values.json !== undefined) {
    if (way) throw new RangeError('--apply needs --table: a file cannot be migrated.');
    console.log(describePlan(planOf(JSON.parse(await readFile(values.json, 'utf8')))).join('\n'));
    return;
  }
  const rehearsal = values.table === undefined && isLocal(optional('AUDIT_EMULATOR'));
  if (values.table === undefined && !rehearsal) throw new RangeError('Give --table or --json.');
  const { subscriptionId, workspace: name } = workspaceFrom(values);
  const arm = armFromEnvironment(subscriptionId);
  const workspace = await arm.findWorkspace(name);
  if (values.table === undefined) return rehearse(arm, workspace);
  const plan = planOf(await arm.table(workspace, values.table));
  console.log(describePlan(plan).join('\n'));
  if (way) await apply(plan, way, arm, workspace);
});
