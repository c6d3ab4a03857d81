import type { ServiceName } from './service.js';
import type { EmulatorState } from './emulator-state.js';

/** One service's quota: what may be asked in a quota minute, and what has been. */
export interface QuotaReport {
  service: ServiceName;
  /** What is counted apart: each tenant, each data collection rule, each workspace. */
  per: 'tenant' | 'rule' | 'workspace';
  /** Null: no bound. */
  requestsPerMinute: number | null;
  bytesPerMinute?: number | null;
  used: Record<string, { requests: number; bytes?: number }>;
}

/** The services that count. */
export const quotaServices: readonly ServiceName[] = [
  'mcas',
  'management-activity',
  'logs-ingestion',
  'data-collector',
];

/** New limits; null lifts one. */
export interface QuotaLimits {
  requestsPerMinute?: number | null;
  /** Only where bytes are counted: Logs Ingestion. */
  bytesPerMinute?: number | null;
}

/** The quotas of all services in one place. How long their minute lasts is the emulator's `quotaMinuteInMs`. */
export interface Quotas {
  read(): QuotaReport[];
  /** @throws TypeError for a service without a quota, or a limit that is no number. */
  set(service: ServiceName, limits: QuotaLimits): void;
}

export function createQuotas(state: () => EmulatorState): Quotas {
  return {
    read: () => reports(state()),
    set: (service, limits) => {
      const requests = limitOf(limits.requestsPerMinute, 'requestsPerMinute');
      const bytes = limitOf(limits.bytesPerMinute, 'bytesPerMinute');
      const { mcas, managementActivity, logAnalytics } = state();
      const { settings } = logAnalytics;
      if (bytes !== undefined && service !== 'logs-ingestion')
        throw new TypeError(`${service} counts no bytes.`);
      if (bytes !== undefined) settings.logsIngestion.bytesPerMinute = bytes;
      if (requests === undefined) return;
      if (service === 'mcas') mcas.settings.requestsPerMinute = requests;
      else if (service === 'management-activity') managementActivity.quota.requestsPerMinute = requests;
      else if (service === 'logs-ingestion') settings.logsIngestion.requestsPerMinute = requests;
      else if (service === 'data-collector') settings.dataCollector.requestsPerMinute = requests;
      else throw new TypeError(`Quotas are those of ${quotaServices.join(', ')}, not ${service}.`);
    },
  };
}

function reports(state: EmulatorState): QuotaReport[] {
  const { mcas, managementActivity, logAnalytics, clock, quotaMinuteInMs } = state;
  const { logsIngestion, dataCollector } = logAnalytics.settings;
  const since = clock.now() - quotaMinuteInMs;
  const metered = [...logAnalytics.meter.used()];
  const of = (isRule: boolean): QuotaReport['used'] =>
    Object.fromEntries(
      metered
        .filter(([key]) => logAnalytics.rules.has(key) === isRule)
        .map(([key, { requests, bytes }]) => [key, { requests, ...(isRule && { bytes }) }]),
    );
  return [
    {
      service: 'mcas',
      per: 'tenant',
      requestsPerMinute: bound(mcas.settings.requestsPerMinute),
      used: Object.fromEntries(
        [...mcas.requests].map(([tenant, times]) => [
          tenant,
          { requests: times.filter((at) => at > since).length },
        ]),
      ),
    },
    {
      service: 'management-activity',
      per: 'tenant',
      requestsPerMinute: bound(managementActivity.quota.requestsPerMinute),
      used: Object.fromEntries(
        [...managementActivity.quota.used()].map(([pool, requests]) => [pool, { requests }]),
      ),
    },
    {
      service: 'logs-ingestion',
      per: 'rule',
      requestsPerMinute: bound(logsIngestion.requestsPerMinute),
      bytesPerMinute: bound(logsIngestion.bytesPerMinute),
      used: of(true),
    },
    {
      service: 'data-collector',
      per: 'workspace',
      requestsPerMinute: bound(dataCollector.requestsPerMinute),
      used: of(false),
    },
  ];
}

/** JSON knows no Infinity. */
function bound(limit: number): number | null {
  return Number.isFinite(limit) ? limit : null;
}

function limitOf(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined;
  if (value === null) return Infinity;
  if (typeof value !== 'number' || !(value >= 0))
    throw new TypeError(`"${name}" is a number, or null for no bound.`);
  return value;
}
