import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDetector, formatProblem, loadRules } from 'audit-rules';
import type { Suite } from './suite.js';

interface Event {
  case: string;
  record: Record<string, unknown>;
  /** Ids of the rules that match, and no other. */
  sigma?: string[];
}

const sorted = (ids: readonly string[]): string => ids.toSorted((a, b) => a.localeCompare(b)).join(' ');

/** Every rule for Microsoft 365 that SigmaHQ publishes loads, and matches exactly the events written for it. */
export const sigmaM365: Suite = {
  name: 'SigmaHQ rules for m365',
  folder: 'rules',
  originals: 'https://github.com/SigmaHQ/sigma, rules/cloud/m365 and rules-threat-hunting/cloud/m365',
  async run(folder) {
    const rules = await loadRules(join(folder, 'sigmahq-m365'), { strict: false });
    const problems = rules.problems.map(formatProblem);
    const detector = createDetector(rules);
    const events = readFileSync(join(folder, 'events/sigmahq-m365.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Event);
    const hit = new Set<string>();
    for (const { case: name, record, sigma = [] } of events) {
      const found = detector.evaluate(record).map(({ rule }) => rule.id);
      for (const id of found) hit.add(id);
      if (sorted(found) !== sorted(sigma))
        problems.push(
          `${name}: matched ${sorted(found) || 'nothing'}, expected ${sorted(sigma) || 'nothing'}`,
        );
    }
    for (const { id, title, author } of rules.rules) {
      if (!hit.has(id)) problems.push(`${title}: no event matches it`);
      if (author === undefined) problems.push(`${title}: its author is not kept`);
    }
    if (rules.rules.length === 0 || events.length === 0) problems.push('there are no rules or no events');
    return {
      figures: `${rules.rules.length} rules loaded, ${events.length} events, ${hit.size} rules hit`,
      problems,
    };
  },
};
