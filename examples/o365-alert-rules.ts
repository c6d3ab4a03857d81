/**
 * Looks for attacks in the audit records of the last days with the rules of `audit-rules`, and with Sigma files of your
 * own. One line of JSON per alert on standard output.
 *
 *     pnpm example o365-alert-rules [--emulated] [--hours 168] [--follow] [--domain contoso.com] [--rules <folder>]
 */
import { createDetector, loadRules, starterRules } from 'audit-rules';
import type { Alert } from 'audit-rules';
import { readArguments } from './lib/arguments.js';
import { o365FromEnvironment, subscribed } from './lib/o365.js';
import { positive, progress, runScript } from './lib/script.js';

const { values } = readArguments({
  options: {
    hours: { type: 'string' },
    follow: { type: 'boolean', default: false },
    domain: { type: 'string', multiple: true },
    rules: { type: 'string', multiple: true },
  },
});

await runScript(async () => {
  const hours = Math.min(positive('--hours', values.hours) ?? 168, 168);
  const o365 = o365FromEnvironment();
  const contentTypes = await subscribed(o365);
  const tenant = { domains: values.domain };
  const rules = await loadRules([starterRules, ...(values.rules ?? [])], { tenant });
  for (const { title, reason } of rules.blind({ contentTypes }))
    console.error(`cannot fire: ${title}: ${reason}`);

  const detector = createDetector(rules);
  const counts = new Map<string, number>();
  const print = (alerts: readonly Alert[]): void => {
    for (const alert of alerts) {
      counts.set(alert.title, (counts.get(alert.title) ?? 0) + 1);
      process.stdout.write(`${JSON.stringify(alert)}\n`);
    }
  };
  const pages = o365.records.follow({
    contentTypes,
    startFrom: new Date(Date.now() - hours * 3_600_000),
    untilCaughtUp: !values.follow,
    // The seventh day may end while it is read: what is lost is said.
    onGap: (gap) => console.error(`no longer listed: ${gap.from} to ${gap.to}`),
    onBlobError: (_blob, error) => {
      console.error(error.message);
      return 'skip';
    },
  });
  for await (const page of pages) {
    for (const record of page.items) print(detector.push(record));
    print(detector.flush());
    progress(`${detector.health().records} records`);
  }
  console.error(`\n${detector.health().records} records`);
  for (const [title, count] of counts) console.error(`  ${count}  ${title}`);
});
