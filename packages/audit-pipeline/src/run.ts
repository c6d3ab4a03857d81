import type { Clock, SeenEntry } from '@repo/client-core';
import { systemClock } from '@repo/client-core';
import { DeliveryError, UnitUnreadableError } from './errors.js';
import type { DeadLetters, PipelineReport, Sink, Source, SourceRun, State, Unit } from './ports.js';

export interface PipelineOptions<U extends Unit, R, Row> {
  source: Source<U, R>;
  /** A row, or `undefined` to leave the record out (counted as removed). */
  transform(record: R, unit: U): Row | undefined;
  sink: Sink<Row>;
  state: State;
  deadLetters: DeadLetters<Row>;
  /** The record's own id, for dropping repetitions; without it every record is delivered. */
  recordId?(record: R): string | undefined;
  /** How long record ids are remembered, in milliseconds. Default one day. */
  dedupeWindowInMs?: number;
  /** Units in flight: after a crash at most this many are delivered again. Default 4. */
  concurrency?: number;
  clock?: Clock;
  /** Finish the units in flight, take no new ones. */
  drainSignal?: AbortSignal;
  /** Stop at once; safe: what is not committed is read again. */
  abortSignal?: AbortSignal;
  onProgress?(report: PipelineReport): void;
}

/**
 * discover → read → dedupe → transform → sink → commit. At least once and never past an unread unit: a unit's
 * progress is saved only after the sink has accepted its rows or the dead letters hold them.
 */
export async function runPipeline<U extends Unit, R, Row>(
  options: PipelineOptions<U, R, Row>,
): Promise<PipelineReport> {
  const { source, state, concurrency = 4, abortSignal, drainSignal } = options;
  const report: PipelineReport = {
    units: { committed: 0, failed: 0, left: 0 },
    records: { read: 0, duplicates: 0, removed: 0, accepted: 0, deadLettered: 0 },
    gaps: [],
  };
  const lock = await state.lock();
  try {
    const saved = await state.load();
    const run = source.open(saved);
    const delivered = new Map(saved.marks.map((mark) => [mark.id, mark.expires]));
    const stop = new AbortController();
    const signal = anySignal(stop.signal, abortSignal);
    const inFlight = new Set<Promise<void>>();
    let failure: unknown;

    for await (const unit of run.discover({ abortSignal: anySignal(signal, drainSignal) })) {
      if (signal.aborted || drainSignal?.aborted) break;
      const work = deliver(unit, run, delivered, signal, options, report)
        .catch((thrown: unknown) => {
          report.units.left += 1;
          failure ??= thrown;
          stop.abort(thrown);
        })
        .finally(() => {
          inFlight.delete(work);
          options.onProgress?.(report);
        });
      inFlight.add(work);
      if (inFlight.size >= concurrency) await Promise.race(inFlight);
    }
    await Promise.all(inFlight);
    abortSignal?.throwIfAborted();
    if (failure) throw failure;
    return report;
  } finally {
    await lock.release();
  }
}

async function deliver<U extends Unit, R, Row>(
  unit: U,
  run: SourceRun<U, R>,
  delivered: Map<string, number>,
  abortSignal: AbortSignal,
  options: PipelineOptions<U, R, Row>,
  report: PipelineReport,
): Promise<void> {
  const { state, sink, transform, recordId, deadLetters, clock = systemClock } = options;
  const expires = clock.now() + (options.dedupeWindowInMs ?? 86_400_000);
  const marks: SeenEntry[] = [];
  const refused: { row: Row; reason: string }[] = [];

  async function* rows(): AsyncIterable<Row> {
    for await (const record of run.read(unit, { abortSignal })) {
      report.records.read += 1;
      const id = recordId?.(record);
      if (id !== undefined) {
        if ((delivered.get(id) ?? 0) > clock.now()) {
          report.records.duplicates += 1;
          continue;
        }
        // At once, not at commit: units in flight may carry the same record.
        delivered.set(id, expires);
        marks.push({ id, expires });
      }
      const row = transform(record, unit);
      if (row === undefined) report.records.removed += 1;
      else yield row;
    }
  }

  try {
    const result = await sink.write(rows(), {
      unit,
      abortSignal,
      onRejected: (row, reason) => void refused.push({ row, reason }),
    });
    if (result.failed + result.unknown + result.unsent > 0) throw new DeliveryError(unit.id, result);
    for (const { row, reason } of refused) await deadLetters.add({ unit, reason, row });
    await state.commit(unit.id, run.ack(unit.id), marks);
    report.units.committed += 1;
    report.records.accepted += result.accepted;
    report.records.deadLettered += refused.length;
  } catch (thrown) {
    // Not delivered after all: another unit may carry the same records.
    for (const { id } of marks) delivered.delete(id);
    if (!(thrown instanceof UnitUnreadableError)) throw thrown;
    await deadLetters.add({ unit, reason: thrown.reason });
    await state.commit(unit.id, run.fail(unit.id, thrown.reason), []);
    report.units.failed += 1;
  }
}

function anySignal(...signals: (AbortSignal | undefined)[]): AbortSignal {
  return AbortSignal.any(signals.filter((one) => one !== undefined));
}
