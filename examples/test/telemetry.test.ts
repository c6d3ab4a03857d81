import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { createEmulator } from 'audit-emulator';
import { McasClient, apiToken } from 'mcas-client';
import { expect, it } from 'vitest';
import { httpTelemetry } from '../lib/telemetry.js';

it('counts every attempt, and ends a span for each, answered or not', async () => {
  const emulator = createEmulator({ clock: 'virtual' });
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 60_000 });
  const meters = new MeterProvider({ readers: [reader] });
  const spans = new InMemorySpanExporter();
  const traces = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] });
  const { AUDIT_MCAS_TOKEN = '' } = emulator.env('https://localhost');
  const mcas = new McasClient('contoso.eu2.portal.cloudappsecurity.com', apiToken(AUDIT_MCAS_TOKEN), {
    fetch: emulator.fetch,
    clock: emulator.clock,
    events: httpTelemetry(meters.getMeter('test'), traces.getTracer('test')),
  });
  emulator.faults.add({ service: 'mcas', nth: 1, times: 1, effect: { status: 429, body: '{}' } });
  emulator.faults.add({ service: 'mcas', nth: 2, times: 1, effect: { kind: 'reset' } });
  const filters = { date: { gte: emulator.clock.now() - 3_600_000 } };
  for await (const _page of mcas.activities.scan({ filters }).byPage());
  emulator.faults.add({ service: 'mcas', times: 'always', effect: { kind: 'reset' } });
  await expect(mcas.activities.get('1', { maxRetries: 0 })).rejects.toThrow();

  await meters.forceFlush();
  await meters.shutdown();
  const sum = (name: string): number =>
    (metrics.getMetrics().at(-1)?.scopeMetrics ?? [])
      .flatMap((scope) => scope.metrics)
      .filter((one) => one.descriptor.name === name)
      .flatMap((one) => one.dataPoints as { value: number }[])
      .reduce((total, point) => total + point.value, 0);
  expect(sum('audit.http.requests')).toBe(2);
  expect(sum('audit.http.retries')).toBe(2);
  expect(sum('audit.http.throttled')).toBe(1);
  expect(sum('audit.http.failures')).toBe(1);
  const finished = spans.getFinishedSpans();
  expect(finished.map((span) => span.attributes['http.response.status_code'])).toEqual([
    429,
    undefined,
    200,
    undefined,
  ]);
  expect(finished.map((span) => span.attributes['http.request.resend_count'])).toEqual([0, 1, 2, 0]);
  expect(JSON.stringify(finished.map(({ name, attributes }) => ({ name, attributes })))).not.toContain(
    AUDIT_MCAS_TOKEN,
  );
});
