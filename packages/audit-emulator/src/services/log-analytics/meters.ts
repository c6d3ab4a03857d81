import type { QuotaMeter } from '../../server/quota-meter.js';
import type { LogAnalyticsState } from './state.js';

/** Requests and bytes of each data collection rule: what Logs Ingestion counts. */
export function createRuleMeter({ meter, rules, settings }: LogAnalyticsState): QuotaMeter {
  const limits = settings.logsIngestion;
  return {
    per: 'rule',
    get requestsPerMinute() {
      return limits.requestsPerMinute;
    },
    set requestsPerMinute(limit) {
      limits.requestsPerMinute = limit;
    },
    get bytesPerMinute() {
      return limits.bytesPerMinute;
    },
    set bytesPerMinute(limit) {
      limits.bytesPerMinute = limit;
    },
    used: () =>
      Object.fromEntries(
        [...meter.used()].flatMap(([key, { requests, bytes }]) =>
          rules.has(key) ? [[key, { requests, bytes }]] : [],
        ),
      ),
  };
}

/** Requests of each workspace: what the Data Collector API counts. */
export function createWorkspaceMeter({ meter, rules, settings }: LogAnalyticsState): QuotaMeter {
  const limits = settings.dataCollector;
  return {
    per: 'workspace',
    get requestsPerMinute() {
      return limits.requestsPerMinute;
    },
    set requestsPerMinute(limit) {
      limits.requestsPerMinute = limit;
    },
    used: () =>
      Object.fromEntries(
        [...meter.used()].flatMap(([key, { requests }]) => (rules.has(key) ? [] : [[key, { requests }]])),
      ),
  };
}
