const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const bounds: readonly number[] = [1, 5, 15, 30, 60, 120, 360, 1200, 2880, 10_080].map((m) => m * minute);

/** How late things were found, counted by upper bounds. */
export interface LatenessHistogram {
  count: number;
  maxInMs: number;
  /** Each counts what is above the bound before it. The last bucket has no bound. */
  buckets: { upToInMs: number | undefined; count: number }[];
}

/** Counts lateness per day and forgets what is older than a day, so that one bad day does not stay. */
export class LatenessMeter {
  #since = -Infinity;
  #current = createCounts();
  #previous = createCounts();

  add(latenessInMs: number, now: number): void {
    if (now - this.#since > day) {
      this.#previous = now - this.#since > 2 * day ? createCounts() : this.#current;
      this.#current = createCounts();
      this.#since = now;
    }
    const index = bounds.findIndex((bound) => latenessInMs <= bound);
    const bucket = index < 0 ? bounds.length : index;
    this.#current.counts[bucket] = (this.#current.counts[bucket] ?? 0) + 1;
    this.#current.max = Math.max(this.#current.max, latenessInMs);
  }

  /** The bound below which this part of all was found; undefined when too few were. */
  quantile(part: number): number | undefined {
    const counts = this.#sum();
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (total < 100) return undefined;
    let rest = total * part;
    for (const [index, count] of counts.entries()) {
      rest -= count;
      if (rest <= 0) return bounds[index] ?? Infinity;
    }
    return Infinity;
  }

  read(): LatenessHistogram {
    const counts = this.#sum();
    return {
      count: counts.reduce((sum, count) => sum + count, 0),
      maxInMs: Math.max(this.#current.max, this.#previous.max),
      buckets: counts.map((count, index) => ({ upToInMs: bounds[index], count })),
    };
  }

  #sum(): number[] {
    return this.#current.counts.map((count, index) => count + (this.#previous.counts[index] ?? 0));
  }
}

function createCounts(): { counts: number[]; max: number } {
  return { counts: Array<number>(bounds.length + 1).fill(0), max: 0 };
}
