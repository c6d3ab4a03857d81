import { StateMissingError } from './state-errors.js';

/** What happens when a state has vanished: an error, or a first run. */
export type IfMissing = 'throw' | 'start';

/** Throws where a marker says that what was not found has been there. */
export function checkNotMissing(
  where: string,
  { marked, marker, ifMissing }: { marked: boolean; marker: string; ifMissing: IfMissing },
): void {
  if (marked && ifMissing === 'throw') throw new StateMissingError(where, marker);
}
