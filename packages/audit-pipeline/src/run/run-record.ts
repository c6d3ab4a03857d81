import type { Attachment, SavedState } from '../ports.js';

const key = 'pipeline:run';
const suspectsKey = 'pipeline:refused';
const never = 8.64e15;

/** Saved while a run goes on: found by the next one, it says that this one did not end cleanly. */
export function runStarted(concurrency: number): Attachment {
  return { key, value: JSON.stringify({ concurrency }), expires: never };
}

/**
 * A clean end, unless units are still in doubt; and the units that were refused: rows that nobody takes are known once
 * others are accepted.
 */
export function runEnded(suspects: readonly string[], inDoubt: number): Attachment[] {
  const value = suspects.length === 0 ? undefined : JSON.stringify(suspects.slice(0, 1000));
  return [
    inDoubt > 0 ? runStarted(inDoubt) : { key, value: undefined, expires: 0 },
    { key: suspectsKey, value, expires: never },
  ];
}

/** The units that the last run could not deliver because most of their rows were refused. */
export function savedSuspects({ attachments }: SavedState): string[] {
  const found = attachments.find((attachment) => attachment.key === suspectsKey);
  try {
    return found ? (JSON.parse(found.value) as string[]) : [];
  } catch {
    return [];
  }
}

/** How many units may have been in flight when the last run ended without saying so; 0 after a clean end. */
export function unitsInDoubt({ attachments }: SavedState): number {
  const found = attachments.find((attachment) => attachment.key === key);
  if (!found) return 0;
  try {
    const { concurrency } = JSON.parse(found.value) as { concurrency?: unknown };
    return typeof concurrency === 'number' ? concurrency : 1;
  } catch {
    return 1;
  }
}

/** The rows of the largest units: whichever of them were in flight, no more rows than these are there twice. */
export class RowsInDoubt {
  readonly units: number;
  readonly #largest: number[] = [];

  constructor(units: number) {
    this.units = units;
  }

  /** How many units are still in doubt when this run ends: those that it did not deliver may come later. */
  remaining({ isWhole }: { isWhole: boolean }): number {
    return isWhole ? 0 : this.units;
  }

  /** A unit was delivered. */
  add(rows: number): void {
    if (this.units === 0 || rows === 0) return;
    this.#largest.push(rows);
    this.#largest.sort((one, two) => two - one);
    this.#largest.length = Math.min(this.#largest.length, this.units);
  }

  get bound(): number {
    return this.#largest.reduce((sum, rows) => sum + rows, 0);
  }
}
