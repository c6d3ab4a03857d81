/**
 * A table from a zod schema (examples/lib/ingest-table.ts): as ARM template or Bicep on standard output, or deployed.
 *
 *     pnpm example define-table [--emulated] [--format arm|bicep] [--tables sample|pipeline]
 *       [--deploy --workspace contoso-sentinel --subscription <id> [--rule dcr-app-sign-ins]]
 *
 * `--tables pipeline` gives all tables of audit-pipeline/tables, with one rule. `--deploy` is for the sample: it finds the workspace by its name, shows what differs, creates or changes table and rule through ARM, and
 * writes three rows. Exit code 1 says what is not found, forbidden or missing.
 */
import { tables } from 'audit-pipeline/tables';
import { LogsIngestionClient } from 'loganalytics-ingest';
import { armTemplate, bicep, driftOf } from 'loganalytics-ingest/tables';
import { readArguments } from './lib/arguments.js';
import { cloudFromEnvironment, credentialFromEnvironment } from './lib/identity.js';
import { MissingError } from './lib/ingest-arm.js';
import { armFromEnvironment } from './lib/ingest-identity.js';
import { isLocal, workspaceFrom } from './lib/ingest-local.js';
import { sampleSignIn, signIns } from './lib/ingest-table.js';
import { oneOf, runScript } from './lib/script.js';
import { optional } from './lib/settings.js';

const { values } = readArguments({
  options: {
    format: { type: 'string', default: 'arm' },
    tables: { type: 'string', default: 'sample' },
    deploy: { type: 'boolean', default: false },
    workspace: { type: 'string' },
    subscription: { type: 'string' },
    rule: { type: 'string', default: 'dcr-app-sign-ins' },
  },
});

async function deploy(): Promise<void> {
  const { subscriptionId, workspace: name } = workspaceFrom(values);
  const arm = armFromEnvironment(subscriptionId);
  const workspace = await arm.findWorkspace(name);
  const keys = await arm.sharedKeys(workspace);
  console.log(`workspace  ${workspace.name} in ${workspace.resourceGroup}, ${workspace.location}`);
  console.log(
    `           id ${workspace.customerId}, both keys readable (${keys.primary.length} characters)`,
  );

  const orNone = (error: unknown): undefined => {
    if (!(error instanceof MissingError)) throw error;
    console.log(`before     ${error.message}`);
    return undefined;
  };
  const table = await arm.table(workspace, signIns.name).catch(orNone);
  const rule = await arm.rule(workspace, values.rule).catch(orNone);
  const before = driftOf(signIns, { table, rule });
  for (const { where, name: what, problem, expected, found } of before)
    console.log(`before     ${where} ${what}: ${problem} (${expected ?? '-'} wanted, ${found ?? '-'} found)`);
  // A table's PUT removes the columns that it does not name, with what is in them.
  if (before.some(({ where, problem }) => where === 'table' && problem === 'extra'))
    throw new Error(
      'The table has columns that the schema has not. Deploying would remove them: add them first.',
    );

  const { ruleId, endpoint } = await arm.deploy(workspace, [signIns], values.rule);
  const now = {
    table: await arm.table(workspace, signIns.name),
    rule: await arm.rule(workspace, values.rule),
  };
  console.log(`deployed   ${signIns.name}: ${driftOf(signIns, now).length} differences left`);
  console.log(`rule       ${ruleId}\nendpoint   ${endpoint}`);

  const own = optional('AUDIT_LOGS_ENDPOINT');
  const logs = new LogsIngestionClient(own && isLocal(own) ? own : endpoint, credentialFromEnvironment(), {
    cloud: cloudFromEnvironment(),
  });
  const rows = [1, 2, 3].map((at) => sampleSignIn(Date.now(), at));
  console.log(
    `rows       ${rows.filter((row) => signIns.validate(row).ok).length} of ${rows.length} are valid`,
  );
  const report = await logs.upload({ ruleId, stream: signIns.stream }, rows);
  console.log(`rows       ${report.accepted} accepted by ${signIns.stream}`);
}

await runScript(async () => {
  const format = oneOf('--format', values.format, ['arm', 'bicep']);
  const which = oneOf('--tables', values.tables, ['sample', 'pipeline']);
  if (values.deploy) {
    if (which === 'pipeline')
      throw new RangeError('--deploy is for the sample: give the template of the others to az deployment.');
    return deploy();
  }
  const chosen = which === 'sample' ? [signIns] : tables;
  console.log(format === 'arm' ? JSON.stringify(armTemplate(chosen), undefined, 2) : bicep(chosen));
});
