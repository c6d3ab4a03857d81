import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadRules } from 'audit-rules';
import type { Suite } from './suite.js';

/** What the specification's correlations are based on, as rules for our log source. */
const bases = [
  '5638f7c0-ac70-491d-8465-2a65075e0d86',
  'recon_cmd_a',
  'recon_cmd_b',
  'recon_cmd_c',
  'rule_a_id',
  'website_access',
  'process_creation',
].map((id) => ({
  title: id,
  id,
  logsource: { product: 'm365' },
  detection: { selection: { Operation: 'X' }, condition: 'selection' },
}));
const baseText = bases.map((base) => JSON.stringify(base)).join('\n---\n');

/** Files that must be refused, and for which reason; all others must load. */
const refusals: Readonly<Record<string, RegExp>> = {
  'correlation-value_percentile.yml': /does not say how to compute it/,
  'filter-filter_1.yml': /no `not`/,
  'filter-filter_ecs.yml': /no `not`/,
  'rules-rule_1.yml': /windows is not for this source/,
  'rules-rule_ecs.yml': /network is not for this source/,
};

/** The files of the specification's own tests load, or are refused for the reason that is known. */
export const sigmaSpecification: Suite = {
  name: 'Sigma specification tests',
  folder: 'rules/sigma-spec-tests',
  originals: 'https://github.com/SigmaHQ/sigma-specification, tests/schema',
  async run(folder) {
    const problems: string[] = [];
    const files = readdirSync(folder).filter((name) => name.endsWith('.yml'));
    let loaded = 0;
    for (const file of files) {
      // Two pairs of files share an id: each is loaded by itself.
      const text = readFileSync(join(folder, file), 'utf8');
      const rules = await loadRules(
        [
          { file: 'bases.yml', text: baseText },
          { file, text },
        ],
        { strict: false },
      );
      const errors = rules.problems.filter(({ severity }) => severity === 'error');
      const expected = refusals[file];
      const reason = errors.map(({ problem }) => problem).join('; ');
      if (expected === undefined && errors.length === 0 && rules.rules.length === bases.length + 1)
        loaded += 1;
      else if (expected === undefined) problems.push(`${file}: ${reason || 'was not loaded'}`);
      else if (!expected.test(reason))
        problems.push(`${file}: expected to be refused (${expected}): ${reason || 'loaded'}`);
    }
    if (files.length === 0) problems.push('there are no files');
    return {
      figures: `${files.length} files, ${loaded} loaded, ${files.length - loaded} refused with the known reason`,
      problems,
    };
  },
};
