import { captureError, collect } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import { ApiError, AuthenticationError, BlobUnavailableError, RateLimitError } from '../src/index.js';
import { blob, errorResponse, hour, iso, json, scriptedClient, start } from './helpers.js';

const af = (code: string): object => ({ error: { code, message: 'words of the service' } });
const range = { from: iso(start - hour), to: iso(start) };
const thrown = (promise: Promise<unknown>): Promise<unknown> => captureError(promise);

describe('what is final is asked once, and the error says what to do', () => {
  it.each([
    ['AF10001', 401, /ActivityFeed\.Read/],
    ['AF20001', 400, /report it/],
    ['AF20002', 400, /report it/],
    ['AF20003', 400, /expiration in the future/],
    ['AF20010', 400, /another tenant/],
    ['AF20011', 400, /tenant id/],
    ['AF20012', 400, /Microsoft support/],
    ['AF20013', 400, /GUID/],
    ['AF20020', 400, /five values/],
    ['AF20021', 400, /https:\/\//],
    ['AF20022', 400, /subscriptions\.ensure/],
    ['AF20023', 400, /subscriptions\.start/],
    ['AF20053', 400, /one language/i],
    ['AF20054', 400, /en-US/],
  ])('%s', async (code, status, hint) => {
    const { client, seen } = scriptedClient([errorResponse(status, af(code))]);
    const error = await thrown(collect(client.content.list('Audit.General', range)));
    expect(ApiError.isInstance(error) && error.code).toBe(code);
    expect(String(error)).toMatch(hint);
    expect(AuthenticationError.isInstance(error)).toBe(status === 401);
    // A refused token is renewed once.
    expect(seen).toHaveLength(status === 401 ? 2 : 1);
  });
});

it('AF20024 is success', async () => {
  const { client } = scriptedClient([errorResponse(400, af('AF20024'))]);
  expect(await client.subscriptions.start('Audit.General')).toMatchObject({ status: 'enabled' });
});

it.each(['AF20030', 'AF20055'])('%s cuts the range anew, once', async (code) => {
  const day = 24 * hour;
  const { client, seen, clock } = scriptedClient([() => (clock.advance(hour), errorResponse(400, af(code)))]);
  const old = {
    from: iso(start - 7 * day + 6 * 60_000),
    to: iso(start - 6 * day),
    onGap: () => {},
  };
  await expect(collect(client.content.list('Audit.General', old))).rejects.toMatchObject({ code });
  expect(seen).toHaveLength(2);
});

it('AF20031 lists the window again from its start, once', async () => {
  const page = (name: string): Response =>
    json([blob(name)], { NextPageUri: `https://manage.office.com/api/v1/t/content?nextpage=${name}` });
  const lost = errorResponse(400, af('AF20031'));
  const { client, seen } = scriptedClient([page('a'), lost, page('a'), json([blob('b')])]);
  const all = await collect(client.content.list('Audit.General', range));
  expect(all.map(({ contentId }) => contentId)).toEqual(['a', 'a', 'b']);
  expect(seen[2]?.url).toBe(seen[0]?.url);
  const never = scriptedClient([page('a'), lost, page('a'), lost]);
  await expect(collect(never.client.content.list('Audit.General', range))).rejects.toMatchObject({
    code: 'AF20031',
  });
  expect(never.seen).toHaveLength(4);
});

it.each([
  ['AF20050', 404],
  ['AF20051', 404],
  ['AF20051', 400],
  ['AF20052', 400],
])('%s with status %i costs one blob, and is told', async (code, status) => {
  const { client, seen } = scriptedClient([errorResponse(status, af(code))]);
  const error = await thrown(client.content.read(blob()));
  expect(BlobUnavailableError.isInstance(error) && error.code).toBe(code);
  expect(seen).toHaveLength(1);
});

it.each([
  [403, af('AF429')],
  [429, af('AF429')],
  [403, "{'error':{'code':'AF429','message':'Too many requests. Method=GetBlob, PublisherId=0'}}"],
  [403, '{"code":"AF429","message":"Too many requests."}'],
  [429, ''],
])('throttling as %i %o is waited for', async (status, body) => {
  const { client, seen, clock } = scriptedClient([errorResponse(status, body), json([{ Id: '1' }])]);
  expect(await client.content.read(blob())).toHaveLength(1);
  expect(seen).toHaveLength(2);
  expect(clock.slept.some((ms) => ms >= 500)).toBe(true);
  const { client: impatient } = scriptedClient([errorResponse(status, body)], { retry: { maxRetries: 0 } });
  expect(RateLimitError.isInstance(await thrown(impatient.content.read(blob())))).toBe(true);
});

it.each([
  [500, af('AF50000')],
  [500, af('AF50005')],
  [400, af('AF50006')],
  [408, ''],
  [500, ''],
  [502, '<html>Bad Gateway</html>'],
  [503, ''],
  [504, ''],
])('%i %o passes, so that it is tried again', async (status, body) => {
  const { client, seen } = scriptedClient([errorResponse(status, body), json([])]);
  expect(await collect(client.content.list('Audit.General', range))).toEqual([]);
  expect(seen).toHaveLength(2);
});

it('auditing that is off is final, and a matter for an administrator', async () => {
  const text =
    '{"error":{"code":"StartSubscription [CorrId=1][AppId","message":"864] failed. Exception: Microsoft.X: Tenant ead does not exist.\\r\\n   at X"}}';
  const { client, seen } = scriptedClient([errorResponse(400, text)]);
  const error = await thrown(client.subscriptions.start('Audit.General'));
  expect(ApiError.isInstance(error) && error.code).toBe('AuditingDisabled');
  expect(String(error)).toMatch(/administrator.*UnifiedAuditLogIngestionEnabled/);
  expect(seen).toHaveLength(1);
});
