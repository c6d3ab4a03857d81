import type { EmulatorState } from './emulator-state.js';
import type { QuotaMeter } from './quota-meter.js';
import type { Service } from './service.js';

/** One service's quota: what may be asked in a quota minute, and what has been. */
export interface QuotaReport {
  service: string;
  /** What is counted apart: each tenant, each data collection rule, each workspace. */
  per: QuotaMeter['per'];
  /** Null: no bound. */
  requestsPerMinute: number | null;
  bytesPerMinute?: number | null;
  used: Record<string, { requests: number; bytes?: number }>;
}

/** New limits; null lifts one. */
export interface QuotaLimits {
  requestsPerMinute?: number | null | undefined;
  /** Only where bytes are counted: Logs Ingestion. */
  bytesPerMinute?: number | null | undefined;
}

/** The quotas of all services in one place. How long their minute lasts is the emulator's `quotaMinuteInMs`. */
export interface Quotas {
  /** The services that count. */
  readonly services: readonly string[];
  read(): QuotaReport[];
  /** @throws TypeError for a service without a quota, or a limit that is no number. */
  set(service: string, limits: QuotaLimits): void;
}

export function createQuotas(services: readonly Service[], state: () => EmulatorState): Quotas {
  const counting = services.filter((service) => service.quota);
  const names = counting.map(({ name }) => name);
  return {
    services: names,
    read: () =>
      counting.flatMap(({ name, quota }) => {
        const meter = quota?.(state());
        return meter ? [report(name, meter)] : [];
      }),
    set: (name, limits) => {
      const requests = readLimit(limits.requestsPerMinute, 'requestsPerMinute');
      const bytes = readLimit(limits.bytesPerMinute, 'bytesPerMinute');
      const meter = counting.find((service) => service.name === name)?.quota?.(state());
      if (!meter) throw new TypeError(`Quotas are those of ${names.join(', ')}, not ${name}.`);
      if (bytes !== undefined && meter.bytesPerMinute === undefined)
        throw new TypeError(`${name} counts no bytes.`);
      if (bytes !== undefined) meter.bytesPerMinute = bytes;
      if (requests !== undefined) meter.requestsPerMinute = requests;
    },
  };
}

function report(service: string, meter: QuotaMeter): QuotaReport {
  return {
    service,
    per: meter.per,
    requestsPerMinute: toJsonLimit(meter.requestsPerMinute),
    ...(meter.bytesPerMinute !== undefined && { bytesPerMinute: toJsonLimit(meter.bytesPerMinute) }),
    used: meter.used(),
  };
}

/** JSON knows no Infinity. */
function toJsonLimit(limit: number): number | null {
  return Number.isFinite(limit) ? limit : null;
}

function readLimit(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined;
  if (value === null) return Infinity;
  if (typeof value !== 'number' || !(value >= 0))
    throw new TypeError(`"${name}" is a number, or null for no bound.`);
  return value;
}
