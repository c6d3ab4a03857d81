/**
 * Looks for six patterns in the audit records of the last days: password spray, mass download, forwarding rule,
 * admin consent, external sharing, DLP hit. One line of JSON per alert on standard output.
 *
 *     pnpm example o365-alert-rules [--emulated] [--hours 168] [--follow]
 */
import type { AuditRecord } from 'o365-activity-client/records';
import { createAlerter } from './lib/alerts/engine.js';
import { alertRules } from './lib/alerts/rules.js';
import { readArguments } from './lib/arguments.js';
import { o365FromEnvironment, subscribed } from './lib/o365.js';
import { positive, progress, runScript } from './lib/script.js';

const { values } = readArguments({
  options: { hours: { type: 'string' }, follow: { type: 'boolean', default: false } },
});

await runScript(async () => {
  const hours = Math.min(positive('--hours', values.hours) ?? 168, 168);
  const o365 = o365FromEnvironment();
  const contentTypes = await subscribed(o365);
  const alerter = createAlerter(alertRules, Date.now);
  const counts = new Map<string, number>();
  let records = 0;
  function look(record: AuditRecord): void {
    records += 1;
    if (records % 100 === 0) progress(`${records} records`);
    for (const { lagInMs, ...alert } of alerter(record)) {
      counts.set(alert.rule, (counts.get(alert.rule) ?? 0) + 1);
      process.stdout.write(`${JSON.stringify({ ...alert, lagInMinutes: Math.round(lagInMs / 60_000) })}\n`);
    }
  }

  const startFrom = new Date(Date.now() - hours * 3_600_000);
  // The seventh day may end while it is read: what is lost is said.
  const onGap = (gap: { from: string; to: string }): void => {
    console.error(`no longer listed: ${gap.from} to ${gap.to}`);
  };
  const onBlobError = (_: unknown, error: Error): 'skip' => {
    console.error(error.message);
    return 'skip';
  };
  for await (const page of o365.records.follow({
    contentTypes,
    startFrom,
    untilCaughtUp: !values.follow,
    onGap,
    onBlobError,
  }))
    page.items.forEach(look);
  console.error(`\n${records} records, ${[...counts.values()].reduce((sum, one) => sum + one, 0)} alerts`);
  for (const { name } of alertRules) console.error(`  ${counts.get(name) ?? 0}  ${name}`);
});
