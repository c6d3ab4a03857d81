import type { NumberOperator, TimePart } from '../../engine/expression.js';
import type { TextMode } from '../../engine/text-pattern.js';
import type { Utf16 } from './encodings.js';
import { Refusal } from '../problem.js';
import type { Position } from '../problem.js';

/** What the modifiers of one item say together. */
export interface Modifiers {
  family: 'text' | 're' | 'cidr' | 'exists' | 'number' | 'time' | 'fieldref';
  mode: TextMode;
  cased: boolean;
  all: boolean;
  negated: boolean;
  windash: boolean;
  expand: boolean;
  utf16?: Utf16;
  base64?: 'base64' | 'base64offset';
  regexFlags: string;
  operator: NumberOperator;
  part?: TimePart;
}

const modes = ['contains', 'startswith', 'endswith'];
const operators = ['lt', 'lte', 'gt', 'gte'];
const parts = ['minute', 'hour', 'day', 'week', 'month', 'year'];
const utf16 = ['wide', 'utf16le', 'utf16be', 'utf16'];
const known = [...modes, ...operators, ...parts, ...utf16].concat(
  ['all', 'exists', 'cased', 'neq', 're', 'i', 'm', 's', 'base64', 'base64offset', 'windash'],
  ['cidr', 'expand', 'fieldref'],
);

/** Reads the modifiers of `field|a|b`; refuses what is unknown or means nothing together. */
export function parseModifiers(names: readonly string[], position: Position): Modifiers {
  const read: Modifiers = {
    family: 'text',
    mode: 'exact',
    cased: false,
    all: false,
    negated: false,
    windash: false,
    expand: false,
    regexFlags: '',
    operator: 'eq',
  };
  const seen = new Set<string>();
  for (const [i, name] of names.entries()) {
    if (!known.includes(name))
      throw new Refusal(position, `unknown modifier \`${name}\``, `Known: ${known.join(', ')}.`);
    if (seen.has(name)) throw new Refusal(position, `\`${name}\` is given twice`, 'Remove one.');
    apply(read, name, names.slice(0, i), position);
    seen.add(name);
  }
  return read;
}

function apply(read: Modifiers, name: string, before: readonly string[], position: Position): void {
  const refuse = (problem: string, hint: string): never => {
    throw new Refusal(position, problem, hint);
  };
  const family = (value: Modifiers['family'], ...allowed: string[]): void => {
    const others = before.filter((one) => !allowed.includes(one));
    if (others.length > 0)
      refuse(`\`${name}\` cannot follow \`${others.join('|')}\``, `Write \`${name}\` alone.`);
    read.family = value;
  };
  if (read.family === 'exists') refuse(`nothing can follow \`exists\``, 'Write two items.');
  if (name === 'all') read.all = true;
  else if (name === 'neq') read.negated = true;
  else if (name === 'cased') {
    if (!['text', 'fieldref'].includes(read.family))
      refuse(`\`cased\` has no meaning with \`${read.family}\``, 'Remove it.');
    read.cased = true;
  } else if (modes.includes(name)) {
    if (read.mode !== 'exact')
      refuse(`\`${read.mode}\` and \`${name}\` exclude each other`, 'Write two items.');
    if (!['text', 'fieldref'].includes(read.family))
      refuse(`\`${name}\` cannot follow \`${read.family}\``, 'Remove one.');
    read.mode = name as TextMode;
  } else if (name === 'i' || name === 'm' || name === 's') {
    if (read.family !== 're') refuse(`\`${name}\` belongs after \`re\``, 'Write `re` before it.');
    read.regexFlags += name;
  } else if (name === 're' || name === 'cidr') family(name, 'all', 'neq');
  else if (name === 'exists') family('exists');
  else if (name === 'fieldref') family('fieldref', 'all', 'neq', 'cased', ...modes);
  else if (operators.includes(name)) {
    const timed = read.family === 'time';
    if (read.operator !== 'eq')
      refuse(`\`${read.operator}\` and \`${name}\` exclude each other`, 'Write two items.');
    family(timed ? 'time' : 'number', 'neq', ...parts);
    read.operator = name as NumberOperator;
  } else if (parts.includes(name)) {
    family('time', 'neq');
    read.part = name as TimePart;
  } else applyEncoding(read, name, refuse);
}

/** Transformations of the value: they stand before what compares it. */
function applyEncoding(
  read: Modifiers,
  name: string,
  refuse: (problem: string, hint: string) => never,
): void {
  if (read.family !== 'text') refuse(`\`${name}\` cannot follow \`${read.family}\``, 'Remove one.');
  if (name === 'windash') read.windash = true;
  else if (name === 'expand') read.expand = true;
  else if (read.mode !== 'exact')
    refuse(`\`${name}\` stands before \`${read.mode}\``, `Write \`${name}|${read.mode}\`.`);
  else if (read.base64) refuse(`\`${name}\` cannot follow \`${read.base64}\``, 'Remove one.');
  else if (name === 'base64' || name === 'base64offset') read.base64 = name;
  else if (read.utf16) refuse(`\`${read.utf16}\` and \`${name}\` exclude each other`, 'Remove one.');
  else read.utf16 = name as Utf16;
}
