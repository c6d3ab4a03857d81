import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDetector, loadRules, starterRules } from '../src/index.js';

interface Event {
  case: string;
  record: { Operation: string };
  /** Names of the rules that match, and no other. */
  match: string[];
}

const folder = new URL('data/events/', import.meta.url);
const families = readdirSync(folder).toSorted();
const read = (file: string): Event[] =>
  readFileSync(new URL(file, folder), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);

const rules = await loadRules(starterRules, {
  tenant: { domains: ['contoso.example', 'contoso.onmicrosoft.example'] },
  country: (address) => (address === '198.51.100.77' ? 'NL' : undefined),
});
const detector = createDetector(rules);

describe('the starter rules on synthetic events', () => {
  it('are tried on 188 events of 7 families', () => {
    expect(families.flatMap(read)).toHaveLength(188);
  });

  it.each(families)('%s: exactly the expected rules match each event', (file) => {
    const found = read(file).map(({ record, case: name }) => ({
      name,
      match: detector
        .evaluate(record)
        .map(({ rule }) => rule.name ?? '')
        .toSorted((a, b) => a.localeCompare(b)),
    }));
    expect(found).toEqual(
      read(file).map(({ case: name, match }) => ({
        name,
        match: match.toSorted((a, b) => a.localeCompare(b)),
      })),
    );
  });
});
