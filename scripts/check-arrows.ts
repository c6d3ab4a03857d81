import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { wrongArrows } from './arrows.js';

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'packages', 'examples'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file));
const wrong = files.flatMap((file) => wrongArrows(file, readFileSync(file, 'utf8')));
for (const line of wrong) console.error(line);
console.log(`${files.length} files, ${wrong.length} wrong arrows`);
process.exitCode = wrong.length > 0 ? 1 : 0;
