import { captureError, collect } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import { createActivityFeed } from '../src/feed.js';
import { ArgumentError, McasClient, apiToken } from '../src/index.js';
import type { McasClientOptions } from '../src/index.js';
import { now, scripted } from './helpers.js';

const host = 'contoso.portal.cloudappsecurity.com';
const token = apiToken('a-token');
const unset = (...names: string[]) => Object.fromEntries(names.map((name) => [name, undefined]));
const callNames = ['abortSignal', 'timeoutInMs', 'maxRetries', 'requestId'];
const empty = { data: [], hasNext: false };

describe('an option that is undefined', () => {
  it('is an option that is not given: the client', () => {
    const names =
      'fetch limiter requestsPerMinute retry timeoutInMs clock events userAgentPrefix cloud scope allowCustomHost';
    const client = new McasClient(host, token, unset(...names.split(' ')));
    expect(client.cloud).toEqual(new McasClient(host, token).cloud);
    expect(
      () => new McasClient('https://fabrikam.example', token, unset('allowCustomHost') as McasClientOptions),
    ).toThrow(/allowCustomHost/);
  });

  it('sends the same as without: every call', async () => {
    const paging = unset('filters', 'rawFilters', 'sortField', 'sortDirection', 'skip', 'limit');
    const options = unset(...callNames);
    const scan = unset(
      ...'rawFilters sortField sortDirection limit unbounded concurrency ordered verify onGap onComplete'.split(
        ' ',
      ),
    );
    const filters = { date: { gte: now - 1000 } };
    const calls: [
      (mcas: McasClient) => AsyncIterable<unknown>,
      (mcas: McasClient) => AsyncIterable<unknown>,
    ][] = [
      [(mcas) => mcas.alerts.list(), (mcas) => mcas.alerts.list(paging, options)],
      [(mcas) => mcas.activities.list(), (mcas) => mcas.activities.list(paging, options)],
      [(mcas) => mcas.entities.list(), (mcas) => mcas.entities.list(paging, options)],
      [(mcas) => mcas.files.list(), (mcas) => mcas.files.list(paging, options)],
      [(mcas) => mcas.ipRanges.list(), (mcas) => mcas.ipRanges.list(paging, options)],
      [
        (mcas) => mcas.activities.scan({ filters }),
        (mcas) => mcas.activities.scan({ filters, ...scan }, options),
      ],
    ];
    for (const [plain, withUndefined] of calls) {
      const [one, other] = [scripted([empty]), scripted([empty])];
      await collect(plain(one.mcas));
      await collect(withUndefined(other.mcas));
      expect(other.asked).toEqual(one.asked);
    }
  });

  it('changes nothing in a close, a feed or a follower', async () => {
    const { mcas, asked } = scripted([{ closed_benign: 1 }]);
    const details = unset(
      'reason',
      'comment',
      'sendFeedback',
      'feedbackText',
      'allowContact',
      'contactEmail',
    );
    await mcas.alerts.closeBenign({ ids: ['a'], ...details }, unset(...callNames));
    expect(asked[0]?.body).toEqual({ filters: { id: { eq: ['a'] } } });
    const feedOptions = unset(
      ...'filters rawFilters startFrom overlapInMs settleDelayInMs pollIntervalInMs maxWindowInMs'.split(' '),
    );
    expect(createActivityFeed(unset('cursor', 'seen'), feedOptions).next(now)).toEqual(
      createActivityFeed().next(now),
    );
  });
});

describe('a wrong option', () => {
  it.each<[object, RegExp]>([
    [{ requestsPerMinute: 0 }, /options\.requestsPerMinute/],
    [{ timeoutInMs: Number.NaN }, /options\.timeoutInMs/],
    [{ retry: { maxRetries: -1 } }, /options\.retry\.maxRetries/],
    [{ cloud: 'gcc-hihg' }, /options\.cloud/],
    [{ fetch: 'x' }, /options\.fetch/],
    [{ scope: 5 }, /options\.scope/],
    [{ audience: 'x' }, /Did you mean scope/],
    [{ allowCustomHosts: true }, /Did you mean allowCustomHost/],
  ])('of the client: %o is refused at construction', (options, message) => {
    expect(() => new McasClient(host, token, options as McasClientOptions)).toThrow(message);
  });

  it('that is nobody’s is ignored, so that a configuration can be spread', () => {
    expect(() => new McasClient(host, token, { somethingElse: 1 } as McasClientOptions)).not.toThrow();
  });

  it.each<[object, RegExp]>([
    [{ timeoutInMs: 0 }, /options\.timeoutInMs/],
    [{ maxRetries: 1.5 }, /options\.maxRetries/],
    [{ abortSignal: {} }, /options\.abortSignal/],
  ])('of a call: %o is refused before anything is sent', async (options, message) => {
    const { mcas, asked } = scripted([{}]);
    const error = await captureError(mcas.alerts.get('a', options as never));
    expect(ArgumentError.isInstance(error)).toBe(true);
    expect(String(error)).toMatch(message);
    expect(asked).toEqual([]);
  });
});

describe('McasClient.fromEnv', () => {
  it('reads the URL and the token', async () => {
    const asked: Request[] = [];
    const env = { AUDIT_MCAS_URL: `https://${host}/api`, AUDIT_MCAS_TOKEN: 'from-env' };
    const mcas = McasClient.fromEnv(env, {
      fetch: async (request) => (asked.push(request), Response.json({ _id: 'a', timestamp: 1 })),
    });
    expect(mcas.endpoint).toBe(`https://${host}`);
    await mcas.alerts.get('a');
    expect(asked[0]?.headers.get('authorization')).toBe('Token from-env');
  });

  it('names what is missing', () => {
    expect(() => McasClient.fromEnv({})).toThrow(/AUDIT_TENANT_ID.*or AUDIT_MCAS_TOKEN/);
    expect(() => McasClient.fromEnv({ AUDIT_MCAS_TOKEN: 'x' })).toThrow(/AUDIT_MCAS_URL/);
    const app = { AUDIT_TENANT_ID: 'contoso.example', AUDIT_CLIENT_ID: 'c', AUDIT_CLIENT_SECRET: 's' };
    expect(McasClient.fromEnv({ ...app, AUDIT_MCAS_URL: host }).cloud?.name).toBe('public');
  });
});
