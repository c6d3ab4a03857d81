import { ArgumentError } from '@repo/client-core';
import type { DeadLetters, State, Unit } from '../ports.js';
import type { PipelineReport } from '../report.js';
import { rangeSource } from '../run/backfill.js';
import type { TimeSpan } from '../run/backfill.js';
import type { PipelineOptions } from '../run/pipeline-options.js';
import { runPipeline } from '../run/run-pipeline.js';
import { memoryState } from '../state/memory-state.js';
import type { SavedDeadLetter } from './dead-letters-format.js';
import { replaySource } from './replay-source.js';
import type { ReplayPart, ReplayUnit } from './replay-source.js';

/** What to deliver again. */
export type Replayed<U extends Unit> =
  /** These units, as they were found: in the dead letters or by a listing of your own. */
  | { units: Iterable<U> | AsyncIterable<U> }
  /** All units of a range. */
  | { range: TimeSpan }
  /**
   * What is kept there: rows as they are, records through the transform, units that could not be read from the source.
   * Gaps are skipped. Remove the files yourself once it is done; what fails again is added again.
   */
  | { deadLetters: Iterable<SavedDeadLetter> | AsyncIterable<SavedDeadLetter> };

export interface ReplayOptions<U extends Unit, R, Row> extends Omit<PipelineOptions<U, R, Row>, 'state'> {
  of: Replayed<U>;
  /** To go on after a crash. Default: in memory, and the next replay starts over. */
  state?: State | undefined;
  /**
   * Also rows that the client itself refused (too large, not JSON): only of use when a limit has changed. Default false:
   * they are skipped and stay where they are.
   */
  includeInvalid?: boolean | undefined;
  /** Called with each dead letter that is skipped because it can never be delivered. */
  onSkipped?: ((letter: SavedDeadLetter) => void) | undefined;
}

/** Delivers again, whatever was delivered before; the live feed's state is not touched. */
export function replay<U extends Unit, R, Row>(options: ReplayOptions<U, R, Row>): Promise<PipelineReport> {
  const { source, of, transform, sink, recordId, deadLetters, state = memoryState() } = options;
  if (typeof of !== 'object' || of === null)
    throw new ArgumentError('options.of', 'is missing', 'Say what: { units }, { range } or { deadLetters }.');
  if ('range' in of) return runPipeline({ ...options, state, source: rangeSource(source, of.range) });
  return runPipeline<ReplayUnit<U, R, Row>, ReplayPart<R, Row>, Row>({
    ...options,
    state,
    source: replaySource<U, R, Row>(source, of, options),
    transform: (part, { unit }, context) =>
      'row' in part ? part.row : transform(part.record, unit, context),
    // The unit's own name, not the replay's.
    sink: {
      cloud: sink.cloud,
      write: (rows, how) => sink.write(rows, { ...how, unit: (how.unit as ReplayUnit<U, R, Row>).unit }),
      close: () => sink.close(),
    },
    deadLetters: ownDeadLetters(deadLetters),
    recordId: recordId && ((part) => ('record' in part ? recordId(part.record) : undefined)),
  });
}

/** As they were before they were parts of a replay. */
function ownDeadLetters<Row>(deadLetters: DeadLetters<Row>): DeadLetters<Row> {
  return {
    add: ({ record, ...entry }) => {
      const unit = (entry.unit as ReplayUnit<Unit, unknown, Row>).unit ?? entry.unit;
      const part = record as Partial<{ record: unknown; row: Row }> | undefined;
      return deadLetters.add({ ...entry, unit, ...part });
    },
  };
}
