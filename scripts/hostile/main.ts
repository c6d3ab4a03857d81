/**
 * Hostile answers and hostile questions: `pnpm test:hostile [--seed SEED] [--part NAME]`. Each part runs in a process of
 * its own with a deadline, so that a call that hangs is a failure and not a wait. Prints figures; exits with 1 when
 * anything failed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { PartResult } from './part.js';

const parts = ['patterns', 'origins', 'wire', 'answers'];
const deadlineInMs = 15 * 60_000;

const { values } = parseArgs({ options: { seed: { type: 'string' }, part: { type: 'string' } } });
const seed = values.seed ?? Date.now().toString(36);
console.log(`hostile: seed ${seed} (repeat with --seed ${seed})`);

async function runPart(name: string): Promise<PartResult> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=@repo/source', join(import.meta.dirname, 'run-part.ts'), name, seed],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const timer = setTimeout(() => child.kill('SIGKILL'), deadlineInMs);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  clearTimeout(timer);
  if (code === 0) return JSON.parse(output) as PartResult;
  const why = signal === 'SIGKILL' ? `did not end within ${deadlineInMs / 1000} s` : `ended with ${code}`;
  return { figures: [], failures: [`${name} ${why}`] };
}

let failed = 0;
for (const name of values.part === undefined ? parts : [values.part]) {
  const started = Date.now();
  const { figures, failures } = await runPart(name);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${failures.length === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  for (const figure of figures) console.log(`     ${figure}`);
  for (const failure of failures.slice(0, 20)) console.error(`     ${failure}`);
  if (failures.length > 20) console.error(`     and ${failures.length - 20} more`);
  failed += failures.length;
}
console.log(failed === 0 ? 'hostile: nothing found' : `hostile: ${failed} failures`);
process.exitCode = failed === 0 ? 0 : 1;
