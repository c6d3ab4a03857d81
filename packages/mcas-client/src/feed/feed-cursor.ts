import { ArgumentError, decodeToken, encodeToken } from '@repo/client-core';

/** What a feed needs to go on: everything before `through` is done, and some windows beyond it. */
export interface FeedCursor {
  /** Records saved before this time (ms since the epoch) are done. */
  through: number;
  /** Windows done beyond `through`, when several are read at the same time: [from, to] in order. */
  done: [number, number][];
  /** Where the first run began: nothing saved before is asked for. */
  from?: number | undefined;
  /** The ledger holds no ids of records saved before: nothing before is read again. */
  floor?: number | undefined;
  /** When the last sweep was planned. */
  sweptAt?: number | undefined;
}

const binding = { kind: 'activities.feed', version: 2 };

export function writeCursor(cursor: FeedCursor, fingerprint: string): string {
  return encodeToken({ ...binding, fingerprint, state: cursor });
}

export function readCursor(text: string, fingerprint: string): FeedCursor {
  const state = decodeToken(text, { ...binding, fingerprint, path: 'saved.cursor' });
  const { through, done, from, floor, sweptAt } = (state ?? {}) as Partial<FeedCursor>;
  if (typeof through !== 'number' || !Array.isArray(done))
    throw new ArgumentError('saved.cursor', 'is damaged', 'Start again without it.');
  return { through, done, from, floor, sweptAt };
}

/** Joins a window that is done; `through` moves over all that touch it. */
export function joinWindow({ done, ...cursor }: FeedCursor, window: [number, number]): FeedCursor {
  const rest = [...done, window].sort((a, b) => a[0] - b[0]);
  let { through } = cursor;
  while (rest[0] && rest[0][0] <= through) through = Math.max(through, (rest.shift() as [number, number])[1]);
  return { ...cursor, through, done: rest };
}
