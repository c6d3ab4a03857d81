/**
 * Alerts as newline-delimited JSON on standard output, untouched; counts on standard error.
 *
 *     pnpm example mcas-alerts-export [--emulated] [--days 30] [--severity high,medium] [--open]
 */
import { Severity } from 'mcas-client';
import type { AlertFilters } from 'mcas-client';
import { readArguments } from './lib/arguments.js';
import { mcasFromEnvironment } from './lib/mcas.js';
import { oneOf, positive, runScript } from './lib/script.js';

const severities = { low: Severity.Low, medium: Severity.Medium, high: Severity.High } as const;

const { values } = readArguments({
  options: {
    days: { type: 'string' },
    severity: { type: 'string' },
    open: { type: 'boolean', default: false },
  },
});

await runScript(async () => {
  const days = positive('--days', values.days) ?? 30;
  const names = Object.keys(severities) as (keyof typeof severities)[];
  const filters: AlertFilters = { date: { gte: Date.now() - days * 86_400_000 } };
  if (values.severity)
    filters.severity = {
      eq: values.severity.split(',').map((name) => severities[oneOf('--severity', name.trim(), names)]),
    };
  if (values.open) filters.alertOpen = { eq: true };
  let count = 0;
  for await (const alert of mcasFromEnvironment().alerts.list({ filters })) {
    process.stdout.write(`${JSON.stringify(alert)}\n`);
    count += 1;
  }
  console.error(`${count} alerts of ${days} days`);
});
