import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toAnalyticRule } from '../kql/to-analytic-rule.js';
import { toKql } from '../kql/to-kql.js';
import type { KqlOptions } from '../kql/kql-context.js';
import type { RuleSet } from '../load/rule-set.js';

/** Prints each rule as KQL with its notes; with a folder, writes one ARM template for each. */
export async function writeKql(
  rules: RuleSet,
  folder: string | undefined,
  options: KqlOptions,
  log: (text: string) => void,
): Promise<void> {
  if (folder !== undefined) await mkdir(folder, { recursive: true });
  for (const rule of toKql(rules, options)) {
    const name = rule.info.name ?? rule.info.id;
    if ('refused' in rule) {
      log(`// ${name}: not as KQL: ${rule.refused}\n`);
      continue;
    }
    const notes = rule.notes.map((note) => `// note: ${note}\n`).join('');
    if (folder === undefined) log(`// ${name}\n${notes}${rule.query}\n`);
    else {
      const file = join(folder, `${name.replace(/[^\w-]/g, '_')}.json`);
      await writeFile(file, `${JSON.stringify(toAnalyticRule(rule), undefined, 2)}\n`);
      log(`${file}${rule.notes.length > 0 ? ` (${rule.notes.join('; ')})` : ''}`);
    }
  }
}
