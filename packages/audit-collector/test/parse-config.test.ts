import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConfigError } from '../src/config/config-error.js';
import { effectiveConfig } from '../src/config/effective-config.js';
import { parseConfig } from '../src/config/parse/parse-config.js';

const valid = `version: 1
identities:
  contoso: { type: secret, clientId: 11111111-1111-4111-8111-111111111111, clientSecret: { env: AUDIT_CLIENT_SECRET } }
tenants:
  contoso: { id: contoso.example, identity: contoso, values: { ruleId: dcr-1 } }
outputs:
  sentinel:
    type: logs-ingestion
    identity: contoso
    endpoint: \${env:AUDIT_LOGS_ENDPOINT}
    ruleId: \${tenant.ruleId}
pipelines:
  audit:
    source: { type: o365, startFrom: oldest }
    outputs: [sentinel]
`;
const env = { AUDIT_LOGS_ENDPOINT: 'https://contoso.ingest.monitor.azure.example' };
const parse = (text: string, variables: Record<string, string> = env) =>
  parseConfig(text, { file: 'a.yaml', env: variables });

/** The findings of a text that must be refused, as lines. */
function refusal(text: string, variables: Record<string, string> = env): string {
  try {
    parse(text, variables);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('accepted');
}

test('a valid file becomes a configuration, with variables in place', () => {
  const config = parse(valid);
  expect(config.outputs.sentinel).toMatchObject({
    endpoint: 'https://contoso.ingest.monitor.azure.example',
    ruleId: '${tenant.ruleId}',
  });
  expect(effectiveConfig(config).pipelines.audit).toMatchObject({ tenants: 'all', concurrency: 4 });
});

test.each([
  [
    'an unset variable',
    valid,
    {},
    'a.yaml:10:15  outputs.sentinel.endpoint: the variable AUDIT_LOGS_ENDPOINT is not set',
  ],
  [
    'a key that is nearly another',
    valid.replace('startFrom', 'startForm'),
    env,
    'a.yaml:14:27  pipelines.audit.source.startForm: unknown key. Did you mean startFrom?',
  ],
  [
    'a missing key',
    valid.replace(', startFrom: oldest', ''),
    env,
    'pipelines.audit.source.startFrom: is missing: give a text',
  ],
  [
    'a type nobody knows',
    valid.replace('type: o365', 'type: o366'),
    env,
    'a.yaml:14:21  pipelines.audit.source.type: must be one of o365, mcas-activities, mcas-alerts, ndjson',
  ],
  [
    'a start without a zone',
    valid.replace('oldest', '2026-11-20T00:00:00'),
    env,
    'is not a start: use oldest, now, or a time with a zone',
  ],
  [
    'an output that is not there',
    valid.replace('[sentinel]', '[sentinell]'),
    env,
    'a.yaml:15:15  pipelines.audit.outputs.0: there is no output of this name. Did you mean sentinel?',
  ],
  [
    'an identity that is not there',
    valid.replace('identity: contoso, values', 'identity: fabrikam, values'),
    env,
    'there is no identity of this name. There are: contoso',
  ],
  [
    'a value its tenant lacks',
    valid.replace(', values: { ruleId: dcr-1 }', ''),
    env,
    'a.yaml:5:3  tenants.contoso: output sentinel needs ruleId for its ruleId: add it to values of this tenant',
  ],
  [
    'a portal its tenant lacks',
    valid.replace('type: o365', 'type: mcas-alerts'),
    env,
    'pipeline audit reads Cloud App Security, but this tenant has no mcas.url',
  ],
  ['the same key twice', `${valid}version: 1\n`, env, 'a.yaml:16:1  this key stands here twice'],
  ['text that is not YAML', 'a: [', env, 'is not valid YAML'],
  [
    'a newer format',
    valid.replace('version: 1', 'version: 2'),
    env,
    'version: is not 1, the version of this format',
  ],
  [
    'a name with capitals',
    valid.replace('  audit:', '  Audit:'),
    env,
    'is not a name: use 1 to 40 lower-case letters',
  ],
  [
    'plain http',
    valid.replace('${env:AUDIT_LOGS_ENDPOINT}', 'http://contoso.example'),
    env,
    'outputs.sentinel.endpoint',
  ],
  ['an empty list', valid.replace('[sentinel]', '[]'), env, 'pipelines.audit.outputs: must not be empty'],
  [
    'a transform of two kinds',
    valid.replace('    outputs:', '    transforms: [{ pick: [Id], omit: [Id] }]\n    outputs:'),
    env,
    'use one of where, pick, omit',
  ],
  [
    'a filter that names no field',
    valid.replace('    outputs:', '    transforms: [{ where: {} }]\n    outputs:'),
    env,
    'pipelines.audit.transforms.0',
  ],
])('%s is refused with its place and the remedy', (_name, text, variables, expected) => {
  expect(refusal(text, variables as Record<string, string>)).toContain(expected);
});

test('a secret in the file is refused and not repeated', () => {
  const message = refusal(valid.replace('{ env: AUDIT_CLIENT_SECRET }', 'hunter2hunter2'));
  expect(message).toContain('a.yaml:3:');
  expect(message).toContain('a secret is never written in the file');
  expect(message).not.toContain('hunter2');
});

test('a substituted value stays a text and is not looked at again', () => {
  const text = valid.replace(
    'values: {',
    () => 'values: { a: "${env:A}", b: "$${env:A}", c: "${env:C:-none}", ',
  );
  const config = parse(text, { ...env, A: '${env:B}', B: 'never' });
  expect(config.tenants.contoso?.values).toMatchObject({ a: '${env:B}', b: '${env:A}', c: 'none' });
  expect(parse(text, { ...env, A: '123' }).tenants.contoso?.values?.a).toBe('123');
});

test('every finding is named, in the order of the file', () => {
  const lines = refusal(valid.replace('version: 1', 'version: 3').replace('oldest', 'soon')).split('\n');
  expect(lines.map((line) => line.split(':')[1])).toEqual(['1', '14']);
});

test('a damaged file is refused with ConfigError or accepted, whatever it holds', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: valid.length }),
      fc.integer({ min: 0, max: 20 }),
      fc.string({ maxLength: 12, unit: 'binary' }),
      (start, length, insertion) => {
        const text = valid.slice(0, start) + insertion + valid.slice(start + length);
        try {
          parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
      },
    ),
    { numRuns: 30 },
  );
}, 30_000);

test('a file of aliases that would grow without end is refused', () => {
  const levels = Array.from(
    { length: 12 },
    (_, i) => `l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join(', ')}]`,
  );
  expect(refusal(`l0: &l0 [x]\n${levels.join('\n')}\n`)).toContain('more aliases than a configuration needs');
});
