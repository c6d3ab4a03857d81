import { inspect } from 'node:util';
import { captureError } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import { ApiError, AuthenticationError, McasClient, apiToken, clouds } from '../src/index.js';
import type { Clock, TokenCredential } from '../src/index.js';
import { now, scripted } from './helpers.js';

const token = apiToken('a-secret-token');
const baseOf = (url: string, allowCustomHost = false) =>
  new McasClient(url, token, { allowCustomHost }).endpoint;

describe('the portal URL', () => {
  it.each([
    'https://contoso.eu2.portal.cloudappsecurity.com',
    'contoso.eu2.portal.cloudappsecurity.com',
    'CONTOSO.EU2.Portal.CloudAppSecurity.com/',
    'https://contoso.eu2.portal.cloudappsecurity.com/api',
    'https://contoso.eu2.portal.cloudappsecurity.com/api/v1/',
    'https://contoso.eu2.portal.cloudappsecurity.com/#/dashboard?x=1',
    'contoso.portal.eu2.cloudappsecurity.com',
    'contoso.eu2.portal.cloudappsecurity.com.',
  ])('%s is understood', (url) => {
    expect(baseOf(url)).toBe('https://contoso.eu2.portal.cloudappsecurity.com');
  });

  it('knows generic and government hosts', () => {
    expect(baseOf('portal.cloudappsecurity.com')).toBe('https://portal.cloudappsecurity.com');
    expect(baseOf('contoso.us1.portal.cloudappsecuritygov.com')).toBe(
      'https://contoso.us1.portal.cloudappsecuritygov.com',
    );
    expect(baseOf('contoso.us1.portal.cloudappsecurity.us')).toBe(
      'https://contoso.us1.portal.cloudappsecurity.us',
    );
  });

  it.each([
    '',
    'https://contoso.portal.cloudappsecurity.com.fabrikam.example',
    'https://contoso.portal-cloudappsecurity.com',
    'https://contoso.eu2.cloudappsecurity.com',
    'https://fabrikam.example/contoso.portal.cloudappsecurity.com',
    'https://contoso.portal.cloudappsecurity.com@fabrikam.example',
    'http://contoso.portal.cloudappsecurity.com',
    'https://contoso.portal.cloudappsecurity.com:8443',
  ])('%s is refused', (url) => {
    expect(() => baseOf(url)).toThrow(
      expect.objectContaining({ name: 'ArgumentError', path: 'url' }) as Error,
    );
  });

  it('takes a host of one’s own only when told so', () => {
    expect(baseOf('https://127.0.0.1:8443/api/', true)).toBe('https://127.0.0.1:8443');
    expect(baseOf('https://proxy.fabrikam.example/mcas', true)).toBe('https://proxy.fabrikam.example/mcas');
  });
});

describe('the credential', () => {
  const one = { _id: 'a', timestamp: now };
  const never: TokenCredential = { getToken: async () => null };
  const portal = 'contoso.us1.portal.cloudappsecurity.us';

  it('is sent as Token, and read anew once after a 401', async () => {
    const tokens = ['old', 'new'];
    const sent: (string | null)[] = [];
    const client = new McasClient(
      'contoso.portal.cloudappsecurity.com',
      apiToken(() => tokens.shift() ?? ''),
      {
        fetch: async (request) => {
          sent.push(request.headers.get('authorization'));
          return sent.length === 1 ? new Response(null, { status: 401 }) : Response.json(one);
        },
      },
    );
    expect(await client.activities.get('a')).toEqual(one);
    expect(sent).toEqual(['Token old', 'Token new']);
  });

  it('of Entra ID is asked for the documented scope, or another scope', async () => {
    const scopes: unknown[] = [];
    const credential: TokenCredential = {
      getToken: async (scope) => (
        scopes.push(scope),
        { token: 't', expiresOnTimestamp: Date.now() + 3_600_000 }
      ),
    };
    const fetch = async (request: Request) => Response.json({ header: request.headers.get('authorization') });
    const host = 'contoso.portal.cloudappsecurity.com';
    const client = new McasClient(host, credential, { fetch });
    expect(await client.send('GET', '/api/v1/x/')).toEqual({ header: 'Bearer t' });
    await new McasClient(host, credential, { fetch, scope: 'api://own/.default' }).send('GET', '/api/v1/x/');
    expect(scopes).toEqual(['05a65629-4c1b-48c1-a78b-804c4abdd4af/.default', 'api://own/.default']);
  });

  it('of another cloud is refused at construction', () => {
    const of = (name: keyof typeof clouds) => ({ ...never, cloud: clouds[name] });
    expect(() => new McasClient(portal, of('public'))).toThrow(/credential.cloud/);
    expect(() => new McasClient(portal, of('dod'))).not.toThrow();
    expect(() => new McasClient(portal, of('public'), { cloud: 'gcc' })).not.toThrow();
    for (const none of [{}, undefined, null, 'a token'])
      expect(() => new McasClient(portal, none as TokenCredential)).toThrow(
        expect.objectContaining({ name: 'ArgumentError', message: expect.stringMatching(/^credential: /) }),
      );
    expect(() => apiToken('Token abc')).toThrow(/without the word Token/);
  });
});

