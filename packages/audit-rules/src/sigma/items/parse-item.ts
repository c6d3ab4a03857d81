import type { FieldItem, Keyword, ValueTest } from '../../engine/expression.js';
import type { RegexEngine } from '../../engine/regex.js';
import { parsePattern, plainText } from '../../engine/text-pattern.js';
import type { FieldPaths } from '../../fields/field-path.js';
import { computedFields } from '../../fields/computed-fields.js';
import { createNetwork } from '../../fields/tenant-context.js';
import { encodeBase64, encodeBase64Offsets, encodeUtf16, expandDashes } from './encodings.js';
import { parseModifiers } from './modifiers.js';
import type { Modifiers } from './modifiers.js';
import { Refusal } from '../problem.js';
import type { Position } from '../problem.js';
import type { MapEntry, ScalarNode, YamlNode } from '../yaml-tree.js';

export interface ItemContext {
  paths: FieldPaths;
  /** Values of `%name%` for `expand`. */
  placeholders: Readonly<Record<string, readonly string[]>>;
  /** Loaded when a text has `re`. */
  regex: RegexEngine | undefined;
}

const maxValues = 10_000;
const maxValueChars = 32_768;

/** Reads `field|modifiers: values`. */
export function parseItem({ key, position, value }: MapEntry, context: ItemContext): FieldItem {
  const [field = '', ...names] = key.split('|');
  if (!field.trim()) throw new Refusal(position, 'a field has no name', 'Write it before the first `|`.');
  if (field.startsWith('audit.') && !Object.hasOwn(computedFields, field))
    throw new Refusal(
      position,
      `unknown computed field \`${field}\``,
      `Known: ${Object.keys(computedFields).join(', ')}.`,
    );
  const modifiers = parseModifiers(names, position);
  const values = readValues(value, key);
  const path = context.paths.get(field);
  const base = {
    kind: 'item' as const,
    path,
    all: modifiers.all,
    negated: modifiers.negated,
    line: position.line,
  };
  if (modifiers.family === 'exists') {
    const [only] = values;
    if (value.kind !== 'scalar' || typeof only?.value !== 'boolean')
      throw new Refusal(value, '`exists` wants true or false', 'Write one of them.');
    return { ...base, tests: [], exists: only.value };
  }
  if (modifiers.all && values.length < 2)
    throw new Refusal(value, '`all` wants a list of several values', 'Remove `all` or add values.');
  if (modifiers.all && modifiers.negated)
    throw new Refusal(position, '`all` and `neq` exclude each other', 'Use `not` in the condition.');
  return { ...base, tests: values.flatMap((one) => parseValue(one, names, modifiers, context)) };
}

/** Reads a value that is looked for anywhere in the record. */
export function parseKeyword(node: YamlNode): Keyword {
  if (node.kind !== 'scalar') throw new Refusal(node, 'a keyword is one value', 'Write plain values.');
  if (node.value === null || node.text === '')
    throw new Refusal(node, 'a keyword is empty', 'It would be found in every record: remove it.');
  return { kind: 'keyword', pattern: parsePattern(node.text), text: node.text, line: node.line };
}

function readValues(node: YamlNode, key: string): ScalarNode[] {
  if (node.kind === 'map')
    throw new Refusal(node, `\`${key}\` holds a map`, `Write the path as one name: \`${key}.name\`.`);
  if (node.kind === 'scalar') return [checkSize(node)];
  if (node.members.length === 0)
    throw new Refusal(node, `\`${key}\` has an empty list`, 'Give it values or remove it.');
  if (node.members.length > maxValues)
    throw new Refusal(node, `\`${key}\` has more than ${maxValues} values`, 'Split the rule.');
  return node.members.map((member) => {
    if (member.kind !== 'scalar')
      throw new Refusal(member, 'a value is a text, a number or a boolean', 'Flatten it.');
    if (member.value === null)
      throw new Refusal(member, 'null in a list', 'Write `null` alone in a selection of its own.');
    return checkSize(member);
  });
}

function checkSize(node: ScalarNode): ScalarNode {
  if (node.text.length > maxValueChars)
    throw new Refusal(node, `a value has more than ${maxValueChars} characters`, 'Shorten it.');
  return node;
}

