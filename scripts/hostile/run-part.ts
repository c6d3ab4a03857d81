/** One part of the gate in this process: `tsx scripts/hostile/run-part.ts NAME SEED`; prints its result as JSON. */
import type { PartResult } from './part.js';

const parts: Readonly<Record<string, () => Promise<{ run(seed: string): Promise<PartResult> }>>> = {
  answers: () => import('./answers.js'),
  origins: () => import('./origins.js'),
  patterns: () => import('./patterns.js'),
  wire: () => import('./wire.js'),
};
const [name = '', seed = ''] = process.argv.slice(2);
const part = await parts[name]?.();
if (!part) throw new RangeError(`no part is called ${name}: ${Object.keys(parts).join(', ')}`);
const result = await part.run(seed);
process.stdout.write(JSON.stringify(result), () => process.exit(0));
