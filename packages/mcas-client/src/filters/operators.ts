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

/** Filters as they are sent: a field's name → operator → value. The way out when the typed ones lack something. */
export type RawFilters = Record<string, Record<string, unknown>>;

export type ValueKind = 'number' | 'string' | 'boolean' | 'time' | 'entity' | 'id';

/** What is checked at run time: kind of value, then the operators. */
export type FieldRule<F> = readonly [ValueKind, ...(keyof NonNullable<F> & string)[]];
export type FilterRules<Filters> = { readonly [K in keyof Required<Filters>]: FieldRule<Filters[K]> };

/** Operators of a field that is or is not a value. */
export type Is = 'eq' | 'neq';

/** The same for a field that may be absent. */
export type IsOrSet = Is | 'isset' | 'isnotset';
