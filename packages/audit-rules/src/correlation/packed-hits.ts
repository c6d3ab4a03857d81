const idBytes = 16;
/** Time, value and id, as numbers of eight bytes. */
const width = 4;

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
  #numbers: Float64Array<ArrayBuffer> = new Float64Array(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  at(index: number): number {
    return this.#numbers[index * width] as number;
  }

  value(index: number): number {
    return this.#numbers[index * width + 1] as number;
  }

  /** A view: copy it to keep it. */
  id(index: number): Uint8Array {
    return new Uint8Array(this.#numbers.buffer, (index * width + 2) * 8, idBytes);
  }

  /** The first index whose time is at least `time`. */
  indexFrom(time: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** False when the record is held already. */
  add({ at, id, value }: Hit): boolean {
    const { index, isHeld } = this.#find(at, id);
    if (isHeld) return false;
    this.#grow();
    this.#numbers.copyWithin((index + 1) * width, index * width, this.#length * width);
    this.#numbers[index * width] = at;
    this.#numbers[index * width + 1] = value;
    this.id(index).set(id);
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
    for (; index < this.#length && this.at(index) === at; index += 1) {
      const order = Buffer.compare(this.id(index), id);
      if (order === 0) return { index, isHeld: true };
      if (order > 0) break;
    }
    return { index, isHeld: false };
  }

  #drop(index: number, count: number): void {
    if (count === 0) return;
    this.#numbers.copyWithin(index * width, (index + count) * width, this.#length * width);
    this.#length -= count;
  }

  /** By an eighth: most groups stay small, and a million hits must fit in 60 MB. */
  #grow(): void {
    if (this.#length * width < this.#numbers.length) return;
    const numbers = new Float64Array(Math.max(2, Math.ceil((this.#length + 1) * 1.125)) * width);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
  }
}
