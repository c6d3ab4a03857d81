import { KqlError } from './errors.js';
import type { SyntaxNode } from './syntax-tree.js';
import { readDateTime, readTimespan } from './values.js';
import type { Value } from './values.js';

/** Null for what is no JSON. */
export function readJson(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return null;
  }
}

export function readLiteral(node: SyntaxNode): Value {
  if (node.string !== undefined) return node.string;
  const { text, type } = node;
  const [, inner = text] = /^\w+\s*\(([\s\S]*)\)$/.exec(text) ?? [];
  const plain = inner.trim().replace(/^(['"])(.*)\1$/s, '$2');
  if (plain === 'null') return null;
  if (type === 'boolean') return plain.toLowerCase() === 'true' || plain === '1';
  if (type === 'datetime') return readDateTime(plain);
  if (type === 'timespan') return readTimespan(plain);
  if (type === 'guid') return plain.toLowerCase();
  if (type === 'int' || type === 'long' || type === 'real') return readNumber(plain);
  throw new KqlError('SYN0002', `The literal ${text} is not known.`);
}

/** Beyond 2^53 only text keeps all digits. */
function readNumber(text: string): Value {
  const number = Number(text);
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? text : number;
}

/** `dynamic(…)`: JSON, with strings in single quotes too. */
export function readDynamic(node: SyntaxNode): Value {
  const [, inner = 'null'] = /^dynamic\s*\(([\s\S]*)\)$/.exec(node.text) ?? [];
  // Kusto takes strings in single quotes too.
  const json = inner.replaceAll(/'((?:[^'\\]|\\.)*)'/g, (_match, text: string) => JSON.stringify(text));
  return readJson(inner) ?? readJson(json);
}
