import type { $ZodObject } from 'zod/v4/core';
import { ArgumentError } from '@repo/client-core';
import type { RowIssue, RowValidation } from '../rows/row-validation.js';
import { isAuxiliaryTime, isReplaced } from '../rows/validate-time.js';
import type { TableColumn } from './columns.js';

const maxTextBytes = 64 * 1024;

/** A check of rows as they are written, for one table. */
export function rowValidator(
  schema: $ZodObject,
  columns: readonly TableColumn[],
  isAuxiliary: boolean,
): (row: unknown, now?: number) => RowValidation {
  const names = new Set(Object.keys(schema._zod.def.shape));
  return (row, now) => {
    const issues = runSchema(schema, row);
    if (typeof row === 'object' && row !== null) {
      const fields = row as Readonly<Record<string, unknown>>;
      // Also of a schema that lets them pass: the stream does not.
      if (!issues.some(({ code }) => code === 'unrecognized_keys'))
        for (const name of Object.keys(fields))
          if (!names.has(name)) issues.push(describeUndeclared(name, names));
      for (const column of columns) issues.push(...findColumnIssues(column, fields[column.name]));
      issues.push(...findTimeIssues(fields['TimeGenerated'], isAuxiliary, now));
    }
    return issues.length === 0 ? { ok: true } : { ok: false, issues };
  };
}

function runSchema(schema: $ZodObject, row: unknown): RowIssue[] {
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
  return result.issues.map((issue) => ({ path: issue.path ?? [], code: issue.code ?? 'custom' }));
}

function describeUndeclared(name: string, names: ReadonlySet<string>): RowIssue {
  const near = [...names].find((one) => one.toLowerCase() === name.toLowerCase());
  const issue = { path: [name], code: 'undeclared' };
  return near === undefined ? issue : { ...issue, hint: `did you mean ${near}?` };
}

function findColumnIssues({ name, type }: TableColumn, value: unknown): RowIssue[] {
  if (value === undefined || value === null) return [];
  if ((type === 'int' || type === 'long') && !fitsInteger(value, type === 'int' ? 32 : 64))
    return [{ path: [name], code: 'out_of_range', hint: `${type} has ${type === 'int' ? 32 : 64} bits` }];
  // UTF-8 takes one to three bytes for a UTF-16 unit.
  const isLong =
    typeof value === 'string' &&
    value.length * 3 > maxTextBytes &&
    new TextEncoder().encode(value).byteLength > maxTextBytes;
  return isLong ? [{ path: [name], code: 'too_long', hint: 'a value has at most 64 KB of UTF-8' }] : [];
}

function fitsInteger(value: unknown, bits: number): boolean {
  if (typeof value === 'bigint') return BigInt.asIntN(bits, value) === value;
  if (typeof value !== 'number') return true;
  return Number.isInteger(value) && value >= -(2 ** (bits - 1)) && value < 2 ** (bits - 1);
}

function findTimeIssues(time: unknown, isAuxiliary: boolean, now: number | undefined): RowIssue[] {
  const path = ['TimeGenerated'];
  if (isAuxiliary && time !== undefined && !isAuxiliaryTime(time))
    return [{ path, code: 'six_fraction_digits', hint: 'use auxiliaryTime(date)' }];
  if (now === undefined || !isReplaced(time, now)) return [];
  return [{ path, code: 'time_outside_window', hint: 'keep it in a column of its own' }];
}
