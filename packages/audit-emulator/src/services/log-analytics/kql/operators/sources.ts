import { unsupported } from '../errors.js';
import { compile, nameOf } from '../expressions.js';
import type { FrameColumn } from '../frame.js';
import { functions } from '../functions/functions.js';
import { compare, DateTime, Timespan } from '../values.js';
import type { Value } from '../values.js';
import type { Operator } from './operator.js';

/** `print a = 1, b = "x"`: one row. */
export const printOperator: Operator = (node, _input, scope, columns) => {
  const values = (node.fields['Expressions']?.list ?? []).map((one) => compile(one, scope)({}));
  return { columns, rows: [Object.fromEntries(columns.map(({ name }, i) => [name, values[i] ?? null]))] };
};

/** `datatable(a:int, b:string) [1, "x"]`. */
export const dataTable: Operator = (node, _input, scope, columns) => {
  const values = (node.fields['Values']?.list ?? []).map((one) => compile(one, scope)({}));
  const width = Math.max(1, columns.length);
  return {
    columns,
    rows: Array.from({ length: Math.floor(values.length / width) }, (_, row) =>
      Object.fromEntries(columns.map((column, i) => [column.name, cast(values[row * width + i], column)])),
    ),
  };
};

/** A literal in the type of its column. */
function cast(value: Value, { type }: FrameColumn): Value {
  const convert = type === 'dynamic' ? undefined : functions[`to${type === 'boolean' ? 'bool' : type}`];
  return convert ? convert([value], { now: 0, type, row: {} }) : (value ?? null);
}

const most = 100_000;

/** `range x from 1 to 10 step 1`. */
export const rangeOperator: Operator = (node, _input, scope, columns) => {
  const { Name: name, From: from, To: to, Step: step } = node.fields;
  if (!name || !from || !to || !step) throw unsupported(`\`${node.text}\``);
  const [first, last, by] = [from, to, step].map((one) => compile(one, scope)({}));
  const add = (value: Value): Value =>
    value instanceof DateTime
      ? new DateTime(value.ms + (by instanceof Timespan ? by.ms : 0))
      : value instanceof Timespan
        ? new Timespan(value.ms + (by instanceof Timespan ? by.ms : 0))
        : Number(value) + Number(by);
  const rows = [];
  for (let value = first; compare(value, last) <= 0; value = add(value)) {
    if (rows.length >= most) throw unsupported(`a range of more than ${most} rows`);
    rows.push({ [nameOf(name)]: value });
  }
  return { columns, rows };
};
