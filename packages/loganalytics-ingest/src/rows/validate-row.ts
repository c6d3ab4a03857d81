import { describeIssue } from './row-validation.js';
import type { RowValidation } from './row-validation.js';
import { isReplaced } from './validate-time.js';
import { reservedProperties } from '../clients/validate-target.js';
import { suffixDrift } from './suffix-drift.js';

/** What a check has to say of a row. */
export interface RowVerdict {
  readonly action: 'send' | 'reject' | 'return';
  /** Field and rule; never a value. Empty for `send`. */
  readonly reason: string;
  /** The service will put the time of reception in place of the row's own: count it when it is sent. */
  readonly timeReplaced: boolean;
}

/** Looks at a row before it is serialized. Undefined: nothing to say, send it. */
export type RowCheck = (row: object) => RowVerdict | undefined;

export interface RowCheckOptions {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Of a time more than 2 days old or more than 1 day ahead. Default `send`. */
  readonly timeOutsideWindow?: 'send' | 'reject' | 'return' | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const reject = (reason: string): RowVerdict => ({ action: 'reject', reason, timeReplaced: false });

/** Rows for the Logs Ingestion API: the time window of `TimeGenerated`. */
export function ingestionRowCheck(options: RowCheckOptions): RowCheck {
  return (row) => checkTime(row as Fields, 'TimeGenerated', options);
}

/** Rows for a defined table: what the service would drop, truncate or replace is not sent. */
export function tableRowCheck(
  table: { validate(row: unknown, now?: number): RowValidation },
  now: () => number,
): RowCheck {
  return (row) => {
    const validation = table.validate(row, now());
    return validation.ok ? undefined : reject(validation.issues.slice(0, 5).map(describeIssue).join('; '));
  };
}

export interface CollectorRowCheckOptions extends RowCheckOptions {
  readonly timeGeneratedField?: string | undefined;
  /** Of a property whose type has changed, so that the service would make a second column. Default `reject`. */
  readonly suffixDrift?: 'reject' | 'send' | undefined;
}

/** Rows for the Data Collector API: names, reserved names, columns in a row, suffixes, the time window. */
export function collectorRowCheck(options: CollectorRowCheckOptions): RowCheck {
  const { timeGeneratedField: field, suffixDrift: onDrift = 'reject' } = options;
  const drift = onDrift === 'reject' ? suffixDrift() : undefined;
  // Names repeat from row to row: each is looked at once.
  const good = new Set<string>();
  return (row) => {
    const fields = row as Fields;
    const names = Object.keys(fields);
    if (names.length > 500)
      return reject(`the row has ${names.length} properties, a table takes 500 columns`);
    for (const name of names) {
      if (good.has(name)) continue;
      const fault = nameFault(name);
      if (fault !== undefined) return reject(fault);
      if (good.size < 10_000) good.add(name);
    }
    const time = field === undefined ? undefined : checkTime(fields, field, options);
    if (time && time.action !== 'send') return time;
    const drifted = drift?.(fields);
    return drifted === undefined ? time : reject(drifted);
  };
}

/** The suffix takes two of the 45 characters of a column's name. */
function nameFault(name: string): string | undefined {
  if (reservedProperties.has(name)) return `${name} is a reserved name`;
  if (/^\w{1,43}$/.test(name)) return undefined;
  // A name can hold anything, content too: it is told by its shape.
  return /^\w*$/.test(name)
    ? `a property's name has ${name.length} characters, with its suffix it may have 45`
    : "a property's name has other characters than letters, digits and _";
}

function checkTime(row: Fields, name: string, options: RowCheckOptions): RowVerdict | undefined {
  const value = row[name];
  if (value === undefined || !isReplaced(value, options.now())) return undefined;
  const { timeOutsideWindow: action = 'send' } = options;
  return action === 'send'
    ? { action, reason: '', timeReplaced: true }
    : { action, reason: `${name} is more than 2 days old or more than 1 day ahead`, timeReplaced: false };
}
