import type { SavedAlert } from './attachments.js';

/** So many alerts are remembered; the oldest leave. */
const maxAlerts = 200_000;

export interface Raised extends SavedAlert {
  /** Epoch milliseconds. */
  expires: number;
}

/** Which alerts were raised, and how large they were then. */
export class RaisedAlerts {
  readonly #raised: Map<string, Raised> = new Map();

  /** The revision to raise it with; undefined when it has not grown since. */
  nextRevision(id: string, recordCount: number, count: number): number | undefined {
    const known = this.#raised.get(id);
    if (!known) return 0;
    return recordCount > known.recordCount || count > known.count ? known.revision + 1 : undefined;
  }

  get(id: string): Raised | undefined {
    return this.#raised.get(id);
  }

  set(alert: Raised): void {
    this.#raised.delete(alert.id);
    this.#raised.set(alert.id, alert);
    const [oldest] = this.#raised.keys();
    if (this.#raised.size > maxAlerts && oldest !== undefined) this.#raised.delete(oldest);
  }

  /** As it was before a unit that was not committed. */
  restore(id: string, before: Raised | undefined): void {
    if (before) this.set(before);
    else this.#raised.delete(id);
  }

  values(): Iterable<Raised> {
    return this.#raised.values();
  }
}
