import { scriptedFetch, testClock } from '@repo/test-kit';
import type { ScriptedAnswer } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import { bearerAuthorizer, createHttp, entraCredential } from '../src/index.js';
import type { ChangeEvent } from '../src/index.js';

function harness(...answers: ScriptedAnswer[]) {
  const { fetch, requests } = scriptedFetch(...answers);
  const clock = testClock();
  const changes: ChangeEvent[] = [];
  const http = createHttp({
    fetch,
    clock,
    userAgent: 'test/1',
    retry: { maxRetries: 1 },
    authorize: async () => ({ headers: {}, clientId: 'app' }),
    events: { onChange: (event) => void changes.push(event) },
  });
  const send = (change?: string) =>
    http
      .send({
        operation: 'alerts.close',
        method: 'POST',
        url: 'https://api.contoso.example/close',
        idempotent: false,
        requestId: 'r1',
        ...(change !== undefined && { change }),
      })
      .catch(() => undefined);
  return { send, changes, requests };
}

const event = { operation: 'alerts.close', target: 'alert 1', requestId: 'r1', clientId: 'app' };

describe('onChange', () => {
  it.each([
    ['done', new Response('{}')],
    ['refused', new Response('{}', { status: 403 })],
    ['unknown', new Response('', { status: 500 })],
    ['unknown', Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } })],
    ['refused', Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } })],
  ] as const)('tells once that a change is %s', async (outcome, answer) => {
    const { send, changes } = harness(answer);
    await send('alert 1');
    expect(changes).toEqual([{ ...event, outcome }]);
  });

  it('is silent for what changes nothing', async () => {
    const { send, changes, requests } = harness(new Response('{}'));
    await send();
    expect(requests).toHaveLength(1);
    expect(changes).toEqual([]);
  });
});

it('names the application of a credential that knows it', async () => {
  const credential = {
    clientId: 'c11e47',
    getToken: async () => ({ token: 't', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
  };
  const authorize = bearerAuthorizer(credential, 's', testClock());
  expect((await authorize({ attempt: 1, bodyBytes: 0 })).clientId).toBe('c11e47');
  const tenantId = '5c0a7050-0365-4e11-8a0d-c0de0000c050';
  const app = 'a0d17000-c11e-4475-9a00-000000000001';
  expect(entraCredential({ tenantId, clientId: app, clientSecret: 'fake' }).clientId).toBe(app);
});
