/**
 * Runs `work` on what the source gives, at most `limit` at once and never further ahead of the consumer; results
 * come in the source's order. Who stops early aborts what is under way.
 */
export async function* mapConcurrent<T, R>(
  source: AsyncIterable<T>,
  limit: number,
  work: (item: T, signal: AbortSignal) => Promise<R>,
  abortSignal?: AbortSignal,
): AsyncGenerator<R, void, void> {
  const stop = new AbortController();
  const signal = abortSignal ? AbortSignal.any([abortSignal, stop.signal]) : stop.signal;
  const iterator = source[Symbol.asyncIterator]();
  const running: Promise<R>[] = [];
  let listing: Promise<IteratorResult<T>> | undefined;
  let exhausted = false;
  try {
    for (;;) {
      abortSignal?.throwIfAborted();
      if (!exhausted && running.length < limit) {
        listing ??= iterator.next();
        // A slow listing does not hold up what has been read already.
        const first = running[0];
        const step = await (first ? Promise.race([listing, first.then(() => undefined)]) : listing);
        if (step) {
          listing = undefined;
          if (step.done) exhausted = true;
          else {
            const result = work(step.value, signal);
            // Looked at when its turn comes.
            result.catch(() => {});
            running.push(result);
          }
          continue;
        }
      }
      const next = running.shift();
      if (!next) return;
      yield await next;
    }
  } finally {
    stop.abort(new DOMException('the consumer stopped', 'AbortError'));
    listing?.catch(() => {});
    // Not awaited: a listing that is under way ends by itself.
    iterator.return?.().catch(() => {});
  }
}
