/** The value that a table keeps of a record's text: an integer that a number cannot hold stays as its digits. */
export function keptValue(text: string): unknown {
  const keep = (_key: string, value: unknown, { source }: { source: string }): unknown =>
    Number.isInteger(value) && !Number.isSafeInteger(value) ? source : value;
  return JSON.parse(text, keep as (key: string, value: unknown) => unknown);
}
