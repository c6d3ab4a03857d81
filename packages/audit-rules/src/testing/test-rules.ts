import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createDetector } from '../detect/detector.js';
import type { Detector } from '../detect/detector-types.js';
import { loadRules } from '../load/load-rules.js';
import type { LoadOptions } from '../load/load-rules.js';
import { getLoaded } from '../load/rule-set.js';
import type { RuleSet } from '../load/rule-set.js';
import { createNearMisses } from './near-misses.js';
import type { NearMisses } from './near-misses.js';
import { readTestFile } from './test-file.js';
import type { EventCase, RuleTest, TestFile } from './test-file.js';

export interface RuleTestFailure {
  file: string;
  test: string;
  problem: string;
}

export interface RuleTestReport {
  passed: number;
  failures: readonly RuleTestFailure[];
  /** Rules that no test makes fire, or none comes near without firing. */
  untested: readonly { rule: string; missing: 'hit' | 'near miss' }[];
}

/** Runs the `.test.yml` files in the given files' folders and folders, over all rules given. */
export async function testRules(
  paths: readonly string[],
  options: LoadOptions = {},
): Promise<RuleTestReport> {
  const failures: RuleTestFailure[] = [];
  let passed = 0;
  let coverage: NearMisses | undefined;
  for (const path of await listTestFiles(paths)) {
    const file = await readTestFile(path);
    const { tenant, countries } = file;
    const country = (address: string): string | undefined => countries[address];
    const rules = await loadRules(paths, { ...options, tenant, country });
    coverage ??= createNearMisses(getLoaded(rules));
    for (const { test, problem } of runFile(file, rules, coverage)) {
      if (problem === undefined) passed += 1;
      else failures.push({ file: path, test, problem });
    }
  }
  return { passed, failures, untested: coverage?.missing() ?? [] };
}

async function listTestFiles(paths: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    const isFolder = (await stat(path)).isDirectory();
    const folder = isFolder ? path : dirname(path);
    const names = await readdir(folder, { recursive: isFolder });
    for (const name of names) if (/\.test\.ya?ml$/.test(name)) found.add(join(folder, name));
  }
  return [...found].toSorted();
}

interface Outcome {
  test: string;
  /** Undefined: passed. */
  problem: string | undefined;
}

function* runFile(file: TestFile, rules: RuleSet, coverage: NearMisses): Generator<Outcome> {
  const detector = createDetector(rules);
  for (const event of file.events) yield { test: event.case, problem: runEvent(event, detector, coverage) };
  for (const test of file.tests)
    yield {
      test: test.name,
      problem: 'records' in test ? runRecords(test, rules, coverage) : runRecord(test, detector, coverage),
    };
}

function runEvent(
  { record, match }: EventCase,
  detector: Detector,
  coverage: NearMisses,
): string | undefined {
  coverage.add(record);
  const found = detector.evaluate(record).map(({ rule }) => rule.name ?? rule.id);
  const expected = [...match];
  const missing = expected.filter((name) => !found.includes(name));
  const extra = found.filter((name) => !expected.includes(name));
  if (missing.length === 0 && extra.length === 0) return undefined;
  return [
    ...(missing.length > 0 ? [`did not match: ${missing.join(', ')}`] : []),
    ...(extra.length > 0 ? [`matched, though not expected: ${extra.join(', ')}`] : []),
  ].join('; ');
}

function runRecord(
  { rule, record, match, evidence = {} }: Extract<RuleTest, { record: unknown }>,
  detector: Detector,
  coverage: NearMisses,
): string | undefined {
  coverage.add(record);
  const found = detector.evaluate(record).find((one) => one.rule.id === rule || one.rule.name === rule);
  if ((found !== undefined) !== match) return match ? `${rule} did not match` : `${rule} matched`;
  for (const [field, value] of Object.entries(evidence))
    if (!found?.evidence().some((one) => one.field === field && one.value === value))
      return `no evidence ${field} = ${value}`;
  return undefined;
}

/** As given, reversed, and with each record twice: the alerts must be the same. */
function runRecords(
  { records, alerts }: Extract<RuleTest, { records: unknown }>,
  rules: RuleSet,
  coverage: NearMisses,
): string | undefined {
  for (const record of records) coverage.add(record);
  const orders = {
    'in this order': records,
    reversed: records.toReversed(),
    twice: [...records, ...records],
  };
  for (const [order, given] of Object.entries(orders)) {
    const detector = createDetector(rules);
    const raised = [...given.flatMap((record) => detector.push(record)), ...detector.flush()];
    const last = [...new Map(raised.map((alert) => [alert.id, alert])).values()];
    for (const { ruleId } of last) coverage.addAlert(ruleId);
    const rest = [...last];
    for (const { rule, count, group } of alerts) {
      const index = rest.findIndex(
        (one) =>
          (one.ruleId === rule || one.ruleName === rule) &&
          (count === undefined || one.count === count) &&
          Object.entries(group ?? {}).every(([name, value]) => one.group?.[name] === value),
      );
      if (index < 0)
        return `${order}: no alert of ${rule}${count === undefined ? '' : ` with count ${count}`}; raised: ${describe(last)}`;
      rest.splice(index, 1);
    }
    if (rest.length > 0) return `${order}: not expected: ${describe(rest)}`;
  }
  if (alerts.length === 0) coverage.addQuiet(records);
  return undefined;
}

function describe(alerts: readonly { ruleId: string; ruleName?: string; count: number }[]): string {
  return alerts.map(({ ruleId, ruleName, count }) => `${ruleName ?? ruleId} (${count})`).join(', ') || 'none';
}
