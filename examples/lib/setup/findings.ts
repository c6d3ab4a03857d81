/** One line of the check. `bad` means that collecting will fail or lose something until somebody acts. */
export interface Finding {
  level: 'good' | 'bad' | 'note';
  what: string;
  /** What an administrator must do. */
  todo?: string;
}

export const good = (what: string): Finding => ({ level: 'good', what });
export const note = (what: string): Finding => ({ level: 'note', what });
export const bad = (what: string, todo: string): Finding => ({ level: 'bad', what, todo });

const marks = { good: 'ok  ', bad: 'RED ', note: '-   ' } as const;

export function lineOf({ level, what, todo }: Finding): string {
  return `${marks[level]} ${what}${todo ? `\n        ${todo}` : ''}`;
}

/** The message of whatever was thrown: our errors carry no secrets and no content. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
