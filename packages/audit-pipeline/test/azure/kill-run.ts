import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createAccount } from './account.js';
import { startAzurite } from './azurite.js';
import { killWorld } from './kill-world.js';
import type { Verdict } from './kill-world.js';

export interface KillPlan {
  seed: number;
  units: number;
  recordsPerUnit: number;
  workers: number;
  workerKills: number;
  plannerKills: number;
  concurrency: number;
  /** How long the service takes for a blob, in milliseconds. */
  readInMs: number;
}

export interface KillOutcome extends Verdict {
  /** Units in flight at each worker kill, and one at each planner kill. */
  bound: number;
  workerKills: number;
  plannerKills: number;
  /** From the first upload to the last. */
  drainInMs: number;
  queued: number;
  poisoned: number;
  exits: number[];
}

const folder = fileURLToPath(new URL('../..', import.meta.url));
const skews = [0, 40_000, -25_000, 300_000, -300_000];

/** Workers and a planner as processes against Azurite, killed after writes that the seed chooses, and started anew. */
export async function killRun(plan: KillPlan): Promise<KillOutcome> {
  const random = seeded(plan.seed);
  const kills = new Map<number, 'planner' | 'worker'>();
  // Early and in the middle: the end needs what was killed to come back.
  const moment = (): number => 1 + Math.floor(random() * plan.units * 0.7);
  for (const [victim, count] of [
    ['planner', plan.plannerKills],
    ['worker', plan.workerKills],
  ] as const)
    for (let left = count; left > 0;) {
      const at = moment();
      if (kills.has(at)) continue;
      kills.set(at, victim);
      left -= 1;
    }
  let writes = 0;
  let firstAt = 0;
  let lastAt = 0;
  const world = await killWorld(plan.units, plan.recordsPerUnit, plan.readInMs);
  world.onUpload(() => {
    lastAt = performance.now();
    firstAt ||= lastAt;
    writes += 1;
    const victim = kills.get(writes);
    kills.delete(writes);
    // Before the answer arrives, or somewhere in what follows it.
    if (victim) setTimeout(() => kill(victim), random() * 30);
  });
  const azurite = await startAzurite();
  const account = await createAccount(azurite.connectionString);
  const running = new Map<ChildProcess, 'planner' | 'worker'>();
  const killed = { planner: 0, worker: 0 };
  const exits: number[] = [];
  let started = 0;
  let stopping = false;
  let plannerDone = (): void => {};
  const planned = new Promise<void>((resolve) => (plannerDone = resolve));

  function start(role: 'planner' | 'worker'): void {
    const child = spawn(
      process.execPath,
      ['--conditions=@repo/source', '--import', 'tsx', 'test/azure/kill-child.ts'],
      {
        cwd: folder,
        stdio: ['ignore', 'inherit', 'inherit'],
        env: {
          ...process.env,
          ...world.env,
          ROLE: role,
          STORAGE: azurite.connectionString,
          CONCURRENCY: `${plan.concurrency}`,
          SKEW: `${skews[started++ % skews.length]}`,
        },
      },
    );
    running.set(child, role);
    child.once('exit', (code) => {
      running.delete(child);
      if (code === null && !stopping) return start(role);
      exits.push(code ?? -1);
      if (role === 'planner') plannerDone();
    });
  }
  function kill(role: 'planner' | 'worker'): void {
    const of = [...running].filter(([child, one]) => one === role && child.exitCode === null);
    const victim = of[Math.floor(random() * of.length)]?.[0];
    if (victim?.kill('SIGKILL')) killed[role] += 1;
  }

  try {
    for (let n = 0; n < plan.workers; n += 1) start('worker');
    start('planner');
    await planned;
    const waiting = async () => (await account.queue.getProperties()).approximateMessagesCount ?? 0;
    const deadline = Date.now() + 30_000;
    while ((await waiting()) > 0 && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 200));
    const queued = await waiting();
    stopping = true;
    const ended = [...running.keys()].map((child) => once(child, 'exit'));
    for (const child of running.keys()) child.kill('SIGTERM');
    await Promise.all(ended);
    return {
      ...world.verdict(),
      bound: (killed.worker * plan.concurrency + killed.planner) * plan.recordsPerUnit,
      workerKills: killed.worker,
      plannerKills: killed.planner,
      drainInMs: Math.round(lastAt - firstAt),
      queued,
      poisoned: (await account.poison.getProperties()).approximateMessagesCount ?? 0,
      exits,
    };
  } finally {
    stopping = true;
    for (const child of running.keys()) child.kill('SIGKILL');
    await azurite.stop();
    await world.close();
  }
}

/** mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
