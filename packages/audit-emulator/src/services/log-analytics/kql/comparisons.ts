import { compare, isEqual, isMissing, toText } from './values.js';
import type { Value } from './values.js';

export type Compare = (left: Value, right: Value) => boolean;

const fold = (value: Value): string => toText(value).toLowerCase();
const terms = (value: string): string[] =>
  value.split(/[^\p{L}\p{N}_]+/u).flatMap((one) => [one, ...one.split('_')]);
const hasTerm = (text: string, term: string): boolean =>
  /^[\p{L}\p{N}_]+$/u.test(term) ? terms(text).includes(term) : text.includes(term);
const present = (value: Value): boolean => !isMissing(value);

/** Text operators, with case and without: `contains` ignores it, `contains_cs` does not. */
const textual: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  contains: (text, part) => text.includes(part),
  has: hasTerm,
  hasprefix: (text, part) => terms(text).some((one) => one.startsWith(part)),
  hassuffix: (text, part) => terms(text).some((one) => one.endsWith(part)),
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
};

/** The operators between two values that give a truth. */
export const comparisons: Readonly<Record<string, Compare>> = {
  '==': isEqual,
  '!=': (left, right) => !isEqual(left, right),
  '<>': (left, right) => !isEqual(left, right),
  '=~': (left, right) => fold(left) === fold(right),
  '!~': (left, right) => fold(left) !== fold(right),
  '<': (left, right) => present(left) && present(right) && compare(left, right) < 0,
  '<=': (left, right) => present(left) && present(right) && compare(left, right) <= 0,
  '>': (left, right) => present(left) && present(right) && compare(left, right) > 0,
  '>=': (left, right) => present(left) && present(right) && compare(left, right) >= 0,
  'matches regex': (left, right) => toRegExp(right).test(toText(left)),
  ...Object.fromEntries(
    Object.entries(textual).flatMap(([name, test]): [string, Compare][] => [
      [name, (left, right) => test(fold(left), fold(right))],
      [`!${name}`, (left, right) => !test(fold(left), fold(right))],
      [`${name}_cs`, (left, right) => test(toText(left), toText(right))],
      [`!${name}_cs`, (left, right) => !test(toText(left), toText(right))],
    ]),
  ),
};

/** RE2 writes `(?i)` for the whole pattern; JavaScript has a flag for it. */
export function toRegExp(pattern: Value, flags = ''): RegExp {
  const [, modes = '', rest = ''] = /^(?:\(\?([imsU]+)\))?([\s\S]*)$/.exec(toText(pattern)) ?? [];
  return new RegExp(
    rest.replaceAll('(?P<', '(?<'),
    `${flags}${modes.replace('U', '')}${rest.includes(String.raw`\p{`) ? 'u' : ''}`.replace(
      /(.)(?=.*\1)/g,
      '',
    ),
  );
}
