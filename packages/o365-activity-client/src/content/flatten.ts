/**
 * The items of batches one at a time, mapped. Not a generator: for every record that would cost as much as cutting it
 * out of its blob. Stopping early ends the batches too.
 */
export function flatten<T, R>(
  batches: AsyncIterator<readonly T[]>,
  map: (item: T, index: number) => R,
): AsyncIterableIterator<R, undefined, unknown> {
  let batch: readonly T[] = [];
  let at = 0;
  let count = 0;
  let over = false;
  let filling: Promise<void> | undefined;

  async function fill(): Promise<void> {
    try {
      const step = await batches.next();
      [batch, at, over] = [step.done ? [] : step.value, 0, step.done === true];
    } catch (error) {
      over = true;
      throw error;
    } finally {
      filling = undefined;
    }
  }

  return {
    async next() {
      while (at >= batch.length && !over) await (filling ??= fill());
      if (at >= batch.length) return { done: true, value: undefined };
      return { done: false, value: map(batch[at++] as T, count++) };
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
