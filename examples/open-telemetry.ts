/**
 * Metrics and traces of what the clients do, by the official SDK packages. Prints both; a service exports them
 * by OTLP instead (swap the two exporters).
 *
 *     pnpm example open-telemetry [--emulated] [--hours 3]
 */
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import type { Histogram } from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { readArguments } from './lib/arguments.js';
import { mcasFromEnvironment } from './lib/mcas.js';
import { positive, runScript } from './lib/script.js';
import { httpTelemetry } from './lib/telemetry.js';

const { values } = readArguments({ options: { hours: { type: 'string' } } });

await runScript(async () => {
  const hours = positive('--hours', values.hours) ?? 3;
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 60_000 });
  const meters = new MeterProvider({ readers: [reader] });
  const spans = new InMemorySpanExporter();
  const traces = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] });
  const events = httpTelemetry(meters.getMeter('audit-sdk'), traces.getTracer('audit-sdk'));

  const mcas = mcasFromEnvironment({ events });
  let activities = 0;
  const filters = { date: { gte: Date.now() - hours * 3_600_000 } };
  for await (const _activity of mcas.activities.scan({ filters, limit: 500 })) activities += 1;

  await meters.forceFlush();
  console.log(`${activities} activities\n\nmetrics`);
  for (const { metrics: all } of metrics.getMetrics().at(-1)?.scopeMetrics ?? [])
    for (const { descriptor, dataPoints } of all)
      for (const { attributes, value } of dataPoints)
        console.log(`  ${descriptor.name} ${JSON.stringify(attributes)} ${numberOf(value)}`);
  console.log('\nspans');
  for (const { name, attributes, status } of spans.getFinishedSpans())
    console.log(`  ${name} ${String(attributes['http.response.status_code'])} status ${status.code}`);
  await meters.shutdown();
});

function numberOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const { count, sum } = value as Histogram;
  return `${count} times, ${Math.round(sum ?? 0)} in all`;
}
