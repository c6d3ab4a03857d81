import type { Expression } from '../engine/expression.js';
import type { DetectionRule } from '../rule.js';
import type { ParsedFile } from '../sigma/parse-rules.js';
import type { FilterRule } from '../sigma/parse-filter.js';
import type { RuleProblem } from '../sigma/problem.js';

interface Filtered {
  rule: DetectionRule;
  expression: Expression;
  filters: string[];
}

/** Filters that end within this are named in the problems. */
const warnBeforeInMs = 7 * 86_400_000;

/** Joins each filter to its rules with `and`. An expired one is an error, one for an unknown rule a warning. */
export function joinFilters(
  rules: readonly DetectionRule[],
  files: readonly { file: string; filters: readonly FilterRule[] }[],
  everything: ParsedFile['rules'],
  now: number,
  problems: RuleProblem[],
): Filtered[] {
  const filtered = rules.map((rule): Filtered => ({ rule, expression: rule.expression, filters: [] }));
  for (const { file, filters } of files)
    for (const filter of filters) {
      const report = (severity: RuleProblem['severity'], problem: string, hint: string): void => {
        problems.push({
          file,
          ...filter.position,
          severity,
          problem: `filter "${filter.title}": ${problem}`,
          hint,
        });
      };
      checkExpiry(filter, now, report);
      for (const name of filter.rules === 'any' ? [] : filter.rules) checkName(name, everything, report);
      for (const target of filtered) {
        if (!applies(filter, target.rule)) continue;
        target.expression = { kind: 'and', parts: [target.expression, filter.expression] };
        target.filters.push(filter.title);
      }
    }
  return filtered;
}

type Report = (severity: RuleProblem['severity'], problem: string, hint: string) => void;

function checkExpiry({ expiresAt }: FilterRule, now: number, report: Report): void {
  if (expiresAt === undefined) return;
  const day = new Date(expiresAt).toISOString().slice(0, 10);
  if (expiresAt <= now)
    report('error', `expired on ${day}`, 'Remove it, or decide again until when it holds.');
  else if (expiresAt - now < warnBeforeInMs)
    report('warning', `expires on ${day}`, 'Decide whether it is still needed.');
}

function checkName(name: string, rules: ParsedFile['rules'], report: Report): void {
  const rule = rules.find(({ info }) => info.id === name || info.name === name);
  if (!rule) report('warning', `\`${name}\` is not loaded`, 'Correct the id, or remove it.');
  else if (rule.kind === 'correlation')
    report('error', `\`${name}\` is a correlation, which has no fields`, 'Name the rules it is based on.');
}

function applies({ rules }: FilterRule, { info }: DetectionRule): boolean {
  return rules === 'any' || rules.includes(info.id) || (info.name !== undefined && rules.includes(info.name));
}
