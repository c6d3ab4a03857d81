/** What one part of the gate found: figures to print, and what is wrong. No failures: passed. */
export interface PartResult {
  figures: readonly string[];
  failures: readonly string[];
}

/** One part: runs in a process of its own, which is ended at `deadlineInMs`. */
export interface Part {
  run(seed: string): Promise<PartResult>;
}
