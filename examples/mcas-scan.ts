/**
 * Scans the activities of one application and prints what each page brought.
 *
 *     pnpm example mcas-scan [--emulated] [--hours 24] [--app SharePointOnline] [--limit 5000]
 */
import { Service } from 'mcas-client';
import { readArguments } from './lib/arguments.js';
import { mcasFromEnvironment } from './lib/mcas.js';
import { oneOf, positive, runScript } from './lib/script.js';

const { values } = readArguments({
  options: {
    hours: { type: 'string' },
    app: { type: 'string', default: 'SharePointOnline' },
    limit: { type: 'string' },
  },
});

await runScript(async () => {
  const hours = positive('--hours', values.hours) ?? 24;
  const app = oneOf('--app', values.app, Object.keys(Service) as (keyof typeof Service)[]);
  const mcas = mcasFromEnvironment();
  const query = {
    filters: { service: { eq: [Service[app]] }, date: { gte: Date.now() - hours * 3_600_000 } },
    limit: positive('--limit', values.limit) ?? 5000,
  };
  const day = new Map<string, number>();
  let pages = 0;
  let total = 0;
  for await (const page of mcas.activities.scan(query).byPage()) {
    pages += 1;
    total += page.items.length;
    const times = page.items.map((activity) => activity.timestamp).sort((a, b) => a - b);
    const span = times.length > 0 ? `${iso(times[0])} to ${iso(times.at(-1))}` : 'nothing';
    console.log(
      `page ${pages}: ${page.items.length} activities, ${page.duplicates} repeated; ${span}; ${page.continuationToken ? 'there is more' : 'the end'}`,
    );
    for (const { mainInfo } of page.items) {
      const operation = mainInfo?.rawOperationName ?? '(no operation)';
      day.set(operation, (day.get(operation) ?? 0) + 1);
    }
  }
  console.log(`${total} activities of ${app} in ${hours} hours, ${pages} pages`);
  for (const [operation, count] of [...day].sort((a, b) => b[1] - a[1]))
    console.log(`  ${count}  ${operation}`);
});

function iso(ms: number | undefined): string {
  return new Date(ms ?? 0).toISOString();
}
