import { describe, expect, it } from 'vitest';
import { RuleLoadError, createDetector, defineRule, loadRules } from '../src/index.js';
import type { LoadOptions } from '../src/index.js';

const rule = (fields: object, detection: object = { s: { Operation: 'A' }, condition: 's' }) =>
  JSON.stringify({ title: 'T', id: 't', logsource: { product: 'm365' }, detection, ...fields });

async function problemsOf(text: string, options: LoadOptions = {}) {
  const { problems } = await loadRules({ file: 'r.yml', text }, { strict: false, ...options });
  return problems;
}

describe('a rule file', () => {
  it('is refused with file, line, column and reason', async () => {
    const text =
      'title: T\nid: t\nlogsource:\n  product: m365\ndetection:\n  s:\n    A|near: x\n  condition: s\n';
    const error: unknown = await loadRules({ file: 'rules/x.yml', text }).catch((one: unknown) => one);
    expect(RuleLoadError.isInstance(error)).toBe(true);
    expect(String(error)).toContain('rules/x.yml:7:5: unknown modifier `near`');
    expect((error as RuleLoadError).problems[0]).toMatchObject({ line: 7, column: 5, ruleId: 't' });
  });

  it.each([
    ['title: T\ntitle: U\n', /unique/i],
    ['a: [', /./],
    [rule({ title: '' }), /no title/],
    [rule({ level: 'urgent' }), /unknown level/],
    [rule({ logsource: { product: 'windows' } }), /not for this source/],
    [rule({ logsource: { product: 'azure', service: 'signinlogs' } }), /another schema/],
    [rule({ logsource: { product: 'm365', service: 'cloudapps' } }), /no mapping/],
    [rule({}, { s: { Operation: 'A' }, condition: 's', timeframe: '5m' }), /timeframe/],
    [rule({}, { s: { 'audit.Nothing': 'A' }, condition: 's' }), /computed field/],
    [rule({}, { s: { 'A|re': '(?=x)' }, condition: 's' }), /not supported/],
    [rule({ action: 'global' }), /action/],
    [rule({ correlation: {} }), /both/],
  ])('that cannot do what it says is refused: %#', async (text, reason) => {
    const [problem] = (await problemsOf(text)).filter(({ severity }) => severity === 'error');
    expect(problem?.problem).toMatch(reason);
  });

  it('with an unused selection or without an id is warned of', async () => {
    const text = JSON.stringify({
      title: 'T',
      logsource: { product: 'm365' },
      detection: { s: { A: 1 }, other: { B: 1 }, condition: 's' },
    });
    const problems = await problemsOf(text);
    expect(problems.map(({ severity }) => severity)).toEqual(['warning', 'warning']);
    expect(problems.map(({ problem }) => problem).join()).toMatch(/no id.*`other`/);
  });

  it('that uses an id again is refused', async () => {
    expect((await problemsOf(`${rule({})}\n---\n${rule({})}`)).map(({ problem }) => problem).join()).toMatch(
      /taken by another rule/,
    );
  });

  it('cannot make an alias bomb', async () => {
    const lines = ['title: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 0; i < 10; i += 1)
      lines.push(
        `k${i}: &k${i} [${Array(10)
          .fill(i ? `*k${i - 1}` : '*a')
          .join(', ')}]`,
      );
    expect((await problemsOf(lines.join('\n')))[0]?.problem).toMatch(/too large|alias/i);
  });
});

describe('patterns', () => {
  it('run in linear time', async () => {
    const rules = await loadRules({
      file: 'r.yml',
      text: rule({}, { s: { 'A|re': ['(a+)+$', '(a|aa)+$', '(.*)*x'] }, condition: 's' }),
    });
    const detector = createDetector(rules);
    const started = process.cpuUsage().user;
    expect(detector.evaluate({ A: `${'a'.repeat(5000)}!` })).toEqual([]);
    // A backtracking engine would need longer than the age of the universe.
    expect((process.cpuUsage().user - started) / 1000).toBeLessThan(5000);
  });
});

describe('filters', () => {
  const filter = (fields: object) =>
    JSON.stringify({
      title: 'F',
      filter: { rules: ['t'], s: { UserId: 'svc' }, condition: 'not s' },
      ...fields,
    });
  const load = (...filters: string[]) =>
    loadRules(
      { file: 'r.yml', text: rule({}) },
      { filters: filters.map((text, i) => ({ file: `f${i}.yml`, text })), strict: false },
    );

  it('keep out what they name', async () => {
    const detector = createDetector(await load(filter({})));
    expect(detector.evaluate({ Operation: 'A', UserId: 'svc' })).toEqual([]);
    expect(detector.evaluate({ Operation: 'A', UserId: 'ada' })).toHaveLength(1);
  });

  it('may name every rule', async () => {
    const any = filter({ filter: { rules: 'any', s: { UserId: 'svc' }, condition: 'not s' } });
    expect(createDetector(await load(any)).evaluate({ Operation: 'A', UserId: 'svc' })).toEqual([]);
  });

  it('without `not`, expired or for nobody are problems', async () => {
    const without = filter({ filter: { rules: ['t'], s: { UserId: 'svc' }, condition: 's' } });
    const { problems } = await load(
      without,
      filter({ audit: { expires: '2020-01-01' } }),
      filter({ filter: { rules: ['x'], s: { A: 1 }, condition: 'not s' } }),
    );
    expect(problems.map(({ severity, problem }) => `${severity}: ${problem}`)).toEqual([
      expect.stringMatching(/error: the condition has no `not`/),
      expect.stringMatching(/error: .*expired on 2020-01-01/),
      expect.stringMatching(/warning: .*`x` is not loaded/),
    ]);
  });
});

describe('correlations', () => {
  const correlation = (fields: object) =>
    JSON.stringify({
      title: 'C',
      id: 'c',
      correlation: {
        type: 'event_count',
        rules: ['t'],
        'group-by': ['UserId'],
        timespan: '1h',
        condition: { gte: 2 },
        ...fields,
      },
    });

  it.each([
    [{ type: 'value_percentile', condition: { field: 'A', gte: 2 } }, /value_percentile/],
    [{ type: 'value_count' }, /needs a field/],
    [{ timespan: '2w' }, /no timespan/],
    [{ timespan: '8d' }, /a timespan of/],
    [{ rules: ['missing'] }, /`missing`, which is not loaded/],
    [{ rules: ['c'] }, /based on itself/],
    [{ condition: { above: 2 } }, /unknown criterion/],
    [{ condition: 'a and b' }, /not supported/],
    [{ extra: 1 }, /unknown key/],
  ])('that cannot be computed are refused: %#', async (fields, reason) => {
    const [problem] = await problemsOf(`${rule({})}\n---\n${correlation(fields)}`);
    expect(problem?.problem).toMatch(reason);
  });

  it('silence their base rules unless they generate', async () => {
    const alertsOf = async (fields: object) =>
      createDetector(await loadRules({ file: 'r.yml', text: `${rule({})}\n---\n${correlation(fields)}` }))
        .push({ Id: '1', Operation: 'A', CreationTime: '2026-11-12T08:00:00' })
        .map(({ ruleId }) => ruleId);
    expect(await alertsOf({})).toEqual([]);
    expect(await alertsOf({ generate: true })).toEqual(['t']);
  });
});

describe('rules that cannot fire', () => {
  it('are named with the reason', async () => {
    const rules = await loadRules({
      file: 'r.yml',
      text: [
        rule({ id: '1' }, { s: { 'audit.Country|exists': true }, condition: 's' }),
        rule({ id: '2' }, { s: { 'audit.ExternalRecipients|contains': '@' }, condition: 's' }),
        rule({ id: '3' }, { s: { Operation: 'FileDownloaded' }, condition: 's' }),
        rule({ id: '4' }, { s: { Operation: 'New-InboxRule' }, condition: 's' }),
      ].join('\n---\n'),
    });
    expect(rules.blind({ contentTypes: ['Audit.Exchange'] })).toEqual([
      { ruleId: '1', title: 'T', reason: expect.stringMatching(/country/) },
      { ruleId: '2', title: 'T', reason: expect.stringMatching(/domains/) },
      { ruleId: '3', title: 'T', reason: 'no subscription to Audit.SharePoint' },
    ]);
  });
});

describe('a TypeScript rule', () => {
  const download = defineRule({
    id: 'ts-1',
    title: 'Payroll file downloaded',
    level: 'high',
    recordType: 'SharePointFileOperation',
    operations: ['FileDownloaded'],
    match(record, fields) {
      if (record.SourceFileName === 'throw') throw new Error('broken');
      return record.SourceFileName?.startsWith('payroll')
        ? { SourceFileName: record.SourceFileName, address: fields.get('audit.ClientAddress') ?? '' }
        : undefined;
    },
  });
  const file = (name: string) => ({
    Id: '1',
    RecordType: 6,
    Operation: 'FileDownloaded',
    Workload: 'SharePoint',
    SourceFileName: name,
    ClientIP: '[::ffff:203.0.113.9]:443',
  });

  it('matches typed records and gives evidence', async () => {
    const detector = createDetector(await loadRules(download));
    const [match] = detector.evaluate(file('payroll.xlsx'));
    expect(match?.evidence()).toEqual([
      { recordId: '1', field: 'SourceFileName', value: 'payroll.xlsx', selection: 'match' },
      { recordId: '1', field: 'address', value: '203.0.113.9', selection: 'match' },
    ]);
    expect(detector.evaluate({ ...file('payroll.xlsx'), RecordType: 4 })).toEqual([]);
    expect(detector.evaluate({ ...file('payroll.xlsx'), Operation: 'FileAccessed' })).toEqual([]);
  });

  it('that throws is told of, and switched off after a hundred times in a row', async () => {
    const told: boolean[] = [];
    const rules = await loadRules(download);
    const detector = createDetector(rules, { onRuleError: ({ switchedOff }) => told.push(switchedOff) });
    for (let i = 0; i < 150; i += 1) detector.evaluate(file('throw'));
    expect(told).toEqual([false, true]);
    expect(detector.health().ruleErrors).toEqual({ 'ts-1': 100 });
    expect(detector.evaluate(file('payroll.xlsx'))).toEqual([]);
  });
});
