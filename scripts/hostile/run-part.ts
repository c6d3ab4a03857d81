/** One part of the gate in this process: `tsx scripts/hostile/run-part.ts NAME SEED`; prints its result as JSON. */
import type { Part } from './part.js';

const [name = '', seed = ''] = process.argv.slice(2);
const { run } = (await import(`./${name}.js`)) as Part;
const result = await run(seed);
process.stdout.write(JSON.stringify(result), () => process.exit(0));
