import { parseArgs } from 'node:util';
import { mismatch, printResults } from './flow.js';
import type { FlowContext, FlowResult } from './flow.js';

/** Unique and readable; never a GUID, which the Data Collector API would put into a column of another name. */
export function newRunId(): string {
  return `run-${new Date().toISOString().replace(/[-:.]/g, '')}-${Math.random().toString(36).slice(2, 8)}`;
}

/** A flow as a script of its own: `--hours`, progress on stderr, the table of numbers, exit 1 if they do not add up. */
export async function runAsScript(
  flow: (context: FlowContext, hours?: number) => Promise<FlowResult>,
): Promise<void> {
  const { values } = parseArgs({ options: { hours: { type: 'string' } } });
  try {
    const result = await flow(
      {
        runId: newRunId(),
        progress: (line) => void (process.stderr.isTTY && process.stderr.write(`\r\u001B[K${line}`)),
        ...(process.env['QUOTA_MINUTE_MS'] && { quotaMinuteInMs: Number(process.env['QUOTA_MINUTE_MS']) }),
      },
      values.hours === undefined ? undefined : Number(values.hours),
    );
    if (process.stderr.isTTY) process.stderr.write('\n');
    printResults([result]);
    const wrong = mismatch(result);
    if (wrong) console.error(wrong);
    process.exitCode = wrong ? 1 : 0;
  } catch (error) {
    console.error(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    process.exitCode = 1;
  }
}
