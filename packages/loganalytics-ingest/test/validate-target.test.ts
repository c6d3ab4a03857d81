import { contoso } from 'audit-emulator';
import { describe, expect, it } from 'vitest';
import { ApiError, ArgumentError, ConnectionError, clouds } from '../src/index.js';
import { describeError, withRetirement } from '../src/http/describe-error.js';
import { originOf } from '../src/clients/parse-endpoint.js';
import {
  checkCollectorHost,
  checkCollectorTarget,
  checkIngestionAudience,
  checkIngestionTarget,
} from '../src/clients/validate-target.js';

const { workspaceId, dcrImmutableId: ruleId } = contoso;

function pathOf(check: () => void): string {
  try {
    check();
  } catch (error) {
    return ArgumentError.isInstance(error) ? error.path : String(error);
  }
  return 'nothing was thrown';
}

describe('targets of the Logs Ingestion API', () => {
  it.each(['Custom-Demo_CL', 'Microsoft-Syslog', 'Custom-my-stream'])('may be %s', (stream) => {
    expect(() => checkIngestionTarget({ ruleId, stream })).not.toThrow();
  });

  it.each(['Demo_CL', 'custom-Demo_CL', 'Custom-', 'Custom-a b', 'Custom-a/b', 'Custom-a?b', ''])(
    'may not be %j',
    (stream) => expect(pathOf(() => checkIngestionTarget({ ruleId, stream }))).toBe('target.stream'),
  );

  it.each(['dcr-contoso', '/subscriptions/1/x', ruleId.slice(4), `${ruleId}0`])('have no rule %j', (id) => {
    expect(pathOf(() => checkIngestionTarget({ ruleId: id, stream: 'Custom-A' }))).toBe('target.ruleId');
  });

  it('are of the cloud that the token is for', () => {
    const host = (suffix: string): string => `https://a.westeurope-1.${suffix}`;
    for (const { logsIngestionSuffix, logsIngestionAudience } of Object.values(clouds))
      expect(() =>
        checkIngestionAudience(host(logsIngestionSuffix), `${logsIngestionAudience}/`),
      ).not.toThrow();
    const { logsIngestionAudience } = clouds['gcc-high'];
    expect(
      pathOf(() => checkIngestionAudience(host('ingest.monitor.azure.com'), logsIngestionAudience)),
    ).toBe('endpoint');
    expect(() =>
      checkIngestionAudience('https://proxy.contoso.example', logsIngestionAudience),
    ).not.toThrow();
  });
});

describe('targets of the Data Collector API', () => {
  it.each([
    { logType: 'Demo_1' },
    { logType: 'x'.repeat(100) },
    {
      logType: 'Demo',
      timeGeneratedField: 'EventTime',
      azureResourceId: '/subscriptions/1/resourceGroups/rg',
    },
    { logType: 'Demo', timeGeneratedField: '', azureResourceId: '' },
  ])('may be %o', (target) => expect(() => checkCollectorTarget(target)).not.toThrow());

  it.each([
    ['target.logType', { logType: '' }],
    ['target.logType', { logType: 'My-Logs' }],
    ['target.logType', { logType: 'Demo_CL' }],
    ['target.logType', { logType: 'x'.repeat(101) }],
    ['target.logType', { logType: 'Grüße' }],
    ['target.timeGeneratedField', { logType: 'Demo', timeGeneratedField: 'TimeGenerated' }],
    ['target.timeGeneratedField', { logType: 'Demo', timeGeneratedField: 'a b' }],
    ['target.azureResourceId', { logType: 'Demo', azureResourceId: 'subscriptions/1' }],
    ['target.azureResourceId', { logType: 'Demo', azureResourceId: '/subscriptions/ü' }],
  ])('%s is refused in %o', (path, target) => expect(pathOf(() => checkCollectorTarget(target))).toBe(path));

  it('are of the cloud and the workspace that were named', () => {
    const host = (suffix: string, id: string = workspaceId): string => `https://${id}.${suffix}`;
    for (const cloud of Object.values(clouds))
      expect(() => checkCollectorHost(host(cloud.dataCollectorSuffix), workspaceId, cloud)).not.toThrow();
    const own = 'https://logs.contoso.example';
    expect(() => checkCollectorHost(own, workspaceId, clouds.public)).not.toThrow();
    const check = (origin: string) => pathOf(() => checkCollectorHost(origin, workspaceId, clouds.public));
    expect(check(host(clouds.china.dataCollectorSuffix))).toBe('options.endpoint');
    expect(check(host(clouds.public.dataCollectorSuffix, 'f'.repeat(8)))).toBe('options.endpoint');
  });
});

describe('originOf', () => {
  it.each(['http://a.example', 'https://u:p@a.example', 'https://a.example/x', 'https://a.example?b', 'a b'])(
    'refuses %s',
    (value) => expect(pathOf(() => originOf(value, 'endpoint'))).toBe('endpoint'),
  );
  it('adds the scheme', () => expect(originOf('a.example', 'endpoint')).toBe('https://a.example'));
});

describe('what is known of the retirement', () => {
  const said = /support .* on 14 September 2026; by its newest wording ingestion continues/;

  it.each([404, 410])('is said on %i', (status) => {
    const reply = { status, headers: new Headers(), text: '' };
    expect(describeError('data-collector')(reply).hint).toMatch(said);
    expect(describeError('logs-ingestion')(reply).hint ?? '').not.toMatch(/2026/);
  });

  it('is said when the host has no address, and the cause stays', () => {
    const cause = new Error('getaddrinfo ENOTFOUND');
    const error = withRetirement(new ConnectionError('No host.', { code: 'dns', requestId: 'r', cause }));
    expect(error).toMatchObject({ code: 'dns', requestId: 'r', cause, message: expect.stringMatching(said) });
    expect(ConnectionError.isInstance(error)).toBe(true);
  });

  it('is not said of anything else', () => {
    for (const error of [new ConnectionError('Cut.', { code: 'reset' }), new ApiError('Refused.'), 'text'])
      expect(withRetirement(error)).toBe(error);
  });
});
