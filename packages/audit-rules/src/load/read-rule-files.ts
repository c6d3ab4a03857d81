import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Rules that are not in a file; `file` is the name that problems are reported under. */
export interface RuleText {
  file: string;
  text: string;
}

/** Reads files, and the `.yml` and `.yaml` files of folders, without the tests of rules (`.test.yml`). */
export async function readRuleFiles(sources: readonly (string | RuleText)[]): Promise<RuleText[]> {
  const texts: RuleText[] = [];
  for (const source of sources) {
    if (typeof source !== 'string') {
      texts.push(source);
      continue;
    }
    const files = (await stat(source)).isDirectory() ? await listFiles(source) : [source];
    for (const file of files) texts.push({ file, text: await readFile(file, 'utf8') });
  }
  return texts;
}

async function listFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => /\.ya?ml$/.test(name) && !/\.test\.ya?ml$/.test(name))
    .toSorted()
    .map((name) => join(folder, name));
}
