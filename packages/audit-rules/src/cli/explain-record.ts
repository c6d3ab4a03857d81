import { ArgumentError } from '@repo/client-core';
import { compileExpression } from '../engine/compile.js';
import type { Expression } from '../engine/expression.js';
import type { RegexEngine } from '../engine/regex.js';
import { RecordView } from '../fields/record-view.js';
import { getLoaded } from '../load/rule-set.js';
import type { RuleSet } from '../load/rule-set.js';

/** The tree of a rule with true or false at every part, for one record. */
export function explainRecord(
  rules: RuleSet,
  name: string,
  record: Readonly<Record<string, unknown>>,
  regex: RegexEngine,
): string[] {
  const loaded = getLoaded(rules);
  const rule = loaded.rules.find(({ info }) => info.id === name || info.name === name);
  if (!rule?.expression)
    throw new ArgumentError('--rule', `${name} is no detection rule that was loaded`, 'Give its id or name.');
  const { OrganizationId } = record;
  const tenant = loaded.tenant(typeof OrganizationId === 'string' ? OrganizationId : undefined);
  const view = new RecordView(record, tenant, loaded.lookups);
  return describe(rule.expression, view, regex, 0);
}

function describe(expression: Expression, view: RecordView, regex: RegexEngine, depth: number): string[] {
  const isTrue = compileExpression(expression, regex).test(view);
  const line = (text: string): string => `${isTrue ? 'true ' : 'false'} ${'  '.repeat(depth)}${text}`;
  switch (expression.kind) {
    case 'and':
    case 'or':
      return [
        line(expression.kind),
        ...expression.parts.flatMap((part) => describe(part, view, regex, depth + 1)),
      ];
    case 'not':
      return [line('not'), ...describe(expression.part, view, regex, depth + 1)];
    case 'selection':
      return [line(expression.name), ...describe(expression.part, view, regex, depth + 1)];
    case 'item': {
      const values = view
        .resolve(expression.path)
        .leaves.slice(0, 5)
        .map(({ text }) => text ?? 'null');
      return [
        line(
          `${expression.path.name} (line ${expression.line}), in the record: ${values.join(' | ') || 'missing'}`,
        ),
      ];
    }
    case 'keyword':
      return [line(`keyword ${expression.text}`)];
  }
}
