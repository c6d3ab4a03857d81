/** Types of a table's columns, in the spelling of a stream declaration (the Tables API writes `dateTime`). */
export type ColumnType = 'string' | 'int' | 'long' | 'real' | 'boolean' | 'datetime' | 'guid' | 'dynamic';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** What else the Tables API keeps of a column. */
  readonly dataTypeHint?: string;
  readonly description?: string;
  readonly displayName?: string;
}

const types: readonly ColumnType[] = [
  'string',
  'int',
  'long',
  'real',
  'boolean',
  'datetime',
  'guid',
  'dynamic',
];

/** The type meant by any of the spellings that the service takes; undefined when there is no such type. */
export function columnType(name: unknown): ColumnType | undefined {
  const wanted = String(name).toLowerCase();
  return types.find((type) => type === wanted);
}

/** Columns from `a:int b:string`. */
export function columns(list: string): Column[] {
  return list
    .trim()
    .split(/\s+/)
    .map((pair) => {
      const [name = '', type = ''] = pair.split(':');
      return { name, type: columnType(type) ?? 'string' };
    });
}

/** Column names that a custom table may not have. */
export const reservedColumnNames: ReadonlySet<string> = new Set([
  'id',
  'BilledSize',
  'IsBillable',
  'InvalidTimeGenerated',
  'TenantId',
  'Title',
  'Type',
  'UniqueId',
  '_ItemId',
  '_ResourceGroup',
  '_ResourceId',
  '_SubscriptionId',
  '_TimeReceived',
]);

/** An ASCII letter, then letters, digits and `_`; 2 to 45 characters. */
export function isColumnName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_]{1,44}$/.test(name);
}
