import type { RuleProblem } from './sigma/problem.js';

/** Rules were refused; nothing was loaded. `problems` names file, line and reason of each. */
export class RuleLoadError extends Error {
  readonly problems: readonly RuleProblem[];

  constructor(problems: readonly RuleProblem[]) {
    const errors = problems.filter(({ severity }) => severity === 'error');
    const shown = errors.slice(0, 20).map((problem) => `\n  ${formatProblem(problem)}`);
    const more = errors.length > 20 ? `\n  and ${errors.length - 20} more` : '';
    super(
      `loadRules refused ${errors.length} ${errors.length === 1 ? 'rule' : 'rules'}:${shown.join('')}${more}`,
    );
    this.name = 'RuleLoadError';
    this.problems = problems;
  }
}

/** One line: file, line, column, what is wrong, what to do. */
export function formatProblem({ file, line, column, problem, hint }: RuleProblem): string {
  return `${file}:${line}:${column}: ${problem}. ${hint}`;
}
