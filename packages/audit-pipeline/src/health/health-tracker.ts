import type { Clock, Gap } from '@repo/client-core';
import { factsOf } from './health-unit.js';
import type { UnitFacts } from './health-unit.js';
import type { HealthEntry, HealthSource } from './health.js';
import type { DeadLetters, Sink, Source, SourceProgress, SourceRun, Unit } from '../ports.js';
import type { DoneUnit } from '../report.js';
import type { PipelineStatus } from '../run/run-status.js';

/** The options of a run that are watched. */
export interface Watched<U extends Unit, R, Row> {
  source: Source<U, R>;
  sink?: Sink<Row> | undefined;
  deadLetters?: DeadLetters<Row> | undefined;
  onGap?: ((gap: Gap) => void) | undefined;
  onStatus?: ((status: PipelineStatus) => void) | undefined;
  /** What other processes have done: the planner's option. */
  onDone?: ((unit: DoneUnit) => void) | undefined;
}

/** Follows one source: watches the parts of its run, which behave as before. */
export interface HealthTracker {
  /** The same options, watched: `runPipeline(tracker.watch({ … }))`. */
  watch<U extends Unit, R, Row, Options extends Watched<U, R, Row>>(
    options: Options & Watched<U, R, Row>,
  ): Options;
  /** For the client's `events`: counts what the service held back. */
  readonly events: { onThrottle(): void };
}

interface Pending extends UnitFacts {
  accepted: number;
  hasRecords: boolean;
}
type Counts = Pick<HealthEntry, 'accepted' | 'deadLettered' | 'lastListedAt' | 'newestAt'>;

async function* noting<R>(
  batches: AsyncIterable<readonly R[]>,
  unit: Pending,
): AsyncGenerator<readonly R[], void, void> {
  for await (const records of batches) {
    unit.hasRecords ||= records.length > 0;
    yield records;
  }
}

