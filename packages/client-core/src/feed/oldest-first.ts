/** Ids by their time, the oldest at hand. What is dealt with goes when it comes to the top. */
export interface OldestFirst {
  add(id: string, time: number): void;
  /** The time of the oldest that is still wanted. */
  oldest(wanted: (id: string) => boolean): number | undefined;
}

/** A binary heap: thousands of blobs are pending, and each that is settled asks for the oldest. */
export function createOldestFirst(): OldestFirst {
  const heap: { id: string; time: number }[] = [];

  function swap(one: number, two: number): void {
    const held = heap[one] as { id: string; time: number };
    heap[one] = heap[two] as { id: string; time: number };
    heap[two] = held;
  }
  const before = (one: number, two: number): boolean =>
    (heap[one]?.time ?? Infinity) < (heap[two]?.time ?? Infinity);

  function removeOldest(): void {
    const last = heap.pop();
    if (heap.length === 0 || !last) return;
    heap[0] = last;
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const child = before(right, left) ? right : left;
      if (!before(child, at)) return;
      swap(at, child);
      at = child;
    }
  }

  return {
    add(id, time) {
      heap.push({ id, time });
      for (let at = heap.length - 1; at > 0;) {
        const parent = (at - 1) >> 1;
        if (!before(at, parent)) return;
        swap(at, parent);
        at = parent;
      }
    },
    oldest(wanted) {
      for (let top = heap[0]; top; top = heap[0]) {
        if (wanted(top.id)) return top.time;
        removeOldest();
      }
      return undefined;
    },
  };
}
