import { readArguments } from './arguments.js';
import { mismatch, printResults } from './flow.js';
import type { FlowContext, FlowResult } from './flow.js';

/** Unique and readable; never a GUID, which the Data Collector API would put into a column of another name. */
export function newRunId(): string {
  return `run-${new Date().toISOString().replace(/[-:.]/g, '')}-${Math.random().toString(36).slice(2, 8)}`;
}

/** A line that replaces the last one, on stderr and for people only. */
export function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${line}`);
}

/** Runs a script's work; an error is printed without its stack, whatever else it carries, and ends with exit code 1. */
export async function runScript(work: () => Promise<number | void>): Promise<void> {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    console.error(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    process.exitCode = 1;
  }
}

/** Runs one flow and prints its numbers; exit 1 if they do not add up. */
export async function runFlow(
  flow: (context: FlowContext) => Promise<FlowResult>,
  print: (line: string) => void = console.log,
): Promise<void> {
  await runScript(async () => {
    const result = await flow({
      runId: newRunId(),
      progress,
      ...(process.env['QUOTA_MINUTE_MS'] && { quotaMinuteInMs: Number(process.env['QUOTA_MINUTE_MS']) }),
    });
    if (process.stderr.isTTY) process.stderr.write('\n');
    printResults([result], print);
    const wrong = mismatch(result);
    if (wrong) console.error(wrong);
    return wrong ? 1 : 0;
  });
}

/** A flow as a script of its own with `--hours`. */
export async function runAsScript(
  flow: (context: FlowContext, hours?: number) => Promise<FlowResult>,
): Promise<void> {
  const { values } = readArguments({ options: { hours: { type: 'string' } } });
  await runFlow((context) => flow(context, positive('--hours', values.hours)));
}

/** Names come from outside: a control character in one must not drive the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD');
}

/** A number from the command line, or undefined when it was not given. */
export function positive(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!(number > 0)) throw new RangeError(`${name} ${value} is no positive number.`);
  return number;
}

/** A word from the command line that must be one of a list. */
export function oneOf<Word extends string>(name: string, value: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === value);
  if (!found) throw new RangeError(`${name} ${value} is unknown. Use one of: ${words.join(', ')}.`);
  return found;
}
