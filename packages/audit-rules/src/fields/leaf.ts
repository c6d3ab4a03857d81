/** One value of a field, with its text forms kept for the next rule that asks. */
export interface Leaf {
  readonly value: string | number | boolean | null;
  /** As text; undefined for null. */
  readonly text: string | undefined;
  lower(): string;
}

export interface Resolved {
  /** Whether the field is there at all, null and empty included. */
  readonly present: boolean;
  readonly leaves: readonly Leaf[];
}

export const absent: Resolved = { present: false, leaves: [] };

export function createLeaf(value: string | number | boolean | null): Leaf {
  const text = value === null ? undefined : String(value);
  let lower: string | undefined;
  return {
    value,
    text,
    lower: () => (lower ??= (text ?? '').toLowerCase()),
  };
}
