/** Counts what a sink has taken, and whether it went to the end. */
export class CountedRows<Row> implements AsyncIterable<readonly Row[]> {
  readonly #rows: AsyncIterable<readonly Row[]>;
  handed = 0;
  isWhole = false;
  #stopped = false;

  constructor(rows: AsyncIterable<readonly Row[]>) {
    this.#rows = rows;
  }

  [Symbol.asyncIterator](): AsyncIterator<readonly Row[], undefined> {
    const iterator = this.#rows[Symbol.asyncIterator]();
    const end = { done: true, value: undefined } as const;
    return {
      next: async () => {
        const step = await iterator.next();
        if (step.done) {
          // A sink that gives up while it waits ends the records too: that is not the end of the unit.
          this.isWhole = !this.#stopped;
          return end;
        }
        this.handed += step.value.length;
        return step;
      },
      return: async () => {
        this.#stopped = true;
        await iterator.return?.();
        return end;
      },
    };
  }
}
