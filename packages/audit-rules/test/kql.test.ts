import { beforeAll, describe, expect, it } from 'vitest';
import { loadRules, starterRules, toAnalyticRule, toKql } from '../src/index.js';
import type { KqlRule } from '../src/index.js';
import { createKustoChecker } from './support/kusto.js';

const check = createKustoChecker();
let starter: KqlRule[];

const rule = (id: string, selection: object, condition = 'selection') =>
  JSON.stringify({ title: id, id, logsource: { product: 'm365' }, detection: { selection, condition } });

async function translate(selection: object, condition?: string): Promise<KqlRule> {
  const [one] = toKql(await loadRules({ file: 'r.yml', text: rule('t', selection, condition) }), {
    domains: ['contoso.example'],
  });
  return one as KqlRule;
}

const queryOf = async (selection: object, condition?: string): Promise<string> => {
  const translated = await translate(selection, condition);
  return 'query' in translated ? translated.query : `refused: ${translated.refused}`;
};

beforeAll(async () => {
  starter = toKql(await loadRules(starterRules), { domains: ['contoso.example'] });
});

describe('KQL of the starter rules', () => {
  it('is taken by the Kusto binder, and what cannot be expressed is named', () => {
    const accepted = starter.filter((one) => 'query' in one);
    for (const { info, query } of accepted) expect(check(query), `${info.name}\n${query}`).toEqual([]);
    const refused = starter.flatMap((one) => ('refused' in one ? [`${one.info.name}: ${one.refused}`] : []));
    expect(refused).toEqual([
      'dlp_high: PolicyDetails.Rules.ConditionsMatched.SensitiveInformation.Count: number of a value inside a list',
      'guessed_password: temporal_ordered needs a join of several queries',
      'impossible_travel: audit.Country is computed by the engine and has no KQL twin',
    ]);
    expect(accepted.length).toBe(starter.length - 3);
  }, 60_000);

  it('would be refused with a wrong column', () => {
    const [first] = starter.filter((one) => 'query' in one);
    expect(check(`${first?.query}\n| where NoSuchColumn == 1`).join()).toMatch(/KS142/);
  }, 60_000);

  it('filters by columns before it makes objects', () => {
    const query =
      starter.flatMap((one) =>
        'query' in one && one.info.name === 'inbox_rule_external' ? [one.query] : [],
      )[0] ?? '';
    expect(query.indexOf('Operation in~')).toBeLessThan(query.indexOf('mv-apply'));
  });

  it('as an analytic rule has severity, tactics, entities and the author', () => {
    const spray = starter.find(({ info }) => info.name === 'password_spray');
    expect(spray && 'query' in spray && toAnalyticRule(spray)).toMatchObject({
      resources: [
        {
          kind: 'Scheduled',
          properties: {
            severity: 'High',
            tactics: ['CredentialAccess'],
            techniques: ['T1110'],
            queryPeriod: 'PT3H',
            description: expect.stringContaining('audit-sdk'),
          },
        },
      ],
    });
  });
});

describe('KQL of an item', () => {
  it.each([
    [{ Operation: 'A' }, 'Operation =~ "A"'],
    [{ Operation: ['A', 'B'] }, 'Operation in~ ("A", "B")'],
    [{ 'Operation|contains|all': ['A', 'B'] }, '(Operation contains "A") and (Operation contains "B")'],
    [{ 'Operation|startswith|cased': 'A' }, 'Operation startswith_cs "A"'],
    [{ Operation: 'A*B?' }, 'Operation matches regex "(?si)^A.*B.$"'],
    [{ 'Operation|re': '^A|B$' }, 'Operation matches regex "^A|B$"'],
    [{ 'Operation|neq': 'A' }, 'not(Operation =~ "A")'],
    [{ 'ClientIP|cidr': '10.0.0.0/8' }, 'ipv4_is_in_range('],
    [{ 'RecordType|gte': 8 }, 'todouble(tostring(RecordType)) >= 8'],
    [{ RecordType: 8 }, 'tostring(RecordType) =~ "8"'],
    [{ 'CreationTime|hour': 3 }, 'datetime_part("Hour", todatetime('],
    [{ 'Parameters.ForwardTo|exists': true }, 'isnotempty(tostring(ParametersBag["forwardto"]))'],
    [{ 'ModifiedProperties.Role.DisplayName': 'x' }, 'ModifiedPropertiesBag["role.displayname"]'],
    [{ eventName: 'x' }, '(tostring(Record.Name) =~ "x") or (Operation =~ "x")'],
    [{ status: 'success' }, 'RecordType == 15'],
    [{ UserId: null }, 'isempty(UserId)'],
    [{ Operation: 'é"\\x' }, 'Operation =~ "\\u00e9\\"\\\\x"'],
    [{ 'audit.ExternalRecipients|exists': true }, 'contoso\\\\.example'],
  ])('%j', async (selection, expected) => {
    const query = await queryOf(selection);
    expect(query).toContain(expected);
    expect(check(query)).toEqual([]);
  });

  it('of keywords searches the record', async () => {
    const query = await queryOf(['mimi']);
    expect(query).toContain('tostring(Record) contains "mimi"');
    expect(check(query)).toEqual([]);
  });

  it('inside a list is wider, says so, and is refused under a not', async () => {
    const translated = await translate({ 'Members.UPN|contains': '#EXT#' });
    expect('notes' in translated && translated.notes.join()).toMatch(/Members.*wider/);
    expect(await queryOf({ 'Members.UPN': 'x' }, 'not selection')).toMatch(/refused: .*narrower/);
  });

  it.each([
    [{ 'Members.Role|gt': 2 }, /inside a list/],
    [{ 'ModifiedProperties.X.OldValue': 'y' }, /old values/],
    [{ 'audit.Target': 'y' }, /no KQL twin/],
  ])('%j is refused with the reason', async (selection, reason) => {
    expect(await queryOf(selection)).toMatch(reason);
  });
});
