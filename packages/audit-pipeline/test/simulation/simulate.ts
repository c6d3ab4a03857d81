import type { Clock } from '@repo/client-core';
import { LogsIngestionClient } from 'loganalytics-ingest';
import { O365ActivityClient } from 'o365-activity-client';
import { StateMissingError, UnitsDeferredError, memoryState, runPipeline } from '../../src/index.js';
import type { DeadLetter, PipelineReport, SavedState, State } from '../../src/index.js';
import { logsIngestionSink } from '../../src/loganalytics.js';
import { auditRow, o365Source, recordId } from '../../src/o365.js';
import { checkNotMissing } from '../../src/state/if-missing.js';
import { dice } from '../parts.js';
import { createPlan, day, epoch, hour, minute } from './plan.js';
import type { Plan, PlanOptions, TypeFault } from './plan.js';
import { SimServices, logsEndpoint, ruleId, tenantId } from './services.js';
import { VirtualClock } from './virtual-clock.js';

/** What survives a process. */
interface Disk {
  saved: SavedState | undefined;
  /** Older copies, as a backup would have them. */
  backups: { at: number; saved: SavedState }[];
  marked: boolean;
}

interface SimResult {
  plan: Plan;
  /** What is wrong; empty when all is well. */
  problems: string[];
  rows: number;
  duplicates: number;
  runs: number;
  requests: number;
}

const never = new Promise<never>(() => {});

/** Runs one seed to its end, and asks: is every record in the table, or named in gaps or dead letters? */
export async function simulate(
  seed: number,
  options: PlanOptions = { maxLatenessInMs: 70 * hour },
): Promise<SimResult> {
  const plan = createPlan(seed, dice(seed), options);
  const simulation = new Simulation(plan);
  await simulation.clock.drive(simulation.run());
  return simulation.result();
}

