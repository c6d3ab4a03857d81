import { createHash } from 'node:crypto';
import { spanOf } from '../run/backfill.js';
import type { TimeSpan } from '../run/backfill.js';
import { encodeDeadLetter } from './dead-letters-format.js';
import type { SavedDeadLetter } from './file-dead-letters.js';
import { memoryState } from '../state/memory-state.js';
import { ArgumentError } from '@repo/client-core';
import type { Delta } from '@repo/client-core';
import type { PipelineReport, Source, State, Unit } from '../ports.js';
import { runPipeline } from '../run/run-pipeline.js';
import type { PipelineOptions } from '../run/run-pipeline.js';

/** What to deliver again. */
export type Replayed<U extends Unit> =
  /** These units, as they were found: in the dead letters or by a listing of your own. */
  | { units: Iterable<U> | AsyncIterable<U> }
  /** All units of a span. */
  | { range: TimeSpan }
  /**
   * What is kept there: rows as they are, records through the transform, units that could not be read from the source.
   * Gaps are left out. Remove the files yourself once it is done; what fails again is added anew.
   */
  | { deadLetters: Iterable<SavedDeadLetter> | AsyncIterable<SavedDeadLetter> };

export type ReplayOptions<U extends Unit, R, Row> = Omit<PipelineOptions<U, R, Row>, 'state' | 'source'> & {
  source: Source<U, R>;
  of: Replayed<U>;
  /** To go on after a crash. Default: in memory, and the next replay starts over. */
  state?: State;
};

/** One thing to deliver: a unit to be read, a row as it is, or a record to be made a row. */
interface Piece<U> extends Unit {
  unit: U;
  row?: unknown;
  record?: unknown;
}
type Part<R, Row> = { record: R } | { row: Row };

/** Delivers again, whatever was delivered before; the live feed's state is not touched. */
export function replay<U extends Unit, R, Row>(options: ReplayOptions<U, R, Row>): Promise<PipelineReport> {
  const { source, of, transform, sink, recordId, deadLetters, state = memoryState(), ...rest } = options;
  if (typeof of !== 'object' || of === null)
    throw new ArgumentError('options.of', 'is missing', 'Say what: { units }, { range } or { deadLetters }.');
  if ('range' in of) return runPipeline({ ...options, state, source: spanOf(source, of.range) });
  return runPipeline<Piece<U>, Part<R, Row>, Row>({
    ...rest,
    state,
    source: pieces<U, R, Row>(source, of),
    transform: (part, { unit }, context) =>
      'row' in part ? part.row : transform(part.record, unit, context),
    // The unit's own name, not the replay's.
    sink: {
      ...(sink.cloud && { cloud: sink.cloud }),
      write: (rows, call) => sink.write(rows, { ...call, unit: (call.unit as Piece<U>).unit }),
      close: () => sink.close(),
    },
    deadLetters: {
      add: ({ record, ...entry }) =>
        deadLetters.add({
          ...entry,
          unit: (entry.unit as Piece<U>).unit ?? entry.unit,
          // As it was before it was a part of this.
          ...(record !== undefined && (record as Partial<{ record: unknown; row: Row }>)),
        }),
    },
    recordId: recordId && ((part) => ('record' in part ? recordId(part.record) : undefined)),
  });
}

function pieces<U extends Unit, R, Row>(
  source: Source<U, R>,
  of: Replayed<U>,
): Source<Piece<U>, Part<R, Row>> {
  return {
    ...(source.identity !== undefined && { identity: `${source.identity}@replay` }),
    ...(source.cloud && { cloud: source.cloud }),
    open(saved) {
      const origin = source.open({});
      const done = new Set([...(saved.seen ?? [])].map(({ id }) => id));
      const settle = (id: string): Delta => ({
        cursor: '{"v":1}',
        add: [{ id, expires: never }],
        expire: [],
      });
      return {
        async *discover() {
          for await (const piece of piecesOf(of)) if (!done.has(piece.id)) yield piece;
        },
        async *read(piece, readOptions) {
          if (piece.row !== undefined) yield { row: piece.row as Row };
          else if (piece.record !== undefined) yield { record: piece.record as R };
          else for await (const record of origin.read(piece.unit, readOptions)) yield { record };
        },
        ack: settle,
        fail: settle,
      };
    },
  };
}

const never = 8.64e15;

async function* piecesOf<U extends Unit>(of: Replayed<U>): AsyncGenerator<Piece<U>, void, void> {
  if ('units' in of) for await (const unit of of.units) yield { id: unit.id, unit };
  if (!('deadLetters' in of)) return;
  /** By what it is, not by its place: others may have been removed when a replay goes on. */
  const equal = new Map<string, number>();
  for await (const letter of of.deadLetters) {
    const { unit, row, record } = letter;
    if (unit.id.startsWith('gap:')) continue;
    const print = createHash('sha256')
      .update(encodeDeadLetter(letter, letter.time))
      .digest('hex')
      .slice(0, 32);
    const n = equal.get(print) ?? 0;
    equal.set(print, n + 1);
    yield {
      id: `${print}:${n}:${unit.id}`,
      unit: unit as U,
      ...(row !== undefined && { row }),
      ...(record !== undefined && { record }),
    };
  }
}
