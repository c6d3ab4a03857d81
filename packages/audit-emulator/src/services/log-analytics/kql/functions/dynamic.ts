import { compare, isEqual, isObject, keyOf, toText } from '../values.js';
import type { Value } from '../values.js';
import type { KqlFunction } from './function.js';

const array = (value: Value): Value[] | undefined => (Array.isArray(value) ? (value as Value[]) : undefined);

const pack: KqlFunction = (args) =>
  Object.fromEntries(
    Array.from({ length: Math.floor(args.length / 2) }, (_, i) => [
      toText(args[2 * i]),
      args[2 * i + 1] ?? null,
    ]),
  );

const sorted =
  (sign: 1 | -1): KqlFunction =>
  ([value]) =>
    array(value)?.toSorted((one, other) => sign * compare(one, other)) ?? null;

const unique = (values: readonly Value[]): Value[] => [
  ...new Map(values.map((one) => [keyOf(one), one])).values(),
];

const sets =
  (keep: (all: Value[][]) => Value[]): KqlFunction =>
  (args) =>
    unique(keep(args.map((one) => array(one) ?? [])));

const within = (values: readonly Value[], wanted: Value): boolean =>
  values.some((one) => isEqual(one, wanted));

export const dynamicFunctions: Readonly<Record<string, KqlFunction>> = {
  array_length: ([value]) => array(value)?.length ?? null,
  array_concat: (args) => args.flatMap((one) => array(one) ?? []),
  array_index_of: ([value, wanted]) => array(value)?.findIndex((one) => isEqual(one, wanted)) ?? null,
  array_slice: ([value, from, to]) =>
    array(value)?.slice(Number(from), Number(to) === -1 ? undefined : Number(to) + 1) ?? null,
  array_sort_asc: sorted(1),
  array_sort_desc: sorted(-1),
  array_reverse: ([value]) => array(value)?.toReversed() ?? null,
  array_sum: ([value]) => array(value)?.reduce<number>((sum, one) => sum + Number(one), 0) ?? null,
  bag_keys: ([value]) => (isObject(value) ? Object.keys(value) : null),
  bag_merge: (args) => Object.assign({}, ...args.filter(isObject).toReversed()) as Value,
  bag_has_key: ([value, key]) => isObject(value) && Object.hasOwn(value, toText(key)),
  bag_remove_keys: ([value, keys]) =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).filter(([name]) => !within(array(keys) ?? [], name)))
      : null,
  bag_pack: pack,
  pack,
  pack_dictionary: pack,
  pack_array: (args) => args.map((one) => one ?? null),
  pack_all: (_args, { row }) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith('$'))),
  zip: (args) => {
    const lists = args.map((one) => array(one) ?? []);
    const length = Math.max(0, ...lists.map((one) => one.length));
    return Array.from({ length }, (_, i) => lists.map((one) => one[i] ?? null));
  },
  set_difference: sets(([first = [], ...others]) =>
    first.filter((one) => !others.some((other) => within(other, one))),
  ),
  set_intersect: sets(([first = [], ...others]) =>
    first.filter((one) => others.every((other) => within(other, one))),
  ),
  set_union: sets((all) => all.flat()),
  set_has_element: ([value, wanted]) => within(array(value) ?? [], wanted),
  treepath: ([value]) => (isObject(value) ? Object.keys(value).map((name) => `['${name}']`) : null),
  parse_xml: ([value]) => parseXml(toText(value)),
};

/** Elements as properties, repeated ones as arrays, attributes with `@`, text beside them as `#text`. */
function parseXml(text: string): Value {
  const token = /<\/?([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g;
  type Element = { name: string; content: Record<string, Value>; text: string };
  const root: Element = { name: '', content: {}, text: '' };
  const stack: Element[] = [root];
  for (const [whole, name = '', attributes = '', closed, plain] of text
    .replace(/<\?[^>]*\?>|<!--[\s\S]*?-->/g, '')
    .matchAll(token)) {
    const parent = stack.at(-1) ?? root;
    if (plain !== undefined) parent.text += plain.trim();
    else if (whole.startsWith('</')) closeElement(stack);
    else {
      const content = Object.fromEntries(
        [...attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(
          ([, key = '', one, other]) => [`@${key}`, one ?? other ?? ''],
        ),
      );
      stack.push({ name, content, text: '' });
      if (closed === '/') closeElement(stack);
    }
  }
  return stack.length === 1 && Object.keys(root.content).length > 0 ? root.content : null;
}

function closeElement(stack: { name: string; content: Record<string, Value>; text: string }[]): void {
  const element = stack.pop();
  const parent = stack.at(-1);
  if (!element || !parent) return;
  const bare = Object.keys(element.content).length === 0;
  const value: Value = bare
    ? element.text
    : element.text === ''
      ? element.content
      : { ...element.content, '#text': element.text };
  const before = parent.content[element.name];
  parent.content[element.name] =
    before === undefined ? value : [...(Array.isArray(before) ? (before as Value[]) : [before]), value];
}
