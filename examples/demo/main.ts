/** The main job, end to end over TLS sockets, against an emulated Microsoft: nothing leaves this machine. */
import tls from 'node:tls';
import { createEmulator } from 'audit-emulator';
import { Listr } from 'listr2';
import { mismatch, printResults } from '../lib/flow.js';
import type { FlowContext, FlowResult } from '../lib/flow.js';
import { newRunId } from '../lib/script.js';
import { activityLog } from '../flows/activity-log.js';
import { auditRecords } from '../flows/audit-records.js';
import { shareReport } from '../flows/share-report.js';

const quotaMinuteInMs = 2000;

const emulator = createEmulator({ quotaMinuteInMs });
const listening = await emulator.listen();
tls.setDefaultCACertificates([...tls.getCACertificates('default'), listening.caPem]);
Object.assign(process.env, emulator.env(listening.origin, ''));
delete process.env['NODE_EXTRA_CA_CERTS'];
// Other programs share a tenant's quota: what they use up shows as a refused request now and then.
for (const service of ['mcas', 'management-activity'] as const)
  emulator.faults.add({ service, nth: 2, times: 1, effect: { status: 429, body: throttledBody(service) } });

function throttledBody(service: 'mcas' | 'management-activity'): string {
  return service === 'mcas'
    ? JSON.stringify({ detail: 'Request was throttled. Expected available in 1 second.' })
    : JSON.stringify({ error: { code: 'AF429', message: 'Too many requests.' } });
}

console.log(
  `An emulated Microsoft listens on ${listening.origin} (its own CA, TLS). Nothing leaves this machine.`,
);
console.log(
  `Its quota minute lasts ${quotaMinuteInMs / 1000} seconds, and two requests will be refused as throttled.\n`,
);

const results: FlowResult[] = [];
const flows: [string, (context: FlowContext) => Promise<FlowResult>][] = [
  ['Key Vault → accepted external shares of 3 hours → MCAS_CL (Data Collector API, SharedKey)', shareReport],
  ['Cloud App Security, a day by scan → MCAS_Activity_Log_CL (Logs Ingestion API)', activityLog],
  ['Management Activity, five content types, a day → AuditRecords_CL (Logs Ingestion API)', auditRecords],
];

const tasks = new Listr(
  flows.map(([title, flow]) => ({
    title,
    task: async (_context, task) => {
      const result = await flow({
        runId: newRunId(),
        quotaMinuteInMs,
        progress: (line) => {
          task.output = line;
        },
      });
      results.push(result);
      task.title = `${title}: ${result.accepted} rows`;
    },
  })),
  { concurrent: false, exitOnError: true, fallbackRenderer: 'simple', registerSignalListeners: false },
);

try {
  await tasks.run();
  console.log();
  printResults(results);
  const wrong = results.map(mismatch).filter((line) => line !== undefined);
  // On a tenant nothing may have happened; here there is always something.
  for (const { flow, read } of results) if (read === 0) wrong.push(`${flow}: nothing was read`);
  if (results.every((one) => one.throttled === 0)) wrong.push('no throttled reply was met');
  for (const line of wrong) console.error(line);
  console.log(
    wrong.length > 0
      ? '\nThe numbers do not add up.'
      : '\nEvery record that was read is in its table, once. The same flows run on a real tenant: see docs/setup.md.',
  );
  process.exitCode = wrong.length > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? `\n${error.name}: ${error.message}` : String(error));
  process.exitCode = 1;
} finally {
  await listening.close();
}
