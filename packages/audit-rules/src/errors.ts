import { AuditSdkError } from '@repo/client-core';
import type { RuleProblem } from './sigma/problem.js';

const maxShown = 20;

/** Rules were refused; nothing was loaded. `problems` names file, line and reason of each. */
export class RuleLoadError extends AuditSdkError {
  static override readonly kind: string = 'RuleLoadError';
  readonly problems: readonly RuleProblem[];

  constructor(problems: readonly RuleProblem[]) {
    const errors = problems.filter(({ severity }) => severity === 'error');
    const shown = errors.slice(0, maxShown).map((problem) => `\n  ${formatProblem(problem)}`);
    const more = errors.length > maxShown ? `\n  and ${errors.length - maxShown} more` : '';
    const what = errors.length === 1 ? '1 problem' : `${errors.length} problems`;
    super(`loadRules found ${what}:${shown.join('')}${more}`, {
      code: 'InvalidRule',
      retryable: false,
      operation: 'loadRules',
    });
    this.problems = problems;
  }
}

/** One line: file, line, column, what is wrong, what to do. */
export function formatProblem({ file, line, column, problem, hint }: RuleProblem): string {
  return `${file}:${line}:${column}: ${problem}. ${hint}`;
}
