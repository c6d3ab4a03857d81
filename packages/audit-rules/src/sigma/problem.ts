/** What is wrong with a rule file, and where. */
export interface RuleProblem {
  file: string;
  /** Counted from 1. */
  line: number;
  column: number;
  /** A rule with an error is left out; a warning is only said. */
  severity: 'error' | 'warning';
  ruleId?: string | undefined;
  problem: string;
  hint: string;
}

export interface Position {
  line: number;
  column: number;
}

/** Why a rule is refused; caught where the file's name is known. */
export class Refusal extends Error {
  readonly position: Position;
  readonly hint: string;

  constructor(position: Position, problem: string, hint: string) {
    super(problem);
    this.name = 'Refusal';
    this.position = { line: position.line, column: position.column };
    this.hint = hint;
  }
}

/** Runs a piece of parsing; a refusal becomes a problem and `undefined`. */
export function collectRefusal<T>(
  file: string,
  ruleId: string | undefined,
  problems: RuleProblem[],
  parse: () => T,
): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { position, message, hint } = error;
    problems.push({
      file,
      ...position,
      severity: 'error',
      ...(ruleId && { ruleId }),
      problem: message,
      hint,
    });
    return undefined;
  }
}