/** A tracker, and what it knows. */
export function createTracker(
  { tenantId, source: name, types = [], certificateExpires }: HealthSource,
  clock: Clock,
): { tracker: HealthTracker; report(now: number): HealthEntry[] } {
  const byType = new Map<string, Counts>();
  const pending = new Map<string, Pending>();
  let [throttled, gaps] = [0, 0];
  let status: PipelineStatus | undefined;
  let progress: () => readonly SourceProgress[] | undefined = () => undefined;
  const of = (type: string): Counts => {
    const counts = byType.get(type) ?? { accepted: 0, deadLettered: 0 };
    byType.set(type, counts);
    return counts;
  };
  types.forEach(of);

  function settled(unitId: string): void {
    const unit = pending.get(unitId);
    if (!unit) return;
    pending.delete(unitId);
    const counts = of(unit.type);
    counts.accepted += unit.accepted;
    // Time goes on in an idle tenant too; content does not.
    const content = unit.hasRecords || unit.accepted > 0;
    if (unit.createdAt !== undefined && content)
      counts.newestAt = Math.max(counts.newestAt ?? 0, unit.createdAt);
  }
  function listed(type?: string): void {
    if (type === undefined && byType.size === 0) of('');
    for (const one of type === undefined ? byType.keys() : [type]) of(one).lastListedAt = clock.now();
  }
  function watchSource<U extends Unit, R>(source: Source<U, R>): Source<U, R> {
    const { between } = source;
    return {
      ...source,
      open(saved) {
        // What an earlier run of this source has left is found again.
        pending.clear();
        return watchRun(source.open(saved));
      },
      ...(between && {
        between: (from, to) => {
          const span = between.call(source, from, to);
          return { open: (saved) => watchRun(span.open(saved)) };
        },
      }),
    };
  }
  function watchRun<U extends Unit, R>(run: SourceRun<U, R>): SourceRun<U, R> {
    progress = () => run.progress?.();
    return {
      async *discover(how) {
        const onListed = (type?: string): void => {
          listed(type);
          how.onListed?.(type);
        };
        for await (const unit of run.discover({ ...how, onListed })) {
          const facts = factsOf(unit);
          of(facts.type);
          pending.set(unit.id, { ...facts, accepted: 0, hasRecords: !facts.mayBeEmpty });
          yield unit;
        }
      },
      read(unit, how) {
        const mine = pending.get(unit.id);
        const records = run.read(unit, how);
        return !mine || mine.hasRecords ? records : noting(records, mine);
      },
      ack(unitId) {
        settled(unitId);
        return run.ack(unitId);
      },
      fail(unitId, reason) {
        // Its content has not been delivered.
        const unit = pending.get(unitId);
        pending.delete(unitId);
        if (unit) of(unit.type).deadLettered += 1;
        return run.fail(unitId, reason);
      },
      ...(run.progress && { progress: () => run.progress?.() ?? [] }),
      ...(run.checkpoint && {
        checkpoint: () => run.checkpoint?.(),
      }),
    };
  }
  function watchSink<Row>(sink: Sink<Row>): Sink<Row> {
    return {
      ...sink,
      async write(rows, how) {
        const result = await sink.write(rows, how);
        const unit = pending.get(how.unit.id);
        // Written again after a failure: what counts is the last time.
        if (unit) unit.accepted = result.accepted;
        return result;
      },
      close: () => sink.close(),
    };
  }
  function watchDeadLetters<Row>(deadLetters: DeadLetters<Row>): DeadLetters<Row> {
    return {
      async add(entry) {
        await deadLetters.add(entry);
        const unit = pending.get(entry.unit.id);
        // A whole unit is counted when it fails.
        if (unit && ('row' in entry || 'record' in entry)) of(unit.type).deadLettered += 1;
      },
    };
  }

  return {
    tracker: {
      watch(options) {
        const { source, sink, deadLetters } = options;
        return {
          ...options,
          source: watchSource(source),
          ...(sink && { sink: watchSink(sink) }),
          ...(deadLetters && { deadLetters: watchDeadLetters(deadLetters) }),
          onGap(gap: Gap) {
            gaps += 1;
            options.onGap?.(gap);
          },
          onStatus(next: PipelineStatus) {
            status = next;
            options.onStatus?.(next);
          },
          onDone(done: DoneUnit) {
            const unit = pending.get(done.unitId);
            if (unit) {
              unit.accepted = done.accepted;
              of(unit.type).deadLettered += done.deadLettered;
            }
            options.onDone?.(done);
          },
        };
      },
      events: { onThrottle: () => void throttled++ },
    },
    report: (now) => {
      const types = progress();
      for (const { type } of types ?? []) of(type);
      return [...byType].map(([type, counts]) => {
        const units = [...pending.values()].filter((unit) => unit.type === type);
        const oldest = Math.min(...units.map(({ createdAt = now }) => createdAt), now);
        const expiry = Math.min(...units.map(({ expiresAt = Infinity }) => expiresAt));
        return {
          tenantId,
          source: name,
          type,
          ...counts,
          ...describeProgress({ types, type, status, now }),
          ...(!types && { lagInMs: counts.lastListedAt === undefined ? undefined : now - oldest }),
          backlog: units.length,
          ...(Number.isFinite(expiry) && { oldestUnreadExpiresInMs: expiry - now }),
          throttled,
          gaps,
          ...(certificateExpires && { certificateExpiresAt: certificateExpires.getTime() }),
        };
      });
    },
  };
}

/** What the source and the run say of one type. */
function describeProgress(known: {
  types: readonly SourceProgress[] | undefined;
  type: string;
  status: PipelineStatus | undefined;
  now: number;
}): Partial<HealthEntry> {
  const { types, type, status, now } = known;
  const found = types?.find((one) => one.type === type);
  const isRunning = status === undefined || status.state === 'RUNNING';
  const waiting = isRunning ? found?.waiting : undefined;
  return {
    completeUntil: found?.completeUntil,
    latenessInMs: found?.latenessInMs,
    lagInMs: found?.completeUntil === undefined ? undefined : Math.max(0, now - found.completeUntil),
    state: waiting === undefined ? status?.state : 'WAITING',
    stateReason: waiting ?? status?.reason,
  };
}
