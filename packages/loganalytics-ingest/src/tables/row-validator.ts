import type { $ZodObject } from 'zod/v4/core';
import { ArgumentError } from '@repo/client-core';
import { isAuxiliaryTime } from '../rows/validate-time.js';
import type { TableColumn } from './columns.js';

/**
 * What is wrong with a row: where, and zod's code for it; never a value. Codes of our own: `undeclared` (the stream
 * has no such column: the service drops it and says nothing), `out_of_range` (over 64 bits), `six_fraction_digits`.
 */
export interface RowIssue {
  readonly path: readonly PropertyKey[];
  readonly code: string;
}
export type RowValidation =
  { readonly ok: true } | { readonly ok: false; readonly issues: readonly RowIssue[] };

/** A check of rows as they are written, for one table. */
export function rowValidator(
  schema: $ZodObject,
  columns: readonly TableColumn[],
  auxiliary: boolean,
): (row: unknown) => RowValidation {
  const names = new Set(Object.keys(schema._zod.def.shape));
  const longs = columns.filter((column) => column.type === 'long').map((column) => column.name);
  return (row) => {
    const asynchronous = new ArgumentError(
      'schema',
      'has asynchronous checks',
      'Rows are validated synchronously.',
    );
    let result: ReturnType<typeof schema._zod.run>;
    try {
      result = schema._zod.run({ value: row, issues: [] }, { async: false });
    } catch (error) {
      throw error instanceof Error && /Promise/.test(error.message) ? asynchronous : error;
    }
    if (result instanceof Promise) throw asynchronous;
    const issues: RowIssue[] = result.issues.map((issue) => ({
      path: issue.path ?? [],
      code: issue.code ?? 'custom',
    }));
    if (typeof row === 'object' && row !== null) {
      const fields = row as Readonly<Record<string, unknown>>;
      // Also of a schema that lets them pass: the stream does not.
      for (const name of Object.keys(fields))
        if (!names.has(name) && !issues.some(({ code }) => code === 'unrecognized_keys'))
          issues.push({ path: [name], code: 'undeclared' });
      for (const name of longs) {
        const value = fields[name];
        const whole = typeof value !== 'number' || (Number.isInteger(value) && Math.abs(value) < 2 ** 63);
        if (!whole || (typeof value === 'bigint' && BigInt.asIntN(64, value) !== value))
          issues.push({ path: [name], code: 'out_of_range' });
      }
      const time = fields['TimeGenerated'];
      if (auxiliary && time !== undefined && !isAuxiliaryTime(time))
        issues.push({ path: ['TimeGenerated'], code: 'six_fraction_digits' });
    }
    return issues.length === 0 ? { ok: true } : { ok: false, issues };
  };
}
