import { ArgumentError } from '@repo/client-core';

const reserved = new Set(
  (
    'id BilledSize IsBillable InvalidTimeGenerated TenantId Title Type UniqueId ' +
    '_ItemId _ResourceGroup _ResourceId _SubscriptionId _TimeReceived'
  )
    .toLowerCase()
    .split(' '),
);

const columnName = /^[A-Za-z]\w{1,44}$/;

/** Whether a custom table may have a column of this name. */
export function isFreeColumnName(name: string): boolean {
  return columnName.test(name) && !reserved.has(name.toLowerCase());
}

/** Letter first, then letters, digits, `_`, and the suffix `_CL`; 4 to 63 characters (Tables API, 2025-07-01). */
export function checkTableName(name: string, path = 'name'): void {
  if (!/^[A-Za-z]\w*_CL$/.test(name) || name.length > 63)
    throw new ArgumentError(
      path,
      `'${name.slice(0, 80)}' is not a custom table's name`,
      'Use a letter, then letters, digits and _, end in _CL, 63 characters at most.',
    );
}

/** Documented rules of create-custom-table: 2 to 45 characters, reserved names, at most 500 columns. */
export function checkColumnNames(names: readonly string[]): void {
  if (names.length > 500)
    throw new ArgumentError(
      'schema',
      `has ${names.length} columns`,
      'A table takes 500; nest some in one object.',
    );
  const seen = new Map<string, string>();
  for (const name of names) {
    const folded = name.toLowerCase();
    const twin = seen.get(folded);
    if (twin !== undefined)
      throw new ArgumentError(
        `schema.${name}`,
        `differs from ${twin} only by case`,
        'Rename one of the two.',
      );
    seen.set(folded, name);
    if (!columnName.test(name))
      throw new ArgumentError(
        `schema.${name}`,
        'is not a column name',
        'Use 2 to 45 letters, digits and _, a letter first.',
      );
    if (reserved.has(folded))
      throw new ArgumentError(`schema.${name}`, 'is a reserved name', 'Rename the column.');
    if (folded === 'timegenerated' && name !== 'TimeGenerated')
      throw new ArgumentError(`schema.${name}`, 'is not the time column', 'Spell it TimeGenerated.');
  }
}
