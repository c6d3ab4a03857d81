/** A time: milliseconds since the epoch, or a Date. Strings are refused: one without a zone could mean anything. */
export type Timestamp = number | Date;

/** Both ends are included. */
export interface RangeValue {
  start: Timestamp;
  end: Timestamp;
}

/** One value or several; sent as the list that is documented. */
export type OneOrMore<V> = V | readonly V[];

/** Every operator of the API with the value it takes. */
export interface Operands<V> {
  eq: OneOrMore<V>;
  neq: OneOrMore<V>;
  contains: OneOrMore<V>;
  ncontains: OneOrMore<V>;
  startswith: OneOrMore<V>;
  doesnotstartwith: OneOrMore<V>;
  endswith: OneOrMore<V>;
  startswithsingle: V;
  text: V;
  gt: V;
  gte: V;
  lt: V;
  lte: V;
  /** Later than this many days ago. */
  gte_ndays: number;
  /** Earlier than this many days ago. */
  lte_ndays: number;
  range: OneOrMore<RangeValue>;
  isset: boolean;
  isnotset: boolean;
  /** Has one value that is not the given. */
  deq: OneOrMore<V>;
  cabinetmatchedrulesequals: OneOrMore<V>;
}

export type Operator = keyof Operands<unknown>;

/** A filter on one field: operators are ANDed, like fields. */
export type FieldFilter<V, Op extends Operator> = { [K in Op]?: Operands<V>[K] };

/** A true-or-false field takes one value, no list. */
export interface BooleanFilter {
  eq?: boolean;
}

/** An account or user: `id` with the instance (and app, where the service knows it). */
export interface EntityKey {
  id: string;
  inst?: number;
  saas?: number;
}

/** A user group, or the role of the users looked for; sent by Microsoft's own module, not documented. */
export type UserTag = string | { role: number; adv?: boolean };

/** Filters as they are sent: a field's name → operator → value. The escape hatch for what the typed ones lack. */
export type RawFilters = Record<string, Record<string, unknown>>;

/** What the values of a field are; `code` is a number that some clients send as text, `flag` a boolean that may be text. */
export type ValueKind =
  | 'number'
  | 'code'
  | 'string'
  | 'string or null'
  | 'id'
  | 'boolean'
  | 'boolean or null'
  | 'flag'
  | 'tag'
  | 'time'
  | 'entity';

/** What is checked at run time: kind of value, then the operators. */
export type FieldRule<F> = readonly [ValueKind, ...(keyof NonNullable<F> & string)[]];
export type FilterRules<Filters> = { readonly [K in keyof Required<Filters>]: FieldRule<Filters[K]> };

/** Operators of a field that is or is not a value. */
export type Is = 'eq' | 'neq';

/** The same for a field that may be absent. */
export type IsOrSet = Is | 'isset' | 'isnotset';
