/** What rows of one kind weigh. */
export interface Share {
  contentType: string;
  recordType: string;
  operation: string;
  rows: number;
  bytes: number;
}

export interface Estimate {
  shares: Share[];
  rows: number;
  bytes: number;
  /** Extrapolated from the span to a day: an estimate, since weekends and incidents differ. */
  gigabytesPerDay: number;
}

/** Bytes of a row beside the record's own: its common columns once more, with their names. Roughly. */
const columnsBytes = 500;
/** Log Analytics bills by 10^9 bytes. */
const gigabyte = 1e9;

/** Adds up what a span of records would weigh as rows. */
export function createEstimate(spanInHours: number): {
  add(row: { contentType: string; recordType: string; operation: string; bytes: number }): void;
  result(): Estimate;
} {
  const shares = new Map<string, Share>();
  return {
    add({ contentType, recordType, operation, bytes }) {
      const key = `${contentType}\n${recordType}\n${operation}`;
      const share = shares.get(key) ?? { contentType, recordType, operation, rows: 0, bytes: 0 };
      shares.set(key, share);
      share.rows += 1;
      share.bytes += bytes + columnsBytes;
    },
    result() {
      const sorted = [...shares.values()].sort((a, b) => b.bytes - a.bytes);
      const sum = (of: (share: Share) => number): number =>
        sorted.reduce((total, share) => total + of(share), 0);
      const bytes = sum((share) => share.bytes);
      return {
        shares: sorted,
        rows: sum((share) => share.rows),
        bytes,
        gigabytesPerDay: ((bytes / spanInHours) * 24) / gigabyte,
      };
    },
  };
}
