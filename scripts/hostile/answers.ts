/**
 * Ten thousand seeded mutations of valid responses per client. A call may succeed or fail with a typed error; it may not
 * hang, throw anything else, or hand out less than the response holds.
 */
import { AuditSdkError } from 'mcas-client';
import { testClock } from '@repo/test-kit';
import { createDice } from '../torture/dice.js';
import { exchanges, start } from './exchanges.js';
import type { Exchange } from './exchanges.js';
import { mutate, toResponse } from './mutate.js';
import type { RecordedResponse } from './mutate.js';
import type { PartResult } from './part.js';
import { recordExchange } from './record-exchange.js';

const perClient = 10_000;
/** Processor time that one call may take. */
const limitInMs = 2000;
/** A response that always says "there is more" ends here. */
const mostRequests = 40;

interface Outcome {
  kind: 'resolved' | 'typed error' | 'failure';
  detail?: string;
  cpuInMs: number;
}

export async function run(seed: string): Promise<PartResult> {
  const figures: string[] = [];
  const failures: string[] = [];
  for (const client of new Set(exchanges.map((exchange) => exchange.client))) {
    const own = exchanges.filter((exchange) => exchange.client === client);
    const counts = { resolved: 0, 'typed error': 0, failure: 0 };
    let slowest = 0;
    for (const exchange of own) {
      const recorded = await recordExchange(exchange);
      for (let round = 0; round < Math.ceil(perClient / own.length); round++) {
        const label = `${seed}/${client}/${exchange.name}/${round}`;
        const { kind, detail, cpuInMs } = await replay(exchange, recorded, label);
        counts[kind] += 1;
        slowest = Math.max(slowest, cpuInMs);
        if (kind === 'failure') failures.push(`${label}: ${detail}`);
      }
    }
    figures.push(
      `${client}: ${counts.resolved} resolved, ${counts['typed error']} typed errors, ${counts.failure} failures; slowest call ${Math.round(slowest)} ms of processor time`,
    );
  }
  return { figures, failures };
}

async function replay(
  exchange: Exchange,
  recorded: readonly RecordedResponse[],
  label: string,
): Promise<Outcome> {
  const dice = createDice(label);
  const broken = dice.int(recorded.length);
  const served: RecordedResponse[] = [];
  const fetch = async (): Promise<Response> => {
    if (served.length >= mostRequests) throw new TypeError('fetch failed');
    const index = Math.min(served.length, recorded.length - 1);
    const original = recorded[index] as RecordedResponse;
    served.push(index === broken ? mutate(original, dice) : original);
    return toResponse(served.at(-1) as RecordedResponse);
  };
  const before = process.cpuUsage();
  const outcome = await judge(exchange, served, () => exchange.run({ fetch, clock: testClock(start) }));
  const { user, system } = process.cpuUsage(before);
  const cpuInMs = (user + system) / 1000;
  if (cpuInMs > limitInMs) return { kind: 'failure', detail: `took ${cpuInMs} ms`, cpuInMs };
  return { ...outcome, cpuInMs };
}

async function judge(
  exchange: Exchange,
  served: readonly RecordedResponse[],
  call: () => Promise<number>,
): Promise<Omit<Outcome, 'cpuInMs'>> {
  let items: number;
  try {
    items = await call();
  } catch (error) {
    if (AuditSdkError.isInstance(error)) return { kind: 'typed error' };
    return { kind: 'failure', detail: `threw ${error instanceof Error ? error.stack : String(error)}` };
  }
  if (!exchange.expect) return { kind: 'resolved' };
  let expected: string;
  try {
    const { least, most } = exchange.expect(served);
    if (items >= least && items <= most) return { kind: 'resolved' };
    expected = `${least} to ${most}`;
  } catch {
    expected = 'an error, since the response holds no list';
  }
  const last = served.at(-1);
  const text = new TextDecoder().decode(last?.body).slice(0, 300);
  return { kind: 'failure', detail: `${items} items, expected ${expected}: HTTP ${last?.status} ${text}` };
}
