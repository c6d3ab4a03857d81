import type { Writable } from 'node:stream';
import type { CommandContext, StricliProcess } from '@stricli/core';

/** What a command needs of its process, so that a test can give its own. */
export interface CollectorContext extends CommandContext {
  readonly process: StricliProcess;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where rows go that are written to standard output. */
  readonly stdout: Writable;
  /** Emits SIGINT and SIGTERM. */
  readonly signals: NodeJS.EventEmitter;
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
    stdout: process.stdout,
    signals: process,
    print: (line) => void process.stdout.write(`${line}\n`),
    note: (line) => void process.stderr.write(`${line}\n`),
  };
}