describe('errors of the service', () => {
  const refuse =
    (status: number, body: string, type = 'application/json') =>
    () =>
      new Response(body, { status, headers: { 'content-type': type } });
  const errorOf = async (status: number, body: string, type?: string) =>
    await captureError<ApiError>(scripted([refuse(status, body, type)]).mcas.activities.get('a'));

  it.each<[number, string, RegExp]>([
    [401, '{"detail":"Invalid token"}', /Invalid token.*case-sensitive/],
    [403, '{"detail":"Insufficient role based permissions"}', /No role covers files/],
    [
      400,
      `{"detail":"filter validation error: No filter name 'x' found in metadata entities"}`,
      /typed filters/,
    ],
    [400, '{"limit":["A valid integer is required."]}', /limit: A valid integer/],
    [
      400,
      '{"filters":[{"error":"secret-value is not valid","errorMessageCode":"CONSOLE_FORMS_NOT_VALID_VALUE"}],"error":true}',
      /CONSOLE_FORMS_NOT_VALID_VALUE/,
    ],
    [404, '<html><title>Page not found</title>', /HTML page "Page not found"/],
    [400, '', /empty answer/],
  ])('%i %s is explained', async (status, body, message) => {
    const error = await errorOf(status, body);
    expect(error).toBeInstanceOf(status === 401 || status === 403 ? AuthenticationError : ApiError);
    expect(error.message).toMatch(message);
    expect(inspect(error)).not.toContain('a-secret-token');
    expect(error.message).not.toContain('secret-value');
  });

  it.each([
    ['<title', 400_000],
    ['<h1', 400_000],
    ['<title>', 100_000],
    ['<', 400_000],
  ])('a page of many %s is described without a stall', async (piece, length) => {
    const body = piece.repeat(Math.ceil(length / piece.length));
    const start = performance.now();
    const error = await errorOf(404, body, 'text/html');
    expect(performance.now() - start).toBeLessThan(1000);
    expect(error.message).toMatch(/HTML page/);
  });

  it.each<[string, number, number]>([
    ['{"detail":"Request was throttled. Expected available in 17 seconds."}', 17_000, 17_000],
    ['{"detail":"Request was throttled."}', 60_000, 66_000],
  ])('a 429 with %s waits as long as it must', async (body, least, most) => {
    const { mcas, slept } = scripted([refuse(429, body), { _id: 'a', timestamp: now }]);
    await mcas.activities.get('a');
    expect(Math.max(...slept)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...slept)).toBeLessThanOrEqual(most);
  });
});

describe('the quota', () => {
  it('lets at most the documented 30 requests through a minute, or our share', async () => {
    for (const [requestsPerMinute, most] of [
      [undefined, 30],
      [10, 10],
      [500, 30],
    ] as const) {
      const times: number[] = [];
      let time = now;
      const clock: Clock = { now: () => time, sleep: async (ms) => void (time += ms) };
      const { mcas } = scripted([() => (times.push(time), Response.json({ _id: 'a', timestamp: 0 }))], {
        clock,
        limiter: undefined as never,
        ...(requestsPerMinute !== undefined && { requestsPerMinute }),
      });
      for (let at = 0; at < 40; at++) await mcas.activities.get('a');
      const inFirstMinute = times.filter((at) => at < now + 60_000).length;
      expect(inFirstMinute).toBe(most);
    }
  });
});

describe('send', () => {
  it('stays on the portal', async () => {
    const { mcas, asked } = scripted([{ data: 1 }]);
    for (const path of ['https://fabrikam.example/', '//fabrikam.example/', '/\\fabrikam.example', 'api/v1/'])
      expect(await captureError(mcas.send('GET', path))).toMatchObject({
        name: 'ArgumentError',
        path: 'path',
      });
    expect(asked).toEqual([]);
    expect(await mcas.send('POST', '/api/v1/governance/', { limit: 1 })).toEqual({ data: 1 });
  });
});
