import { parseAddress } from './ip.js';

const unknown = Symbol('not parsed yet');

/** One value of a field; what tests make of it is kept for the next rule that asks. */
export class Leaf {
  readonly value: string | number | boolean | null;
  /** As text; undefined for null. */
  readonly text: string | undefined;
  #lower: string | undefined;
  #address: string | undefined | typeof unknown = unknown;

  constructor(value: string | number | boolean | null) {
    this.value = value;
    this.text = value === null ? undefined : String(value);
  }

  lower(): string {
    return (this.#lower ??= (this.text ?? '').toLowerCase());
  }

  /** The address that the text is, without port and mapping. */
  address(): string | undefined {
    if (this.#address === unknown)
      this.#address = this.text === undefined ? undefined : parseAddress(this.text);
    return this.#address;
  }
}

export interface Resolved {
  /** Whether the field is there at all, null and empty included. */
  readonly present: boolean;
  readonly leaves: readonly Leaf[];
}

export const absent: Resolved = { present: false, leaves: [] };