function parseValue(
  node: ScalarNode,
  names: readonly string[],
  modifiers: Modifiers,
  context: ItemContext,
): ValueTest[] {
  const { cased, mode, operator } = modifiers;
  if (node.value === null) {
    if (names.some((name) => name !== 'neq'))
      throw new Refusal(node, 'null takes no modifier', 'Remove the modifier.');
    return [{ kind: 'null' }];
  }
  switch (modifiers.family) {
    case 're':
      return [parseRegex(node, modifiers.regexFlags, context)];
    case 'cidr':
      return [{ kind: 'cidr', network: parseNetwork(node) }];
    case 'number':
      return [{ kind: 'number', operator, value: parseNumber(node) }];
    case 'time':
      if (!modifiers.part)
        throw new Refusal(node, 'no part of a time is named', 'Write `hour`, `day` or another.');
      return [{ kind: 'time', part: modifiers.part, operator, value: parseNumber(node) }];
    case 'fieldref':
      return [{ kind: 'field', path: context.paths.get(node.text), mode, cased }];
    default:
      return parseTexts(node, modifiers, context).map((pattern) => ({ kind: 'text', pattern, mode, cased }));
  }
}

/** Compiled here only to refuse at load what RE2 does not have. */
function parseRegex(node: ScalarNode, flags: string, { regex }: ItemContext): ValueTest {
  if (!regex) throw new Refusal(node, 'the pattern engine is not loaded', 'Load the rule with loadRules.');
  try {
    regex.compile(node.text, flags);
  } catch (error) {
    throw new Refusal(
      node,
      `the pattern is not supported: ${(error as Error).message}`,
      'Use RE2 syntax: no look-around, back references, possessive or atomic groups.',
    );
  }
  return { kind: 'regex', source: node.text, flags };
}

function parseNetwork(node: ScalarNode): string {
  try {
    createNetwork([node.text]);
  } catch (error) {
    throw new Refusal(node, (error as Error).message, 'IPv4 and IPv6 networks are known.');
  }
  return node.text;
}

function parseNumber(node: ScalarNode): number {
  if (typeof node.value !== 'number')
    throw new Refusal(node, 'the modifier wants a number', 'Write the number without quotes.');
  return node.value;
}

/** Expansion and encodings, in the order in which the specification applies them. */
function parseTexts(
  node: ScalarNode,
  modifiers: Modifiers,
  context: ItemContext,
): ReturnType<typeof parsePattern>[] {
  let texts = modifiers.expand ? expandPlaceholders(node, context) : [node.text];
  if (modifiers.windash)
    texts = texts.flatMap((text) => {
      const forms = expandDashes(text);
      if (!forms) throw new Refusal(node, '`windash` on more than five dashes', 'Split the value.');
      return forms;
    });
  if (!modifiers.utf16 && !modifiers.base64) return texts.map(parsePattern);
  if (!modifiers.base64)
    throw new Refusal(node, `\`${modifiers.utf16}\` alone`, 'Write `base64` or `base64offset` after it.');
  return texts.flatMap((text) => encode(text, modifiers, node));
}

function encode(text: string, modifiers: Modifiers, position: Position): ReturnType<typeof parsePattern>[] {
  const plain = plainText(parsePattern(text));
  if (plain === undefined)
    throw new Refusal(position, 'Base64 of a text with wildcards', 'Remove or escape the wildcards.');
  const bytes = modifiers.utf16 ? encodeUtf16(plain, modifiers.utf16) : Buffer.from(plain, 'utf8');
  return modifiers.base64 === 'base64'
    ? [[encodeBase64(bytes)]]
    : encodeBase64Offsets(bytes).map((form) => [form]);
}

function expandPlaceholders(node: ScalarNode, { placeholders }: ItemContext): string[] {
  let forms = [node.text];
  for (const [whole, name = ''] of node.text.matchAll(/%([^%\s]+)%/g)) {
    const values = Object.hasOwn(placeholders, name) ? placeholders[name] : undefined;
    if (!values || values.length === 0)
      throw new Refusal(
        node,
        `no values for the placeholder %${name}%`,
        `Give them in \`placeholders: { ${name}: [...] }\`.`,
      );
    forms = forms.flatMap((form) => values.map((value) => form.replace(whole, () => value)));
    if (forms.length > maxValues)
      throw new Refusal(node, `placeholders give more than ${maxValues} values`, 'Use fewer.');
  }
  return forms;
}
