import type { McasRecord } from '../records.js';
import { InvalidValue, isObject, operators } from './operators.js';
import type { Operator, OperatorName } from './operators.js';

export interface FilterField {
  operators: readonly OperatorName[];
  /** The record's values for this filter; undefined, null and empty text are left out by the evaluation. */
  read(record: McasRecord): readonly unknown[];
}

/** The filters of one resource. `name` is how error texts call it. */
export interface FilterTable {
  name: string;
  fields: Readonly<Record<string, FilterField>>;
}

export type Filters = Readonly<Record<string, unknown>>;
export type Compiled = { ok: true; matches(record: McasRecord): boolean } | { ok: false; body: unknown };

/** All filters and all operators of one filter are ANDed. */
export function compileFilters(filters: Filters, table: FilterTable, now: number): Compiled {
  const tests: ((record: McasRecord) => boolean)[] = [];
  for (const [name, conditions] of Object.entries(filters)) {
    const field = Object.hasOwn(table.fields, name) ? table.fields[name] : undefined;
    if (!field)
      return refuse(`filter validation error: No filter name '${name}' found in metadata ${table.name}`);
    if (!isObject(conditions)) return { ok: false, body: notValid('filters', conditions) };
    for (const [operator, wanted] of Object.entries(conditions)) {
      const known = field.operators.find((one) => one === operator);
      // The service's words for this case are not known; that it refuses, neither.
      if (!known)
        return refuse(`filter validation error: Operator '${operator}' not allowed for filter '${name}'`);
      const apply: Operator = operators[known];
      const test = (record: McasRecord): boolean => apply(values(field, record), wanted, now);
      try {
        // A bad value is found even when there is no record to try it on.
        apply([0], wanted, now);
      } catch (error) {
        if (error instanceof InvalidValue) return { ok: false, body: notValid('filters', error.value) };
        throw error;
      }
      tests.push(test);
    }
  }
  return { ok: true, matches: (record) => tests.every((test) => test(record)) };
}

function values(field: FilterField, record: McasRecord): unknown[] {
  return field.read(record).filter((value) => value !== undefined && value !== null && value !== '');
}

function refuse(detail: string): Compiled {
  return { ok: false, body: { detail } };
}

/** The console's form validation: no `detail`, but `error: true`. */
export function notValid(field: string, value: unknown): Record<string, unknown> {
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return {
    [field]: [
      {
        error: `${shown} is not valid`,
        errorMessageCode: 'CONSOLE_FORMS_NOT_VALID_VALUE',
        errorMessageParams: { value: shown },
      },
    ],
    error: true,
  };
}