class Simulation {
  readonly clock = new VirtualClock(epoch);
  readonly #plan: Plan;
  readonly #services: SimServices;
  readonly #disk: Disk = { saved: undefined, backups: [], marked: false };
  readonly #dead: DeadLetter[] = [];
  readonly #problems: string[] = [];
  /** Duplicates that were told of. */
  #told = 0;
  #runs = 0;
  /** When the first run fixed its start, and from when on records are wanted. */
  #wantedFrom = -Infinity;
  /** A restored backup delivers again what came after it, and nothing says how much. */
  #restored = false;
  #lost = false;
  #decided = false;
  /** The last run said that units are deferred. */
  #isDeferred = false;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#services = new SimServices(plan, this.clock);
    if (plan.startFrom === 'now') this.#wantedFrom = epoch + minute;
  }

  async run(): Promise<void> {
    const { end, intervalInMs } = this.#plan;
    for (const fault of this.#plan.typeFaults)
      void this.clock
        .sleep(Math.min(fault.to, end) - epoch)
        .then(() => this.#checkOthers({ ...fault, to: Math.min(fault.to, end) }));
    while (this.clock.now() < end) {
      this.#touchDisk();
      await this.#runOnce(intervalInMs === undefined);
      await this.clock.sleep(intervalInMs ?? 5 * minute);
    }
    // Everything works again, for long enough that what is late or deferred is met.
    this.#services.quiet = true;
    for (let turn = 0; turn < 8; turn += 1) {
      await this.#runOnce(false);
      await this.clock.sleep(16 * hour);
    }
  }

  /** A backup is restored, or the state vanishes, between two runs. */
  #touchDisk(): void {
    const now = this.clock.now();
    const { restores, losses } = this.#plan;
    const restore = restores[0];
    if (!this.#restored && restore !== undefined && now >= restore && this.#disk.backups.length > 0) {
      this.#restored = true;
      this.#disk.saved = this.#disk.backups.find(({ at }) => at >= restore - day)?.saved;
    }
    const loss = losses[0];
    if (this.#lost || loss === undefined || now < loss || !this.#disk.saved) return;
    this.#lost = true;
    this.#disk.saved = undefined;
  }

  async #runOnce(follow: boolean): Promise<void> {
    const { end } = this.#plan;
    const startedAt = this.clock.now();
    const crashAt = this.#services.quiet
      ? undefined
      : this.#plan.crashes.find((time) => time > startedAt && time < startedAt + 30 * day);
    const process = new SimProcess(this.clock, this.#plan.skewInMs);
    const drain = new AbortController();
    this.#runs += 1;
    const running = Promise.resolve()
      .then(() => this.#start(process, follow, drain.signal))
      .then(
        (report) => this.#ended(report),
        (error: unknown) => this.#failed(error),
      );
    const stop = new AbortController();
    const stopAt = follow ? Math.min(crashAt ?? Infinity, end) : crashAt;
    const stopped =
      stopAt === undefined
        ? never
        : this.clock.sleep(stopAt - startedAt, stop.signal).then(
            () => true,
            () => never,
          );
    const outcome = await Promise.race([running.then(() => false), stopped]);
    stop.abort();
    if (!outcome) return;
    if (stopAt === crashAt) {
      process.alive = false;
      return;
    }
    drain.abort();
    await running;
  }

  #start(process: SimProcess, follow: boolean, drainSignal: AbortSignal): Promise<PipelineReport> {
    const { types, startFrom, concurrency } = this.#plan;
    const fetch = process.guard((request: Request) => this.#services.fetch(request));
    const { clock } = process;
    const shared = { fetch, clock, retry: { maxRetries: 1 } };
    const credential = {
      getToken: async () => ({ token: 'simulated', expiresOnTimestamp: clock.now() + 10 * 365 * day }),
    };
    const o365 = new O365ActivityClient(tenantId, credential, shared);
    const logs = new LogsIngestionClient(logsEndpoint, credential, { ...shared, compression: 'none' });
    return runPipeline({
      source: o365Source(o365, {
        tenantId,
        contentTypes: types,
        startFrom,
        clock,
        pollIntervalInMs: 2 * hour,
        retryListingInMs: 2 * hour,
      }),
      transform: auditRow(),
      recordId,
      dedupe: { windowInMs: 30 * day },
      sink: logsIngestionSink(logs, { ruleId, stream: 'Custom-AuditRecords_CL' }),
      state: this.#openState(process),
      deadLetters: { add: process.guard(async (entry: DeadLetter) => void this.#dead.push(entry)) },
      clock,
      follow,
      concurrency,
      drainSignal,
    });
  }

  #openState(process: SimProcess): State {
    const disk = this.#disk;
    // Somebody reads the error, and decides to start again.
    const ifMissing = this.#decided ? 'start' : 'throw';
    if (!disk.saved) {
      checkNotMissing('The disk', { marked: disk.marked, marker: 'The marker', ifMissing });
      if (disk.marked && !this.#decided) this.#problems.push('a state that vanished was not noticed');
    }
    const state = memoryState(disk.saved, { clock: process.clock });
    disk.marked = true;
    return {
      load: () => state.load(),
      identify: (identity) => state.identify(identity),
      commit: process.guard(async (units: Parameters<State['commit']>[0]) => {
        await state.commit(units);
        disk.saved = state.snapshot();
        // Before its start is fixed there is nothing to back up.
        if (disk.saved.cursor !== undefined) disk.backups.push({ at: this.clock.now(), saved: disk.saved });
        if (disk.backups.length > 500) disk.backups.shift();
      }),
      lock: (options) => state.lock(options),
      close: () => state.close(),
    };
  }

  #ended(report: PipelineReport, isDeferred = false): void {
    this.#isDeferred = isDeferred;
    this.#told += report.records.duplicatesSent + report.records.possibleDuplicates;
  }

  #failed(error: unknown): void {
    if (UnitsDeferredError.isInstance(error)) this.#ended(error.report, true);
    else if (StateMissingError.isInstance(error)) this.#decided = true;
    else if ((error as { status?: number }).status === undefined)
      this.#problems.push(`run ${this.#runs} ended with ${String(error)}`);
  }

  result(): SimResult {
    const { table } = this.#services;
    const duplicates = [...table.values()].reduce((sum, count) => sum + count - 1, 0);
    for (const blob of this.#plan.blobs) this.#checkBlob(blob);
    this.#checkDeadLetters();
    const isBounded = !this.#restored && !this.#lost;
    if (isBounded && duplicates > this.#told + this.#services.rowsWithoutReply)
      this.#problems.push(`${duplicates} duplicates, ${this.#told} told of`);
    return {
      plan: this.#plan,
      problems: this.#problems,
      rows: [...table.values()].reduce((sum, count) => sum + count, 0),
      duplicates,
      runs: this.#runs,
      requests: this.#services.requests,
    };
  }

  /** While one type is refused for long, the others arrive. */
  #checkOthers(fault: TypeFault): void {
    const patience = 2 * (this.#plan.intervalInMs ?? 2 * hour) + 6 * hour;
    const { crashes, losses, restores, sinkFaults, blobs } = this.#plan;
    const disturbed = [...crashes, ...losses, ...restores].some(
      (time) => time > fault.from - 4 * day && time < fault.to,
    );
    if (disturbed || sinkFaults.some(({ to, from }) => to > fault.from && from < fault.to)) return;
    const missing = blobs.filter(
      ({ type, created, listedFrom, unreadable, records }) =>
        type !== fault.type &&
        unreadable === undefined &&
        created > fault.from &&
        listedFrom < fault.to - patience &&
        records.some((record) => !record.startsWith('poison') && !this.#services.table.has(record)),
    );
    if (missing.length > 0)
      this.#problems.push(`${missing.length} blobs of other types waited for ${fault.type}`);
  }

  /** A destination that refuses everything is waited for: its rows are no dead letters. */
  #checkDeadLetters(): void {
    const { concurrency, sinkFaults } = this.#plan;
    const faults = sinkFaults.filter(({ kind }) => kind === 'refusesRows').length;
    const units = new Set(
      this.#dead
        .filter(({ row }) => row instanceof Uint8Array && !new TextDecoder().decode(row).includes('poison'))
        .map(({ unit }) => unit.id),
    );
    // What was in flight when it broke may meet rows of others that were accepted before.
    if (units.size > 2 * concurrency * faults)
      this.#problems.push(`${units.size} units became dead letters of a destination that was out of order`);
  }

  #checkBlob({ id, type, created, listedFrom, records }: Plan['blobs'][number]): void {
    if (Math.max(created, listedFrom) < this.#wantedFrom || created < this.#wantedFrom) return;
    if (this.#lost && this.#plan.startFrom === 'now') return;
    const isNamed = this.#dead.some(({ unit, reason, row, record }) => {
      if (unit.id === id && row === undefined && record === undefined) return true;
      const [from, to] = /^gap:(.*)\/(.*)$/.exec(unit.id)?.slice(1) ?? [];
      if (from === undefined || to === undefined || !reason.startsWith(type)) return false;
      return Date.parse(from) <= created && created < Date.parse(to);
    });
    if (isNamed) return;
    for (const record of records) {
      if (this.#services.table.has(record)) continue;
      // Alone with its unit at the end: refused, said, and tried again by every run until others are accepted.
      if (record.startsWith('poison') && this.#isDeferred) continue;
      const isLetter = this.#dead.some(
        ({ row }) => row instanceof Uint8Array && new TextDecoder().decode(row).includes(`"${record}"`),
      );
      if (!isLetter)
        this.#problems.push(
          `${record} of ${id} (${type}, created ${new Date(created).toISOString()}, listed from ${new Date(listedFrom).toISOString()}) is lost`,
        );
    }
  }
}

/** A process that can die: nothing it asks for is ever answered after that. */
class SimProcess {
  alive = true;
  readonly clock: Clock;

  constructor(clock: VirtualClock, skewInMs: number) {
    this.clock = {
      now: () => clock.now() + skewInMs,
      sleep: async (ms, signal) => {
        if (!this.alive) return never;
        await clock.sleep(ms, signal);
        return this.alive ? undefined : never;
      },
    };
  }

  guard<A, T>(call: (argument: A) => Promise<T>): (argument: A) => Promise<T> {
    return async (argument) => {
      if (!this.alive) return never;
      const result = await call(argument);
      return this.alive ? result : never;
    };
  }
}
