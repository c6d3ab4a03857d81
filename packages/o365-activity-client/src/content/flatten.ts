/**
 * The items of batches one at a time, mapped; what maps to undefined is left out. Hand-written iterator: an async
 * generator doubles the cost per record. Stopping early ends the batches too.
 */
export function flatten<T, R>(
  batches: AsyncIterator<readonly T[]>,
  map: (item: T, index: number) => R | undefined,
): AsyncIterableIterator<R, undefined, unknown> {
  let batch: readonly T[] = [];
  let next = 0;
  let count = 0;
  let over = false;
  let filling: Promise<void> | undefined;

  async function fill(): Promise<void> {
    try {
      const step = await batches.next();
      [batch, next, over] = [step.done ? [] : step.value, 0, step.done === true];
    } catch (error) {
      over = true;
      throw error;
    } finally {
      filling = undefined;
    }
  }

  return {
    async next() {
      for (;;) {
        while (next >= batch.length && !over) await (filling ??= fill());
        if (next >= batch.length) return { done: true, value: undefined };
        const value = map(batch[next++] as T, count++);
        if (value !== undefined) return { done: false, value };
      }
    },
    async return() {
      [batch, over] = [[], true];
      await batches.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** What is there already, as one batch. */
export async function* oneBatch<T>(items: readonly T[]): AsyncGenerator<readonly T[], void, void> {
  yield items;
}
