const idBytes = 16;

/** One hit as it is added or read back. */
export interface Hit {
  /** Event time, epoch milliseconds. */
  at: number;
  id: Uint8Array;
  /** A number, or the hash of a text; NaN when the field is missing. */
  value: number;
}

/** Hits of one rule and group in time order, 32 bytes each. A record id is held once. */
export class PackedHits {
  #times: Float64Array<ArrayBuffer> = new Float64Array(0);
  #values: Float64Array<ArrayBuffer> = new Float64Array(0);
  #ids: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  at(index: number): number {
    return this.#times[index] as number;
  }

  value(index: number): number {
    return this.#values[index] as number;
  }

  id(index: number): Uint8Array {
    return this.#ids.subarray(index * idBytes, (index + 1) * idBytes);
  }

  /** The first index whose time is at least `time`. */
  indexFrom(time: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#times[middle] as number) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** False when the record is held already. */
  add({ at, id, value }: Hit): boolean {
    const { index, isHeld } = this.#find(at, id);
    if (isHeld) return false;
    this.#grow();
    this.#times.copyWithin(index + 1, index, this.#length);
    this.#values.copyWithin(index + 1, index, this.#length);
    this.#ids.copyWithin((index + 1) * idBytes, index * idBytes, this.#length * idBytes);
    this.#times[index] = at;
    this.#values[index] = value;
    this.#ids.set(id, index * idBytes);
    this.#length += 1;
    return true;
  }

  remove(at: number, id: Uint8Array): boolean {
    const { index, isHeld } = this.#find(at, id);
    if (isHeld) this.#drop(index, 1);
    return isHeld;
  }

  /** Removes the oldest; returns how many. */
  removeBefore(time: number): number {
    const count = this.indexFrom(time);
    this.#drop(0, count);
    return count;
  }

  removeFirst(): void {
    this.#drop(0, 1);
  }

  /** By time, then by id, so that the order of arrival leaves no trace. */
  #find(at: number, id: Uint8Array): { index: number; isHeld: boolean } {
    let index = this.indexFrom(at);
    for (; index < this.#length && this.#times[index] === at; index += 1) {
      const order = Buffer.compare(this.id(index), id);
      if (order === 0) return { index, isHeld: true };
      if (order > 0) break;
    }
    return { index, isHeld: false };
  }

  #drop(index: number, count: number): void {
    if (count === 0) return;
    this.#times.copyWithin(index, index + count, this.#length);
    this.#values.copyWithin(index, index + count, this.#length);
    this.#ids.copyWithin(index * idBytes, (index + count) * idBytes, this.#length * idBytes);
    this.#length -= count;
  }

  /** By a quarter: most groups stay small, and a million hits must fit in 60 MB. */
  #grow(): void {
    const capacity = this.#times.length;
    if (this.#length < capacity) return;
    const next = Math.max(4, Math.ceil(capacity * 1.25));
    const times = new Float64Array(next);
    const values = new Float64Array(next);
    const ids = new Uint8Array(next * idBytes);
    times.set(this.#times);
    values.set(this.#values);
    ids.set(this.#ids);
    this.#times = times;
    this.#values = values;
    this.#ids = ids;
  }
}
