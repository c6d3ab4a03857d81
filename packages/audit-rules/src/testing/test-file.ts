import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ArgumentError } from '@repo/client-core';
import { parse } from 'yaml';
import type { TenantContext } from '../fields/tenant-context.js';

type TestRecord = Record<string, unknown>;

/** A record many times: `{i}` in its texts is the number, and each is `everySeconds` later than the one before. */
interface RepeatedRecord {
  repeat: number;
  everySeconds?: number;
  record: TestRecord;
}

/** One line of an events file: exactly these rules match, named by id or name. */
export interface EventCase {
  case: string;
  record: TestRecord;
  match: readonly string[];
}

export type RuleTest =
  | {
      name: string;
      rule: string;
      record: TestRecord;
      match: boolean;
      /** Fields that must be among the evidence, with their values. */
      evidence?: Readonly<Record<string, string>>;
    }
  | {
      name: string;
      records: readonly TestRecord[];
      /** The alerts, whatever the order of the records; every other alert is a failure. */
      alerts: readonly { rule: string; count?: number; group?: Readonly<Record<string, string>> }[];
    };

export interface TestFile {
  file: string;
  tenant: TenantContext;
  /** Countries by address, in place of a look-up. */
  countries: Readonly<Record<string, string>>;
  events: readonly EventCase[];
  tests: readonly RuleTest[];
}

interface Raw {
  rule?: string;
  tenant?: TenantContext;
  countries?: Record<string, string>;
  events?: string | string[];
  tests?: {
    name?: string;
    rule?: string;
    record?: TestRecord;
    match?: boolean;
    evidence?: Record<string, string>;
    records?: (TestRecord | RepeatedRecord)[];
    alerts?: { rule?: string; count?: number; group?: Record<string, string> }[];
  }[];
}

/** Reads a `.test.yml` file and the events it names. */
export async function readTestFile(file: string): Promise<TestFile> {
  const raw = (parse(await readFile(file, 'utf8')) ?? {}) as Raw;
  const events: EventCase[] = [];
  for (const name of [raw.events ?? []].flat()) {
    const text = await readFile(join(dirname(file), name), 'utf8');
    for (const line of text.split('\n')) if (line.trim()) events.push(JSON.parse(line) as EventCase);
  }
  return {
    file,
    tenant: raw.tenant ?? {},
    countries: raw.countries ?? {},
    events,
    tests: (raw.tests ?? []).map((test, i) => readTest(test, raw.rule, `${file}: tests[${i}]`)),
  };
}

function readTest(
  test: NonNullable<Raw['tests']>[number],
  rule: string | undefined,
  place: string,
): RuleTest {
  const { name = place, record, match, evidence, records, alerts } = test;
  const id = test.rule ?? rule;
  if (records)
    return {
      name,
      records: records.flatMap(expandRecord),
      alerts: (alerts ?? []).map((alert) => ({ ...alert, rule: alert.rule ?? id ?? '' })),
    };
  if (!record || typeof match !== 'boolean' || id === undefined)
    throw new ArgumentError(
      place,
      'is no test',
      'Give `rule`, `record` and `match`, or `records` and `alerts`.',
    );
  return { name, rule: id, record, match, ...(evidence && { evidence }) };
}

function expandRecord(given: TestRecord | RepeatedRecord): TestRecord[] {
  if (typeof given['repeat'] !== 'number' || typeof given['record'] !== 'object')
    return [given as TestRecord];
  const { repeat, everySeconds = 0, record } = given as RepeatedRecord;
  const start = Date.parse(`${String(record['CreationTime'])}Z`);
  return Array.from({ length: repeat }, (_, i) => {
    const copy = JSON.parse(JSON.stringify(record).replaceAll('{i}', String(i))) as TestRecord;
    const time = Number.isNaN(start) ? undefined : new Date(start + i * everySeconds * 1000).toISOString();
    return {
      ...copy,
      Id: `${typeof copy['Id'] === 'string' ? copy['Id'] : 'record'}-${i}`,
      ...(time && { CreationTime: time.slice(0, 19) }),
    };
  });
}
