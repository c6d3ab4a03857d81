/** One comparison with public material. Add yours to the list in conformance.ts. */
export interface Suite {
  readonly name: string;
  /** Below the folder of `--data`. */
  readonly folder: string;
  /** Where the public originals are. */
  readonly originals: string;
  run(folder: string): Promise<SuiteResult>;
}

export interface SuiteResult {
  /** What was looked at, in numbers. */
  readonly figures: string;
  /** What does not conform; empty when all does. */
  readonly problems: readonly string[];
}
