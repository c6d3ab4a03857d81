import { parseArgs } from 'node:util';
import type { ClockMode } from '../server/clock.js';
import { faultRuleOf } from '../services/control/fault-rule.js';
import type { EmulatorOptions } from '../server/emulator.js';
import type { FaultRule } from '../server/faults.js';
import { services } from '../services/services.js';

export interface CliOptions extends EmulatorOptions {
  port: number;
  host: string;
  faults: FaultRule[];
  quotas: [string, number][];
}

/** The arguments, checked; undefined when help is asked for. Throws TypeError. */
export function optionsOf(args: readonly string[]): CliOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '8443' },
      host: { type: 'string', default: '127.0.0.1' },
      seed: { type: 'string', default: 'contoso' },
      records: { type: 'string' },
      clock: { type: 'string', default: 'real' },
      start: { type: 'string' },
      'quota-minute': { type: 'string', default: '60000' },
      quota: { type: 'string', multiple: true, default: [] },
      latency: { type: 'string' },
      fault: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const faults = values.fault.map(ruleOf);
  if (values.latency !== undefined)
    faults.push({
      times: 'always',
      effect: { kind: 'latency', ms: whole(values.latency, '--latency', 0, 600_000) },
    });
  return {
    port: whole(values.port, '--port', 0, 65_535),
    host: values.host,
    seed: values.seed,
    clock: modeOf(values.clock),
    quotaMinuteInMs: whole(values['quota-minute'], '--quota-minute', 1, 86_400_000),
    ...(values.records !== undefined && { records: whole(values.records, '--records', 0, 1_000_000) }),
    ...(values.start !== undefined && { start: timeOf(values.start) }),
    faults,
    quotas: values.quota.map(quotaOf),
  };
}

function ruleOf(text: string): FaultRule {
  try {
    return faultRuleOf(JSON.parse(text));
  } catch (error) {
    throw new TypeError(`--fault ${text}: ${error instanceof Error ? error.message : 'bad rule'}`, {
      cause: error,
    });
  }
}

function quotaOf(text: string): [string, number] {
  const quotaServices = services.filter(({ quota }) => quota).map(({ name }) => name);
  const [name, limit] = text.split('=');
  const service = quotaServices.find((one) => one === name);
  if (!service || limit === undefined)
    throw new TypeError(
      `--quota ${text}: send <service>=<number>, services are ${quotaServices.join(', ')}.`,
    );
  return [service, whole(limit, `--quota ${service}`, 0, 1_000_000_000)];
}

function modeOf(text: string): ClockMode {
  if (text === 'real' || text === 'virtual' || text === 'manual') return text;
  throw new TypeError('--clock is real, virtual or manual.');
}

function timeOf(text: string): number {
  const time = /(?:z|[+-]\d\d:\d\d)$/i.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time))
    throw new TypeError('--start is an ISO 8601 time with its zone: 2026-11-20T08:00:00Z.');
  return time;
}

function whole(text: string, name: string, from: number, to: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < from || value > to)
    throw new TypeError(`${name} is a whole number from ${from} to ${to}.`);
  return value;
}
