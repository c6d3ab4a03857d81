import { getFeatures } from './row-features.js';

const maxAcceptable = 50_000;
const maxUnexplained = 20;
const maxPatterns = 10;

/** Learns what refused rows have in common that accepted ones do not have. A guess: it only decides what is tried next. */
export class RefusalPattern {
  readonly #acceptable = new Set<string>();
  #patterns: Set<string>[] = [];
  /** Refused rows that match no pattern yet. */
  #unexplained: Set<string>[] = [];

  /** A row was refused in a body of its own. */
  addRefused(row: Uint8Array): void {
    const features = this.#onlyRefused(getFeatures(row));
    if (features.size === 0 || this.#matches(features)) return;
    for (const other of this.#unexplained) {
      const common = this.#onlyRefused(new Set([...features].filter((one) => other.has(one))));
      if (common.size === 0) continue;
      this.#patterns = [...this.#patterns, common].slice(-maxPatterns);
      this.#unexplained = this.#unexplained.filter((one) => one !== other);
      return;
    }
    this.#unexplained = [...this.#unexplained, features].slice(-maxUnexplained);
  }

  /** A row was accepted: what it has is no cause. */
  addAccepted(row: Uint8Array): void {
    for (const feature of getFeatures(row)) {
      if (this.#acceptable.size < maxAcceptable) this.#acceptable.add(feature);
      for (const pattern of this.#patterns) pattern.delete(feature);
    }
    this.#patterns = this.#patterns.filter(({ size }) => size > 0);
  }

  isSuspect(row: Uint8Array): boolean {
    return this.#patterns.length > 0 && this.#matches(getFeatures(row));
  }

  #matches(features: ReadonlySet<string>): boolean {
    return this.#patterns.some((pattern) => [...pattern].some((feature) => features.has(feature)));
  }

  #onlyRefused(features: ReadonlySet<string>): Set<string> {
    return new Set([...features].filter((feature) => !this.#acceptable.has(feature)));
  }
}
