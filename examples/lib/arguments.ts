import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';

/**
 * The options of a script. `--help` prints the comment that it begins with, which says how it is called; so does an
 * option that is wrong, with exit code 2.
 */
export function readArguments<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  if (process.argv.slice(2).includes('--help')) {
    console.log(header());
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${header()}`);
    process.exit(2);
  }
}

function header(): string {
  const source = readFileSync(process.argv[1] ?? '', 'utf8');
  const comment = /^\/\*\*\n(.*?)\n \*\/$/ms.exec(source)?.[1] ?? '';
  return comment.replaceAll(/^ \* ?/gm, '');
}
