import type { OutputColumn } from './kql/transform.js';

/** Why the service would refuse to save a rule or a table. */
export interface Refusal {
  /** The column, table or option it is about. */
  readonly name: string;
  /** For example `would be refused: X_g String ≠ Guid`. */
  readonly message: string;
}

/**
 * A rule is checked when it is saved: each column that its transform makes must have the type of the table's column.
 * Columns that the table does not have are dropped from each row, silently.
 */
export function findTypeRefusals(
  produced: readonly OutputColumn[],
  table: readonly { readonly name: string; readonly type: string }[],
): Refusal[] {
  const types = new Map(table.map(({ name, type }) => [name, type.toLowerCase()]));
  return produced.flatMap(({ name, type }) => {
    const wanted = types.get(name);
    if (wanted === undefined || wanted === type) return [];
    return [{ name, message: `would be refused: ${name} ${capitalize(type)} ≠ ${capitalize(wanted)}` }];
  });
}

const capitalize = (type: string): string => type.charAt(0).toUpperCase() + type.slice(1);
