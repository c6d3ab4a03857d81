import { createHash } from 'node:crypto';
import type { Delta, SavedFeed } from '@repo/client-core';
import type { Source, SourceRun, Unit } from '../ports.js';
import { encodeDeadLetter } from './dead-letters-format.js';
import type { SavedDeadLetter } from './dead-letters-format.js';

/** One thing to deliver again: a row as it is, or a record to be made a row. */
export type ReplayPart<R, Row> = { record: R } | { row: Row };

/** Parts of one unit that are delivered together, or a unit that is read again. */
export interface ReplayUnit<U, R, Row> extends Unit {
  unit: U;
  /** Absent for a unit that is read from its source. */
  parts?: ReplayPart<R, Row>[];
  /** What is remembered when it is done: what the dead letters hold may have changed when a replay goes on. */
  prints: string[];
}

type ReplayInput<U> =
  | { units: Iterable<U> | AsyncIterable<U> }
  | { deadLetters: Iterable<SavedDeadLetter> | AsyncIterable<SavedDeadLetter> };

interface ReplaySourceOptions {
  includeInvalid?: boolean | undefined;
  onSkipped?: ((letter: SavedDeadLetter) => void) | undefined;
}

const never = 8.64e15;
/** Rows delivered together: a request holds hundreds. */
const maxParts = 500;

/** The things to deliver again as units. */
export function replaySource<U extends Unit, R, Row>(
  source: Source<U, R>,
  input: ReplayInput<U>,
  options: ReplaySourceOptions,
): Source<ReplayUnit<U, R, Row>, ReplayPart<R, Row>> {
  return {
    identity: source.identity === undefined ? undefined : `${source.identity}@replay`,
    cloud: source.cloud,
    open: (saved) => openReplay(source.open({}), input, saved, options),
  };
}

function openReplay<U extends Unit, R, Row>(
  origin: SourceRun<U, R>,
  input: ReplayInput<U>,
  saved: SavedFeed,
  options: ReplaySourceOptions,
): SourceRun<ReplayUnit<U, R, Row>, ReplayPart<R, Row>> {
  const done = new Set([...(saved.seen ?? [])].map(({ id }) => id));
  const open = new Map<string, string[]>();
  function settle(id: string): Delta {
    const prints = open.get(id) ?? [id];
    open.delete(id);
    return { cursor: '{"v":1}', add: prints.map((print) => ({ id: print, expires: never })), expire: [] };
  }
  return {
    async *discover() {
      const units =
        'units' in input ? wholeUnits(input.units) : groupLetters<U>(input.deadLetters, done, options);
      for await (const unit of units) {
        if (unit.prints.every((print) => done.has(print))) continue;
        open.set(unit.id, unit.prints);
        yield unit as ReplayUnit<U, R, Row>;
      }
    },
    async *read(unit, readOptions) {
      if (unit.parts) return yield unit.parts;
      for await (const records of origin.read(unit.unit, readOptions))
        yield records.map((record) => ({ record }));
    },
    ack: settle,
    fail: settle,
  };
}

async function* wholeUnits<U extends Unit>(
  units: Iterable<U> | AsyncIterable<U>,
): AsyncGenerator<ReplayUnit<U, unknown, unknown>, void, void> {
  for await (const unit of units) yield { id: unit.id, unit, prints: [unit.id] };
}

/** Rows and records that stand together and belong to one unit are delivered together. */
async function* groupLetters<U extends Unit>(
  letters: Iterable<SavedDeadLetter> | AsyncIterable<SavedDeadLetter>,
  done: ReadonlySet<string>,
  { includeInvalid = false, onSkipped }: ReplaySourceOptions,
): AsyncGenerator<ReplayUnit<U, unknown, unknown>, void, void> {
  const nextPrint = createPrinter();
  let group: (ReplayUnit<U, unknown, unknown> & { parts: ReplayPart<unknown, unknown>[] }) | undefined;
  for await (const letter of letters) {
    const { unit, row, record } = letter;
    if (unit.id.startsWith('gap:')) continue;
    // No destination takes what the client itself refuses.
    if (letter.status === 'invalid' && !includeInvalid) {
      onSkipped?.(letter);
      continue;
    }
    const print = nextPrint(letter);
    if (done.has(print)) continue;
    const part = row !== undefined ? { row } : record !== undefined ? { record } : undefined;
    if (group && part && group.unit.id === unit.id && group.parts.length < maxParts) {
      group.parts.push(part);
      group.prints.push(print);
      continue;
    }
    if (group) yield group;
    group = undefined;
    const id = `${print}:${unit.id}`;
    if (part) group = { id, unit: unit as U, parts: [part], prints: [print] };
    else yield { id, unit: unit as U, prints: [print] };
  }
  if (group) yield group;
}

/** A name by what it is, not by its place: others may have been removed when a replay goes on. */
function createPrinter(): (letter: SavedDeadLetter) => string {
  const equal = new Map<string, number>();
  return (letter) => {
    const hash = createHash('sha256')
      .update(encodeDeadLetter(letter, letter.time))
      .digest('hex')
      .slice(0, 32);
    const count = equal.get(hash) ?? 0;
    equal.set(hash, count + 1);
    return `${hash}:${count}`;
  };
}
