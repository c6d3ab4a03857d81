/**
 * A collector killed at random, against an emulator over TLS that breaks at random; then every row is compared with
 * what was published.
 *
 *     pnpm torture [--minutes 20] [--seed text] [--rate 300]
 *
 * Exits 1 when a record was lost, changed or invented, or repeated more often than the kills and lost replies allow.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createEmulator } from 'audit-emulator';
import { fileDeadLetters } from '../packages/audit-pipeline/src/dead-letters/file-dead-letters.js';
import { randomFault } from './torture/faults.js';
import { createOracle } from './torture/oracle.js';
import { createDice } from './torture/dice.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now()) },
    /** Records published a second. */
    rate: { type: 'string', default: '300' },
  },
});
const { seed } = values;
const endsAt = Date.now() + Number(values.minutes) * 60_000;
console.log(`seed ${seed}, ${values.minutes} minutes, ${values.rate} records a second`);

const dice = createDice(seed);
const emulator = createEmulator({ seed, quotaMinuteInMs: 2000 });
emulator.state.managementActivity.clear();
const started = Date.now();
const listening = await emulator.listen();
const folder = mkdtempSync(join(tmpdir(), 'torture-'));
const caFile = join(folder, 'ca.pem');
writeFileSync(caFile, listening.caPem);
const dead = join(folder, 'dead');
const oracle = createOracle(emulator, dice.fork('records'));
const tally = { starts: 0, kills: 0, drains: 0, refused: 0, failures: 0, faults: 0, lostReplies: 0 };

const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

function start(once?: 'ONCE'): ChildProcess {
  tally.starts += 1;
  const child = spawn(
    process.execPath,
    ['--conditions=@repo/source', '--import', 'tsx', 'test/crash-torture-child.ts'],
    {
      cwd: join(import.meta.dirname, '../packages/audit-pipeline'),
      env: {
        ...process.env,
        NODE_EXTRA_CA_CERTS: caFile,
        ORIGIN: listening.origin,
        STATE: join(folder, 'state.db'),
        DEAD: dead,
        START: String(started - 60_000),
        ...(once && { ONCE: '1' }),
      },
      stdio: ['ignore', process.env['VERBOSE'] ? 'inherit' : 'ignore', 'inherit'],
    },
  );
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

async function exitOf(child: ChildProcess): Promise<NodeJS.Signals | number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.signalCode ?? child.exitCode;
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal ?? code;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** So many uploads from now, at the instant of an answer. */
function uploads(count: number): Promise<void> {
  return new Promise((resolve) => {
    const silence = emulator.onRequest(({ service }) => {
      if (service === 'logs-ingestion') count -= 1;
      if (count > 0) return;
      silence();
      resolve();
    });
  });
}

/** One collector after another: killed, told to drain, or left alone for a while; at times a second one tries. */
async function collect(): Promise<void> {
  const random = dice.fork('kills');
  while (Date.now() < endsAt) {
    const child = start();
    // In the middle of its work, or at any moment.
    const moment = random.int(2) === 0 ? uploads(1 + random.int(60)) : pause(1500 + random.int(12_000));
    await Promise.race([moment, pause(15_000), exitOf(child)]);
    if (random.int(8) === 0) {
      const second = start();
      // It takes over when the first has failed in the meantime.
      const exit = await Promise.race([exitOf(second), pause(4000).then(() => undefined)]);
      if (exit === 3) tally.refused += 1;
      else if (exit === undefined) {
        second.kill('SIGKILL');
        await exitOf(second);
        tally.kills += 1;
      }
    }
    const drains = random.int(5) === 0;
    if (child.exitCode === null) child.kill(drains ? 'SIGTERM' : 'SIGKILL');
    // Who drains has a deadline.
    const exit = await Promise.race([exitOf(child), pause(10_000).then(() => undefined)]);
    if (exit === undefined) child.kill('SIGKILL');
    await exitOf(child);
    if (exit === 'SIGKILL' || exit === undefined) tally.kills += 1;
    else if (exit === 0) tally.drains += 1;
    else tally.failures += 1;
  }
}

const maxFaults = 6;

async function breakThings(): Promise<void> {
  const random = dice.fork('faults');
  while (Date.now() < endsAt) {
    // A few at a time: were they to pile up while little is asked, nothing would ever be answered again.
    if (emulator.faults.list().length < maxFaults) emulator.faults.add(randomFault(random));
    for (const fault of emulator.faults.list())
      if (fault.hits >= Number(fault.rule.times ?? 1)) {
        tally.faults += fault.hits;
        if ((fault.rule.effect as { kind?: string }).kind === 'lostReply') tally.lostReplies += fault.hits;
        fault.remove();
      }
    await pause(200 + random.int(600));
  }
  emulator.faults.clear();
}

async function publish(): Promise<void> {
  while (Date.now() < endsAt) {
    const records = oracle.publish();
    oracle.collect();
    await pause((records / Number(values.rate)) * 1000);
  }
}

const ticker = setInterval(() => console.log(JSON.stringify({ ...tally, ...oracle.counts() })), 60_000);
await Promise.all([collect(), breakThings(), publish()]);
clearInterval(ticker);
// Blobs that are listed late.
await pause(15_000);
for (let tries = 0; tries < 5; tries += 1) if ((await exitOf(start('ONCE'))) === 0) break;
oracle.collect();

const named = new Set<string>();
for await (const { unit, row } of (await fileDeadLetters(dead)).entries())
  named.add(row === undefined ? unit.id : 'row');
const verdict = oracle.verdict(named);
// A kill repeats the units in flight; a reply that is lost, the batches of one unit.
const allowed = (tally.kills + tally.failures) * 4 * oracle.largest + tally.lostReplies * oracle.largest;
console.log(JSON.stringify({ seed, ...tally, ...verdict, allowedDuplicates: allowed }, undefined, 2));
await listening.close();
rmSync(folder, { recursive: true, force: true });
const good = verdict.lost + verdict.changed === 0 && verdict.duplicates <= allowed && verdict.published > 0;
process.exit(good ? 0 : 1);
