import { ArgumentError } from '@repo/client-core';

/** What a feed needs to go on: everything up to `through` is done, and some spans beyond it. */
export interface FeedCursor {
  /** Records saved up to here (ms since the epoch) are done. */
  through: number;
  /** Spans done beyond `through`, when slices are read at the same time: [from, to] in order. */
  done: [number, number][];
  /** Where the first run began: nothing saved before is asked for. */
  from?: number;
}

const version = 1;

export function writeCursor(cursor: FeedCursor, query: string): string {
  return JSON.stringify({ v: version, q: query, ...cursor });
}

export function readCursor(text: string, query: string): FeedCursor {
  const saved = parsed(text);
  if (!Number.isFinite(saved?.through) || !Array.isArray(saved?.done))
    throw new ArgumentError('saved.cursor', 'is not a cursor of this feed', 'Start anew without it.');
  if (saved.v !== version)
    throw new ArgumentError(
      'saved.cursor',
      `has version ${String(saved.v)}`,
      `This release reads ${version}.`,
    );
  if (saved.q !== query)
    throw new ArgumentError(
      'saved.cursor',
      'belongs to a feed with other filters',
      'Keep one cursor for each set of filters.',
    );
  const { from } = saved;
  return { through: saved.through as number, done: saved.done, ...(typeof from === 'number' && { from }) };
}

function parsed(text: string): (Partial<FeedCursor> & { v?: unknown; q?: unknown }) | undefined {
  try {
    return (JSON.parse(text) as Partial<FeedCursor> | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Joins a span that is done; `through` moves over all that touch it. */
export function join({ done, ...cursor }: FeedCursor, span: [number, number]): FeedCursor {
  const rest = [...done, span].sort((a, b) => a[0] - b[0]);
  let { through } = cursor;
  while (rest[0] && rest[0][0] <= through) through = Math.max(through, (rest.shift() as [number, number])[1]);
  return { ...cursor, through, done: rest };
}
