import type { CorrelationRule, DetectionRule } from '../rule.js';
import { parseLogSource } from './log-source.js';
import { parseCorrelation } from './parse-correlation.js';
import { parseDetection } from './parse-detection.js';
import { parseFilter } from './parse-filter.js';
import type { FilterRule } from './parse-filter.js';
import type { ItemContext } from './items/parse-item.js';
import { Refusal, collectRefusal } from './problem.js';
import type { RuleProblem } from './problem.js';
import { parseRuleInfo, parseSuppression } from './rule-info.js';
import { getNode, getText, parseYaml } from './yaml-tree.js';
import type { MapNode } from './yaml-tree.js';

export interface ParsedFile {
  rules: (DetectionRule | CorrelationRule)[];
  filters: FilterRule[];
  problems: RuleProblem[];
}

/** Reads every Sigma document of a YAML text. What is refused is a problem that names line and reason. */
export function parseRules(file: string, text: string, context: ItemContext): ParsedFile {
  const parsed: ParsedFile = { rules: [], filters: [], problems: [] };
  for (const document of parseYaml(file, text, parsed.problems)) {
    const id = idOf(document);
    collectRefusal(file, id, parsed.problems, () => parseDocument(document, file, context, parsed));
  }
  return parsed;
}

function parseDocument(document: MapNode, file: string, context: ItemContext, parsed: ParsedFile): void {
  const action = getNode(document, 'action');
  if (action)
    throw new Refusal(action, '`action` (collections of old Sigma) is not supported', 'Write each rule out.');
  const filter = getNode(document, 'filter');
  if (filter) {
    parsed.filters.push(parseFilter(document, filter, context));
    return;
  }
  const info = parseRuleInfo(document, file, parsed.problems);
  const correlation = getNode(document, 'correlation');
  const detection = getNode(document, 'detection');
  if (correlation && detection)
    throw new Refusal(document, 'a document has both `detection` and `correlation`', 'Split it with `---`.');
  if (correlation) {
    parsed.rules.push(parseCorrelation(document, correlation, info));
    return;
  }
  if (!detection)
    throw new Refusal(document, 'no `detection`, `correlation` or `filter`', 'Write one of them.');
  const source = parseLogSource(document, context.paths);
  const { expression, unused } = parseDetection(detection, context);
  for (const { name, position } of unused)
    parsed.problems.push({
      file,
      line: position.line,
      column: position.column,
      severity: 'warning',
      ruleId: info.id,
      problem: `the condition does not use \`${name}\``,
      hint: 'Use it or remove it.',
    });
  const suppression = parseSuppression(document);
  parsed.rules.push({
    kind: 'detection',
    info,
    expression: source ? { kind: 'and', parts: [source, expression] } : expression,
    ...(suppression && { suppression }),
    line: document.line,
  });
}

function idOf(document: MapNode): string | undefined {
  try {
    return getText(document, 'id') ?? getText(document, 'name') ?? getText(document, 'title');
  } catch {
    return undefined;
  }
}
