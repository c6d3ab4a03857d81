/** One line of the check. `red` means that collecting will fail or lose something until somebody acts. */
export interface Finding {
  level: 'ok' | 'red' | 'note';
  what: string;
  /** What an administrator must do. */
  remedy?: string | undefined;
}

export const ok = (what: string): Finding => ({ level: 'ok', what });
export const note = (what: string): Finding => ({ level: 'note', what });
export const red = (what: string, remedy: string): Finding => ({ level: 'red', what, remedy });

const labels = { ok: 'ok  ', red: 'RED ', note: '-   ' } as const;

export function formatFinding({ level, what, remedy }: Finding): string {
  return `${labels[level]} ${what}${remedy ? `\n       ${remedy}` : ''}`;
}

/** The message of whatever was thrown: our errors carry no secrets and no content. */
export function getMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
