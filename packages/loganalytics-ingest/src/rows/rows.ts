import { ArgumentError } from '@repo/client-core';

/** Rows: objects, or bytes that each hold one row's JSON. */
export type Rows<Row = object> = Iterable<Row | Uint8Array> | AsyncIterable<Row | Uint8Array>;

/** Throws ArgumentError for what would be taken apart into characters, bytes or fields. */
export function checkRows(rows: unknown): void {
  const iterable =
    typeof rows === 'object' && rows !== null && (Symbol.iterator in rows || Symbol.asyncIterator in rows);
  if (!iterable || rows instanceof Uint8Array)
    throw new ArgumentError(
      'rows',
      'is not a collection of rows',
      'Give an array, an iterable or an async iterable of objects; wrap a single row in [ ].',
    );
}

/**
 * Shows every row to `visit` and waits when that says so. After an abort the rest of an array is still shown, since
 * all its rows were given; other sources are not read any further: they may never end. Says whether it has shown all.
 */
export async function eachRow<Row>(
  rows: Rows<Row>,
  signal: AbortSignal | undefined,
  visit: (row: Row | Uint8Array) => Promise<void> | undefined,
): Promise<boolean> {
  if (Symbol.asyncIterator in rows) return eachAsync(rows, signal, visit);
  return eachSync(rows, signal, visit);
}

/** Not `for await`: it would cost each row several turns of the microtask queue. */
async function eachSync<Row>(
  rows: Iterable<Row | Uint8Array>,
  signal: AbortSignal | undefined,
  visit: (row: Row | Uint8Array) => Promise<void> | undefined,
): Promise<boolean> {
  const iterator = rows[Symbol.iterator]();
  let isOpen = true;
  try {
    for (;;) {
      // Looked at before a row is taken: one that is taken has a status.
      if (signal?.aborted && !Array.isArray(rows)) return false;
      isOpen = false;
      const step = iterator.next();
      if (step.done) return true;
      isOpen = true;
      const wait = visit(step.value);
      if (wait) await wait;
    }
  } finally {
    if (isOpen) iterator.return?.();
  }
}

async function eachAsync<Row>(
  rows: AsyncIterable<Row | Uint8Array>,
  signal: AbortSignal | undefined,
  visit: (row: Row | Uint8Array) => Promise<void> | undefined,
): Promise<boolean> {
  const iterator = rows[Symbol.asyncIterator]();
  let stop = (): void => {};
  const onAbort = (): void => stop();
  signal?.addEventListener('abort', onAbort, { once: true });
  let exhausted = false;
  try {
    for (;;) {
      if (signal?.aborted) return false;
      let coming: Promise<IteratorResult<Row | Uint8Array>> | undefined;
      const step = await new Promise<IteratorResult<Row | Uint8Array> | undefined>((resolve, reject) => {
        stop = () => resolve(undefined);
        // The source itself may abort.
        coming = iterator.next();
        coming.then(resolve, reject);
      }).catch((error: unknown) => {
        exhausted = true;
        throw error;
      });
      if (!step) {
        // Taken from its source: it has a status too, though it comes late.
        coming?.then(
          (late) => void (late.done || visit(late.value)),
          () => {},
        );
        return false;
      }
      if (step.done) {
        exhausted = true;
        return true;
      }
      const wait = visit(step.value);
      if (wait) await wait;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    // A source that hangs in `next` answers this only when it gets on.
    if (!exhausted) iterator.return?.().catch(() => {});
  }
}
