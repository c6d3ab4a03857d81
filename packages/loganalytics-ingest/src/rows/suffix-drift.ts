type Suffix = '_s' | '_d' | '_b' | '_t' | '_g';

const guid = /^([\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{32})$/i;
/** Rows that invent names must not fill the memory. */
const maxNames = 10_000;
const time = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?$/i;

/** The column that the Data Collector API makes of a value in a new table; undefined for what makes none, or is not documented. */
function suffixOf(value: unknown): Suffix | undefined {
  if (typeof value === 'bigint' || Number.isFinite(value)) return '_d';
  if (typeof value === 'boolean') return '_b';
  if (value instanceof Date) return '_t';
  if (typeof value !== 'string') return undefined;
  return guid.test(value) ? '_g' : time.test(value) ? '_t' : '_s';
}

/** Whether a text goes into an existing column: the service converts where it can. */
function converts(text: string, suffix: Suffix): boolean {
  if (suffix === '_s') return true;
  if (suffix === '_d') return text.trim() !== '' && Number.isFinite(Number(text));
  if (suffix === '_b') return /^(true|false)$/i.test(text);
  return suffix === '_t' ? time.test(text) : guid.test(text);
}

/**
 * Watches the types of properties from row to row. Says which property would get a second column beside the one that
 * earlier rows have made; a row that is refused leaves no mark. `Computer` has a column without suffix.
 */
export function suffixDrift(): (row: Readonly<Record<string, unknown>>) => string | undefined {
  const columns = new Map<string, Suffix>();
  return (row) => {
    const added: [string, Suffix][] = [];
    for (const [name, value] of Object.entries(row)) {
      const suffix = name === 'Computer' ? undefined : suffixOf(value);
      if (suffix === undefined) continue;
      const known = columns.get(name);
      if (known === undefined) {
        if (columns.size < maxNames) added.push([name, suffix]);
      } else if (known !== suffix && !(typeof value === 'string' && converts(value, known)))
        return `${name} went to ${name}${known} before, its value now would make the column ${name}${suffix}`;
    }
    for (const [name, suffix] of added) columns.set(name, suffix);
    return undefined;
  };
}
