/**
 * Several readers of the same rows. The one ahead waits when another is `maxRows` behind; one that has left holds nobody
 * up.
 */
export class SplitRows<Row> {
  readonly #source: AsyncIterator<readonly Row[]>;
  readonly #maxRows: number;
  readonly #queues: (readonly Row[])[][];
  readonly #left: boolean[];
  #over = false;
  #failure: { error: unknown } | undefined;
  #pulling: Promise<void> | undefined;
  #waiting: (() => void)[] = [];

  constructor(rows: AsyncIterable<readonly Row[]>, readers: number, maxRows: number) {
    this.#source = rows[Symbol.asyncIterator]();
    this.#maxRows = maxRows;
    this.#queues = Array.from({ length: readers }, () => []);
    this.#left = this.#queues.map(() => false);
  }

  async *reader(index: number): AsyncGenerator<readonly Row[], void, void> {
    const queue = this.#queues[index] as (readonly Row[])[];
    try {
      for (;;) {
        const batch = queue.shift();
        if (batch) {
          this.#wakeAll();
          yield batch;
        } else if (this.#failure) throw this.#failure.error;
        else if (this.#over) return;
        else if (this.#isFull(index)) await new Promise<void>((resolve) => this.#waiting.push(resolve));
        else await this.#pull();
      }
    } finally {
      this.leave(index);
    }
  }

  /** This reader takes no more. */
  leave(index: number): void {
    this.#left[index] = true;
    this.#queues[index]?.splice(0);
    this.#wakeAll();
    if (this.#left.every(Boolean) && !this.#over) this.#source.return?.().then(undefined, () => {});
  }

  /** No reader gets more than it has. */
  end(error?: unknown): void {
    if (error !== undefined) this.#failure ??= { error };
    else this.#over = true;
    this.#wakeAll();
  }

  #isFull(index: number): boolean {
    return this.#queues.some(
      (queue, other) =>
        other !== index &&
        !this.#left[other] &&
        queue.reduce((sum, { length }) => sum + length, 0) >= this.#maxRows,
    );
  }

  #pull(): Promise<void> {
    this.#pulling ??= this.#source
      .next()
      .then(
        ({ done, value }) => {
          if (done) this.#over = true;
          else for (const [index, queue] of this.#queues.entries()) if (!this.#left[index]) queue.push(value);
        },
        (error: unknown) => {
          this.#failure = { error };
        },
      )
      .then(() => {
        this.#pulling = undefined;
        this.#wakeAll();
      });
    return this.#pulling;
  }

  #wakeAll(): void {
    const woken = this.#waiting;
    this.#waiting = [];
    for (const wake of woken) wake();
  }
}
