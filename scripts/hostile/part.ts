/** What one part of the gate found: figures to print, and what is wrong. No failures: passed. */
export interface PartResult {
  figures: readonly string[];
  failures: readonly string[];
}
