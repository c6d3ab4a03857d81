import { hash128 } from './hash-128.js';
import type { SeenEntry } from './feed.js';

const dayInMs = 86_400_000;
/** Fuller tables look for a free place too long. */
const maxLoad = 0.8;
const growth = 1.5;
const wordsPerKey = 4;

/**
 * Ids until the day on which they expire. Holds 128 bits of each in open-addressed tables, one per day: about 30 bytes
 * an id (3 million in some 90 MB), and a day expires at the cost of one table. Ids cannot be listed.
 */
export class IdLedger {
  readonly #days = new Map<number, KeyTable>();

  constructor(entries: Iterable<SeenEntry> = []) {
    for (const { id, expires } of entries) this.add(id, expires);
  }

  get size(): number {
    return [...this.#days.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Memory of the tables, in bytes. */
  get byteLength(): number {
    return [...this.#days.values()].reduce((sum, table) => sum + table.byteLength, 0);
  }

  has(id: string): boolean {
    const key = hash128(id);
    for (const table of this.#days.values()) if (table.has(key)) return true;
    return false;
  }

  /** Remembers an id until the day after `expires` (ms since the epoch). */
  add(id: string, expires: number): void {
    const day = Math.ceil(expires / dayInMs);
    const table = this.#days.get(day) ?? new KeyTable();
    this.#days.set(day, table);
    table.add(hash128(id));
  }

  /**
   * Forgets the days that are over. Gives the time before which entries may be dropped where they are saved, for
   * `Delta.expireBefore`; undefined when nothing was forgotten.
   */
  forget(now: number): number | undefined {
    let before: number | undefined;
    for (const day of this.#days.keys()) {
      if (day * dayInMs > now) continue;
      this.#days.delete(day);
      before = Math.max(before ?? 0, day * dayInMs);
    }
    return before;
  }
}

type Key = readonly [number, number, number, number];

/** A set of 128-bit keys: linear probing, grown as a whole, never shrunk. */
class KeyTable {
  size = 0;
  #capacity = 1024;
  #words = new Uint32Array(this.#capacity * wordsPerKey);

  get byteLength(): number {
    return this.#words.byteLength;
  }

  has(key: Key): boolean {
    return this.#isTaken(this.#findSlot(key));
  }

  add(key: Key): void {
    if (this.size + 1 > this.#capacity * maxLoad) this.#grow();
    const slot = this.#findSlot(key);
    if (this.#isTaken(slot)) return;
    for (let word = 0; word < wordsPerKey; word += 1) this.#words[slot + word] = key[word] as number;
    this.size += 1;
  }

  /** Where the key is, or would be. */
  #findSlot(key: Key): number {
    const words = this.#words;
    for (let index = key[0] % this.#capacity; ; index = index + 1 === this.#capacity ? 0 : index + 1) {
      const slot = index * wordsPerKey;
      if (!this.#isTaken(slot)) return slot;
      if (
        words[slot] === key[0] &&
        words[slot + 1] === key[1] &&
        words[slot + 2] === key[2] &&
        words[slot + 3] === key[3]
      )
        return slot;
    }
  }

  /** Keys never end in a zero word: one stands for an empty place. */
  #isTaken(slot: number): boolean {
    return this.#words[slot + 3] !== 0;
  }

  #grow(): void {
    const old = this.#words;
    this.#capacity = Math.ceil(this.#capacity * growth);
    this.#words = new Uint32Array(this.#capacity * wordsPerKey);
    for (let slot = 0; slot < old.length; slot += wordsPerKey) {
      if (old[slot + 3] === 0) continue;
      const key = [old[slot], old[slot + 1], old[slot + 2], old[slot + 3]] as unknown as Key;
      this.#words.set(key, this.#findSlot(key));
    }
  }
}
