import type { EmulatorState } from '../../server/emulator-state.js';
import type { QuotaMeter } from '../../server/quota-meter.js';
import type { McasState } from './state.js';

/** Requests of each tenant in the sliding quota minute. */
export function createMcasMeter(mcas: McasState, { clock, quotaMinuteInMs }: EmulatorState): QuotaMeter {
  return {
    per: 'tenant',
    get requestsPerMinute() {
      return mcas.settings.requestsPerMinute;
    },
    set requestsPerMinute(limit) {
      mcas.settings.requestsPerMinute = limit;
    },
    used: () => {
      const since = clock.now() - quotaMinuteInMs;
      const count = (times: readonly number[]): { requests: number } => ({
        requests: times.filter((at) => at > since).length,
      });
      return Object.fromEntries([...mcas.requests].map(([tenant, times]) => [tenant, count(times)]));
    },
  };
}
