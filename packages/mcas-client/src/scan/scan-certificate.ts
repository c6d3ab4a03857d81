import { hash64 } from '@repo/client-core';
import type { Gap } from '@repo/client-core';
import type { Activity } from '../models/activity.js';

/** What a scan that has ended can say about its completeness. */
export interface ScanCertificate {
  /** Bounds of the sort field, inclusive, in ms since the epoch; undefined for one that is open. */
  window: { from: number | undefined; to: number | undefined };
  pages: number;
  /** Records handed out, each once. */
  records: number;
  /** Records left out because an earlier page had them. */
  duplicates: number;
  /** The same for the same set of ids, in whatever order: 64 bits, not for secrets. */
  idsHash: string;
  /** Whether every page was sorted as asked. When not, the scan relied on the service's cursor alone. */
  monotone: boolean;
  /** What the service estimated on the first and on the last page, where it did. */
  totals: { first: number | undefined; last: number | undefined };
  /** What could not be read. */
  gaps: readonly Gap[];
  /** The scan went on from a token: pages before it are not counted. */
  resumed: boolean;
  /** A second scan in the other direction found the same records. False when none was asked for. */
  verified: boolean;
}

/** Counts a scan while it runs. */
export class ScanTally {
  pages = 0;
  records = 0;
  duplicates = 0;
  monotone = true;
  readonly gaps: Gap[] = [];
  #high = 0;
  #low = 0;
  #first: number | undefined;
  #last: number | undefined;

  add(page: {
    items: readonly Activity[];
    duplicates: number;
    total?: number | undefined;
    monotone: boolean;
  }): void {
    this.pages += 1;
    this.records += page.items.length;
    this.duplicates += page.duplicates;
    this.monotone &&= page.monotone;
    this.#first ??= page.total;
    this.#last = page.total ?? this.#last;
    for (const record of page.items) {
      const [high, low] = hash64(String((record as Activity | null)?._id));
      // Sums do not depend on the order of pages.
      this.#high = (this.#high + high) >>> 0;
      this.#low = (this.#low + low) >>> 0;
    }
  }

  get idsHash(): string {
    return [this.#high, this.#low].map((half) => half.toString(16).padStart(8, '0')).join('');
  }

  get totals(): ScanCertificate['totals'] {
    return { first: this.#first, last: this.#last };
  }
}
