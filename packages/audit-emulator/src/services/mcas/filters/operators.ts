/**
 * One function per operator. `actual` are the record's values for the filter: none, one or several. `wanted` is what
 * the request holds. Throws InvalidValue when the operator cannot take `wanted`.
 */
export type Operator = (actual: readonly unknown[], wanted: unknown, now: number) => boolean;

export type OperatorName =
  | 'eq'
  | 'neq'
  | 'deq'
  | 'contains'
  | 'ncontains'
  | 'startswith'
  | 'startswithsingle'
  | 'doesnotstartwith'
  | 'endswith'
  | 'text'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'gte_ndays'
  | 'lte_ndays'
  | 'range'
  | 'isset'
  | 'isnotset'
  | 'descendantof'
  | 'ndescendantof'
  | 'cabinetmatchedrulesequals';

export class InvalidValue extends Error {
  readonly value: unknown;
  constructor(value: unknown) {
    super('invalid value');
    this.value = value;
  }
}

const day = 86_400_000;

export const operators: Readonly<Record<OperatorName, Operator>> = {
  eq: (actual, wanted) => anyOf(actual, wanted, same),
  neq: (actual, wanted) => !anyOf(actual, wanted, same),
  /** Has one value that is none of the given. */
  deq: (actual, wanted) => actual.some((one) => !list(wanted).some((other) => same(one, other))),
  contains: (actual, wanted) =>
    anyOf(
      actual,
      wanted,
      textual((one, part) => one.includes(part)),
    ),
  ncontains: (actual, wanted) =>
    !anyOf(
      actual,
      wanted,
      textual((one, part) => one.includes(part)),
    ),
  startswith: (actual, wanted) =>
    anyOf(
      actual,
      wanted,
      textual((one, part) => one.startsWith(part)),
    ),
  startswithsingle: (actual, wanted) =>
    anyOf(
      actual,
      single(wanted),
      textual((one, part) => one.startsWith(part)),
    ),
  doesnotstartwith: (actual, wanted) =>
    !anyOf(
      actual,
      wanted,
      textual((one, part) => one.startsWith(part)),
    ),
  endswith: (actual, wanted) =>
    anyOf(
      actual,
      wanted,
      textual((one, part) => one.endsWith(part)),
    ),
  text: (actual, wanted) =>
    anyOf(
      actual,
      single(wanted),
      textual((one, part) => one.includes(part)),
    ),
  gt: (actual, wanted) => actual.some((one) => number(one) > number(wanted)),
  gte: (actual, wanted) => actual.some((one) => number(one) >= number(wanted)),
  lt: (actual, wanted) => actual.some((one) => number(one) < number(wanted)),
  lte: (actual, wanted) => actual.some((one) => number(one) <= number(wanted)),
  /** Later than N days ago. */
  gte_ndays: (actual, wanted, now) => actual.some((one) => number(one) >= now - number(wanted) * day),
  /** Earlier than N days ago. */
  lte_ndays: (actual, wanted, now) => actual.some((one) => number(one) <= now - number(wanted) * day),
  range: (actual, wanted) => list(wanted).some((span) => actual.some((one) => within(number(one), span))),
  isset: (actual, wanted) => actual.length > 0 === boolean(wanted),
  isnotset: (actual, wanted) => actual.length > 0 !== boolean(wanted),
  descendantof: (actual, wanted) => anyOf(actual, wanted, same),
  ndescendantof: (actual, wanted) => !anyOf(actual, wanted, same),
  cabinetmatchedrulesequals: (actual, wanted) => anyOf(actual, wanted, same),
};

type Match = (one: unknown, other: unknown) => boolean;

/** A scalar is accepted where a list is documented; `null` stands for "no value". */
function list(wanted: unknown): readonly unknown[] {
  return Array.isArray(wanted) ? wanted : [wanted];
}

function single(wanted: unknown): unknown {
  const values = list(wanted);
  if (values.length !== 1 || typeof values[0] !== 'string') throw new InvalidValue(wanted);
  return values[0];
}

function anyOf(actual: readonly unknown[], wanted: unknown, match: Match): boolean {
  return list(wanted).some((other) =>
    other === null ? actual.length === 0 : actual.some((one) => match(one, other)),
  );
}

/** Numbers may come as text. Entities are compared by the keys both sides have: `inst` or `saas` may be left out. */
function same(one: unknown, other: unknown): boolean {
  if (isObject(one) && isObject(other)) {
    const shared = Object.keys(other).filter((key) => key in one);
    return shared.length > 0 && shared.every((key) => String(one[key]) === String(other[key]));
  }
  if (isObject(one)) return String(one['id']) === String(other);
  return String(one) === String(other);
}

function textual(test: (one: string, part: string) => boolean): Match {
  return (one, part) => {
    if (isObject(part)) throw new InvalidValue(part);
    return test(String(isObject(one) ? one['id'] : one).toLowerCase(), String(part).toLowerCase());
  };
}

function number(value: unknown): number {
  const found = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof found !== 'number' || !Number.isFinite(found)) throw new InvalidValue(value);
  return found;
}

function boolean(value: unknown): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new InvalidValue(value);
}

function within(one: number, span: unknown): boolean {
  if (!isObject(span)) throw new InvalidValue(span);
  const { start, end } = span;
  if (start === undefined && end === undefined) throw new InvalidValue(span);
  return (start === undefined || one >= number(start)) && (end === undefined || one <= number(end));
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
