import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../src/cli/run-cli.js';

let folder: string;
const write = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

async function run(...args: string[]): Promise<{ code: number; out: string; errors: string }> {
  const out: string[] = [];
  const errors: string[] = [];
  const code = await runCli(args, { log: (text) => out.push(text), error: (text) => errors.push(text) });
  return { code, out: out.join('\n'), errors: errors.join('\n') };
}

const rule = `title: Export
id: export-1
name: export
logsource: { product: m365 }
detection:
  selection: { Operation: SearchExported }
  mine: { UserId: legal@contoso.example }
  condition: selection and not mine
level: high
`;
const record = { Id: 'r1', CreationTime: '2026-11-12T08:00:00', Operation: 'SearchExported', UserId: 'ada' };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'audit-rules-'));
  write('export.yml', rule);
});

describe('audit-rules check', () => {
  it('names file, line and reason, and exits with 1', async () => {
    expect(await run('check', folder)).toMatchObject({
      code: 0,
      out: '1 rules loaded, 0 errors, 0 warnings',
    });
    write(
      'bad.yml',
      rule.replace('export-1', 'x').replace('name: export\n', '').replace('Operation:', 'Operation|near:'),
    );
    const { code, out } = await run('check', folder);
    expect(code).toBe(1);
    expect(out).toMatch(/bad\.yml:5:\d+: unknown modifier `near`/);
  });
});

describe('audit-rules test', () => {
  const test = (match: boolean) => `rule: export
tests:
  - { name: somebody exports, record: { Operation: SearchExported, UserId: ada }, match: ${match}, ${match ? 'evidence: { Operation: SearchExported }' : ''} }
  - { name: legal exports, record: { Operation: SearchExported, UserId: legal@contoso.example }, match: false }
`;
  it('passes what matches as it should', async () => {
    write('export.test.yml', test(true));
    expect(await run('test', folder)).toMatchObject({ code: 0, out: '2 passed, 0 failed' });
  });

  it('fails what does not, and says which', async () => {
    write('export.test.yml', test(false));
    const { code, out } = await run('test', folder);
    expect(code).toBe(1);
    expect(out).toContain('somebody exports: export matched');
  });

  it('names rules without a hit or a near miss', async () => {
    const one = 'rule: export\ntests:\n  - { name: x, record: { Operation: Other }, match: false }\n';
    write('export.test.yml', one);
    const { code, out } = await run('test', folder);
    expect(code).toBe(0);
    expect(out).toContain('warning: export has no hit in any test');
    expect(out).toContain('warning: export has no near miss in any test');
  });

  it('fails without tests', async () => {
    expect((await run('test', folder)).code).toBe(1);
  });
});

describe('audit-rules run', () => {
  it.each([
    ['ndjson', '"ruleId":"export-1"'],
    ['ocsf', '"class_uid":2004'],
    ['row', '"RuleId":"export-1"'],
  ])('prints alerts as %s', async (format, expected) => {
    write('records.ndjson', `${JSON.stringify(record)}\n`);
    const { code, out, errors } = await run(
      'run',
      join(folder, 'export.yml'),
      '--records',
      folder,
      '--format',
      format,
    );
    expect({ code, errors }).toEqual({ code: 0, errors: '1 alerts' });
    expect(out).toContain(expected);
  });
});

describe('audit-rules explain', () => {
  it('shows true and false at every item', async () => {
    const file = write('record.json', JSON.stringify(record));
    const { out } = await run('explain', folder, '--record', file, '--rule', 'export');
    expect(out).toMatch(/^true {2}and/m);
    expect(out).toMatch(/^false .*UserId \(line 7\), in the record: ada/m);
  });
});

describe('audit-rules coverage', () => {
  it('says which rules can fire', async () => {
    const { out } = await run('coverage', folder, '--content-type', 'Audit.Exchange');
    expect(out).toContain('| Export | high | ticket | Audit.General | no subscription to Audit.General |');
  });
});

describe('audit-rules kql', () => {
  it('prints queries, or writes templates', async () => {
    expect((await run('kql', folder)).out).toContain('| where (Operation =~ "SearchExported")');
    const out = join(folder, 'arm');
    await run('kql', folder, '--out', out);
    expect(readdirSync(out)).toEqual(['export.json']);
    expect(readFileSync(join(out, 'export.json'), 'utf8')).toContain('Microsoft.SecurityInsights/alertRules');
  });
});

describe('a wrong call', () => {
  it.each([[], ['nothing'], ['run', 'x'], ['check'], ['check', 'x', '--near']].map((args) => [args]))(
    '%j exits with 2 and says what is missing',
    async (args) => {
      const { code, errors } = await run(...args);
      expect(code).toBe(2);
      expect(errors).not.toBe('');
    },
  );
});
