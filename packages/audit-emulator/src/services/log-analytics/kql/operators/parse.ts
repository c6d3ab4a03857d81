import type { Row } from '../../tables.js';
import { unsupported } from '../errors.js';
import { compile, nameOf } from '../expressions.js';
import { functions } from '../functions/functions.js';
import type { SyntaxNode } from '../syntax-tree.js';
import { isMissing, toText } from '../values.js';
import type { Value } from '../values.js';
import { parameterOf } from './combine.js';
import type { Operator } from './operator.js';

interface Captured {
  readonly name: string;
  readonly type: string;
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** The patterns as one regular expression, and the columns its groups fill. */
function readPatterns(
  nodes: readonly SyntaxNode[],
  isRegex: boolean,
): { pattern: RegExp; columns: Captured[] } {
  const columns: Captured[] = [];
  let text = '';
  nodes.forEach((node, i) => {
    const last = i === nodes.length - 1;
    if (node.kind === 'StarExpression') text += last ? '[\\s\\S]*' : '[\\s\\S]*?';
    else if (node.string !== undefined) text += isRegex ? `(?:${node.string})` : escape(node.string);
    else {
      const { Name: name, Type: type } = node.fields;
      const captured = {
        name: nameOf(node.kind === 'NameAndTypeDeclaration' && name ? name : node),
        type: type?.text ?? 'string',
      };
      columns.push(captured);
      const digits = captured.type === 'long' || captured.type === 'int' ? '[-+]?\\d+' : undefined;
      text += digits ? `\\s*(${digits})` : last ? '([\\s\\S]*)' : '([\\s\\S]*?)';
    }
  });
  return { pattern: new RegExp(`^${text}$`, 'u'), columns };
}

/** `parse a with "x=" x:long " y" rest`; rows that do not match keep empty columns, or go with `parse-where`. */
export const parseOperator: Operator = (node, input, scope, columns) => {
  const { Expression: source, Patterns: patterns } = node.fields;
  if (!source || !patterns) throw unsupported(`\`${node.text}\``);
  const kind = parameterOf(node, 'kind')?.text ?? 'simple';
  const read = compile(source, scope);
  const { pattern, columns: captured } = readPatterns(patterns.list, kind === 'regex');
  const convert = (value: string, type: string): Value =>
    type === 'string' ? value : functions[`to${type}`]?.([value], { now: 0, type: 'dynamic', row: {} });
  const rows = input.rows.flatMap((row): Row[] => {
    const found = pattern.exec(toText(read(row)));
    const values = captured.map(({ type }, i) => (found ? convert(found[i + 1] ?? '', type) : null));
    const matched = found !== null && (kind === 'relaxed' || !values.some(isMissing));
    if (node.kind === 'ParseWhereOperator' && !matched) return [];
    const empty = (type: string): Value => (type === 'string' ? '' : null);
    return [
      {
        ...row,
        ...Object.fromEntries(
          captured.map(({ name, type }, i) => [name, matched ? (values[i] ?? empty(type)) : empty(type)]),
        ),
      },
    ];
  });
  return { columns, rows };
};
