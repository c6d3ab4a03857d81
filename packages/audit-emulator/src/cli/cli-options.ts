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
  /** Listen as a CONNECT proxy too, at this port. */
  proxyPort: number | undefined;
  /** Records that happen in a minute. */
  livePerMinute: number | undefined;
  http: boolean;
  quiet: boolean;
  envFile: string | undefined;
  readyFile: string | undefined;
  certFile: string | undefined;
  keyFile: string | undefined;
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
      proxy: { type: 'boolean', default: false },
      'proxy-port': { type: 'string', default: '0' },
      live: { type: 'string' },
      http: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      'env-file': { type: 'string' },
      'ready-file': { type: 'string' },
      cert: { type: 'string' },
      key: { type: 'string' },
      'failure-rate': { type: 'string' },
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
  const rate = values['failure-rate'];
  if (rate !== undefined)
    faults.push({ times: 'always', probability: share(rate), effect: { kind: 'status', status: 503 } });
  if ((values.cert === undefined) !== (values.key === undefined))
    throw new TypeError('--cert and --key are given together: two PEM files.');
  return {
    port: whole(values.port, '--port', 0, 65_535),
    host: values.host,
    seed: values.seed,
    clock: modeOf(values.clock),
    quotaMinuteInMs: whole(values['quota-minute'], '--quota-minute', 1, 86_400_000),
    ...(values.records !== undefined && { records: whole(values.records, '--records', 0, mostRecords) }),
    ...(values.start !== undefined && { start: timeOf(values.start) }),
    proxyPort: values.proxy ? whole(values['proxy-port'], '--proxy-port', 0, 65_535) : undefined,
    livePerMinute:
      values.live === undefined ? undefined : whole(values.live.replace(/\/min$/, ''), '--live', 1, 100_000),
    http: values.http,
    quiet: values.quiet,
    envFile: values['env-file'],
    readyFile: values['ready-file'],
    certFile: values.cert,
    keyFile: values.key,
    faults,
    quotas: values.quota.map(quotaOf),
  };
}

/** The seeded week is held in memory: more would end the process. `generateAuditRecords` streams any number. */
const mostRecords = 200_000;

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

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value <= 1))
    throw new TypeError('--failure-rate is a share of the requests, above 0 and up to 1: 0.05.');
  return value;
}

function whole(text: string, name: string, from: number, to: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < from || value > to)
    throw new TypeError(`${name} is a whole number from ${from} to ${to}.`);
  return value;
}
