import type { CommandContext, StricliProcess } from '@stricli/core';

/** What a command needs of its process, so that a test can give its own. */
export interface CollectorContext extends CommandContext {
  readonly process: StricliProcess;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Data: goes to standard output. */
  print(line: string): void;
  /** Everything else: goes to standard error. */
  note(line: string): void;
}

export function createContext(process: NodeJS.Process): CollectorContext {
  return {
    process: process as StricliProcess,
    cwd: process.cwd(),
    env: process.env,
    print: (line) => void process.stdout.write(`${line}\n`),
    note: (line) => void process.stderr.write(`${line}\n`),
  };
}
