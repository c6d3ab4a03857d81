import { readFile } from 'node:fs/promises';
import { ArgumentError } from '@repo/client-core';
import { toAlertRow } from '../alerts/alert-row.js';
import type { Alert } from '../alerts/alert.js';
import { toOcsf } from '../alerts/ocsf.js';
import { detect } from '../detect/detect.js';
import { readNdjson } from '../detect/read-ndjson.js';
import { loadRegexEngine } from '../engine/regex.js';
import { formatProblem } from '../errors.js';
import { getCoverage } from '../load/coverage.js';
import { loadRules } from '../load/load-rules.js';
import type { LoadOptions } from '../load/load-rules.js';
import { testRules } from '../testing/test-rules.js';
import { explainRecord } from './explain-record.js';
import { writeKql } from './write-kql.js';

export interface CliOutput {
  log(text: string): void;
  error(text: string): void;
}

interface CliArguments {
  rules: readonly string[];
  filters?: readonly string[];
  domain?: readonly string[];
  format?: string;
  records?: string;
  record?: string;
  rule?: string;
  out?: string;
  'content-type'?: readonly string[];
}

type Command = (given: CliArguments, output: CliOutput) => Promise<number>;

function toLoadOptions({ filters, domain }: CliArguments): LoadOptions {
  return { filters, tenant: { domains: domain } };
}

function required(value: string | undefined, name: string): string {
  if (value === undefined) throw new ArgumentError(`--${name}`, 'is missing', `Give --${name}.`);
  return value;
}

const check: Command = async (given, output) => {
  const rules = await loadRules(given.rules, { ...toLoadOptions(given), strict: false });
  for (const problem of rules.problems) output.log(`${problem.severity}: ${formatProblem(problem)}`);
  const errors = rules.problems.filter(({ severity }) => severity === 'error').length;
  output.log(
    `${rules.rules.length} rules loaded, ${errors} errors, ${rules.problems.length - errors} warnings`,
  );
  return errors > 0 ? 1 : 0;
};

const test: Command = async (given, output) => {
  const { passed, failures, untested } = await testRules(given.rules, toLoadOptions(given));
  for (const { file, test: name, problem } of failures) output.log(`FAIL ${file}: ${name}: ${problem}`);
  for (const { rule, missing } of untested) output.log(`warning: ${rule} has no ${missing} in any test`);
  output.log(`${passed} passed, ${failures.length} failed`);
  if (passed + failures.length === 0) output.log('no tests: write <rules>.test.yml beside the rules');
  return failures.length > 0 || passed === 0 ? 1 : 0;
};

const formats: Readonly<Record<string, (alert: Alert) => object>> = {
  ndjson: (alert) => alert,
  ocsf: toOcsf,
  row: toAlertRow,
};

const run: Command = async (given, output) => {
  const name = given.format ?? 'ndjson';
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (!format)
    throw new ArgumentError('--format', `is ${name}`, `Formats: ${Object.keys(formats).join(', ')}.`);
  const rules = await loadRules(given.rules, toLoadOptions(given));
  for (const { title, reason } of rules.blind()) output.error(`cannot fire: ${title}: ${reason}`);
  let alerts = 0;
  for await (const alert of detect(readNdjson(required(given.records, 'records')), rules)) {
    alerts += 1;
    output.log(JSON.stringify(format(alert)));
  }
  output.error(`${alerts} alerts`);
  return 0;
};

const coverage: Command = async (given, output) => {
  const rules = await loadRules(given.rules, { ...toLoadOptions(given), strict: false });
  const blind = new Map(
    rules.blind({ contentTypes: given['content-type'] }).map(({ ruleId, reason }) => [ruleId, reason]),
  );
  output.log('| rule | level | profile | content types | can fire |\n| --- | --- | --- | --- | --- |');
  for (const { info, contentTypes } of getCoverage(rules))
    output.log(
      `| ${info.title} | ${info.level} | ${info.profile} | ${contentTypes?.join(', ') ?? 'any'} | ${blind.get(info.id) ?? 'yes'} |`,
    );
  return 0;
};

const explain: Command = async (given, output) => {
  const rules = await loadRules(given.rules, { ...toLoadOptions(given), strict: false });
  const record = JSON.parse(await readFile(required(given.record, 'record'), 'utf8')) as Record<
    string,
    unknown
  >;
  const lines = explainRecord(rules, required(given.rule, 'rule'), record, await loadRegexEngine());
  for (const line of lines) output.log(line);
  return 0;
};

const kql: Command = async (given, output) => {
  const rules = await loadRules(given.rules, toLoadOptions(given));
  await writeKql(rules, given.out, { domains: given.domain }, (text) => output.log(text));
  return 0;
};

export const commands: Readonly<Record<string, Command>> = { check, test, run, coverage, explain, kql };
