import { nameOf } from './to-json-safe.js';

/** What is wrong with a row: where and which rule; never a value. */
export interface RowIssue {
  readonly path: readonly PropertyKey[];
  /**
   * zod's code, or one of our own: `undeclared` (the stream has no such column: the service drops it silently),
   * `out_of_range`, `too_long` (over 64 KB of UTF-8: the service truncates it), `time_outside_window` (more than 2 days
   * old or 1 day ahead: the service replaces it), `six_fraction_digits` (plan Auxiliary).
   */
  readonly code: string;
  /** What to do about it. */
  readonly hint?: string;
}
export type RowValidation =
  { readonly ok: true } | { readonly ok: false; readonly issues: readonly RowIssue[] };

/** Path, rule and hint of an issue, in words. */
export function describeIssue({ path, code, hint }: RowIssue): string {
  const place = path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${nameOf(String(key))}`))
    .join('');
  const where = place.replace(/^\./, '') || 'the row';
  return `${where}: ${code}${hint === undefined ? '' : ` (${hint})`}`;
}
