import type { RawFilters } from '../../filters/operators.js';
import { getTimeBounds } from '../../filters/time-bounds.js';
import type { TimeBounds } from '../../filters/time-bounds.js';
import { toLooseJson } from './loose-json.js';

type TimeField = 'date' | 'created';

const timeFields: readonly TimeField[] = ['date', 'created'];
const boundOperators = new Set(['gt', 'gte', 'lt', 'lte', 'eq', 'range']);

/** How `nextQueryFilters` differ from the filters that were sent. */
export interface CursorMove {
  /** The field that was narrowed; undefined when nothing moved. */
  field?: TimeField;
  /** Which bound moved: `to` on the way down (newest first), `from` on the way up. */
  bound?: 'from' | 'to' | 'both';
}

/**
 * `nextQueryFilters` replace the filters of the query, so what they lack is lost or widened without a word. Returns what
 * is wrong with them, or the move: everything but one time field must be the same, and that field only narrower.
 */
export function checkNextFilters(sent: RawFilters, next: RawFilters): CursorMove | string {
  for (const field of Object.keys(sent))
    if (!Object.hasOwn(next, field)) return `drops the filter ${field} from its cursor (nextQueryFilters)`;
  let move: CursorMove = {};
  for (const [field, operators] of Object.entries(next)) {
    const before = sent[field];
    if (before !== undefined && toLooseJson(before) === toLooseJson(operators)) continue;
    if (!isTimeField(field)) return `changes the filter ${field} in its cursor (nextQueryFilters)`;
    const narrowed = getNarrowing(before ?? {}, operators);
    if (narrowed === undefined) return `widens the filter ${field} in its cursor (nextQueryFilters)`;
    if (move.field !== undefined) return 'moves two filters in one cursor (nextQueryFilters)';
    move = { field, bound: narrowed };
  }
  return move;
}

function isTimeField(field: string): field is TimeField {
  return (timeFields as readonly string[]).includes(field);
}

/** Which bound became narrower; undefined when any became wider. */
function getNarrowing(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): CursorMove['bound'] | undefined {
  for (const [operator, value] of Object.entries(before))
    if (!boundOperators.has(operator) && toLooseJson(after[operator]) !== toLooseJson(value))
      return undefined;
  for (const operator of Object.keys(after))
    if (!boundOperators.has(operator) && !Object.hasOwn(before, operator)) return undefined;
  // Several ranges have gaps between them, which bounds cannot tell.
  if (Array.isArray(before['range']) && before['range'].length > 1)
    if (toLooseJson(before['range']) !== toLooseJson(after['range'])) return undefined;
  const [old, now] = [getTimeBounds(before), getTimeBounds(after)];
  if (!(now.from >= old.from && now.to <= old.to)) return undefined;
  if (losesExclusion(before, after, 'gt', now.from === old.from)) return undefined;
  if (losesExclusion(before, after, 'lt', now.to === old.to)) return undefined;
  return getMovedBound(old, now);
}

/** An excluded bound that stayed where it was must stay excluded. */
function losesExclusion(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  operator: 'gt' | 'lt',
  stayed: boolean,
): boolean {
  return stayed && before[operator] !== undefined && after[operator] === undefined;
}

function getMovedBound(old: TimeBounds, now: TimeBounds): CursorMove['bound'] {
  if (now.from > old.from) return now.to < old.to ? 'both' : 'from';
  return 'to';
}
