/**
 * What is right and what an administrator must do, before the first record is collected. Reads only, unless
 * --write-test sends one marked row. Exit code 1 on any red line.
 *
 *     pnpm example check-setup [--emulated] [--type Audit.Exchange ...] [--quiet-hours 24] [--no-mcas] [--write-test]
 */
import { LogsIngestionClient } from 'loganalytics-ingest';
import { ContentType, contentTypes } from 'o365-activity-client';
import { readArguments } from './lib/arguments.js';
import { cloudFromEnvironment, credentialFromEnvironment } from './lib/identity.js';
import { mcasFromEnvironment } from './lib/mcas.js';
import { o365FromEnvironment } from './lib/o365.js';
import { newRunId, positive, runScript } from './lib/script.js';
import { optional, required } from './lib/settings.js';
import { lineOf, note } from './lib/setup/findings.js';
import type { Finding } from './lib/setup/findings.js';
import { checkO365 } from './lib/setup/o365.js';
import { checkMcas, writeTest } from './lib/setup/others.js';
import { checkClock, checkProxy } from './lib/setup/surroundings.js';
import { checkToken } from './lib/setup/token.js';

const { values } = readArguments({
  allowNegative: true,
  options: {
    type: { type: 'string', multiple: true, default: [...contentTypes] },
    'quiet-hours': { type: 'string' },
    mcas: { type: 'boolean', default: true },
    'write-test': { type: 'boolean', default: false },
  },
});

await runScript(async () => {
  const findings: Finding[] = [];
  const say = (...lines: Finding[]): void => {
    findings.push(...lines);
    for (const line of lines) console.log(lineOf(line));
  };
  const now = Date.now();
  const cloud = cloudFromEnvironment();
  const credential = credentialFromEnvironment(cloud);
  const tenantId = required('AUDIT_TENANT_ID');

  say(checkProxy(process.env), await checkClock(cloud.authority, tenantId));
  const dlp = values.type.includes(ContentType.Dlp);
  const permissions = [['ActivityFeed.Read'], ...(dlp ? [['ActivityFeed.ReadDlp']] : [])];
  const scope = `${new URL(cloud.activityEndpoint).origin}/.default`;
  say(...(await checkToken(credential, { api: 'Management Activity', scope, tenantId, permissions })));
  const quietAfterHours = positive('--quiet-hours', values['quiet-hours']) ?? 24;
  say(...(await checkO365(o365FromEnvironment(), { types: values.type, quietAfterHours, now })));

  if (values.mcas) say(await checkMcas(mcasFromEnvironment(), now));
  else say(note('Cloud App Security: not asked for'));

  const ingestion = { api: 'Logs Ingestion', scope: `${cloud.logsIngestionAudience}/.default`, tenantId };
  say(...(await checkToken(credential, { ...ingestion, permissions: [] })));
  if (values['write-test']) {
    const logs = new LogsIngestionClient(required('AUDIT_LOGS_ENDPOINT'), credential, { cloud });
    const stream = optional('LOGS_INGESTION_STREAM') ?? 'Custom-AuditRecords_CL';
    const row = {
      TimeGenerated: new Date(now).toISOString(),
      RecordId: newRunId(),
      Operation: 'check-setup',
    };
    say(await writeTest(logs, { ruleId: required('AUDIT_LOGS_RULE_ID'), stream }, row));
  } else say(note('ingestion: rule, stream and role are not tried without --write-test'));

  const red = findings.filter((one) => one.level === 'bad').length;
  console.log(red === 0 ? '\nNothing to do.' : `\n${red} to do.`);
  return red === 0 ? 0 : 1;
});
