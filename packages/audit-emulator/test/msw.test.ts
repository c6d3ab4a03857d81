import { http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';

const emulator = createEmulator();
const server = setupServer(
  http.all('https://login.microsoftonline.com/*', ({ request }) => emulator.fetch(request)),
  http.all('https://manage.office.com/*', ({ request }) => emulator.fetch(request)),
);
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterAll(() => server.close());

describe('the emulator under msw', () => {
  it('answers code that uses global fetch and the real hosts', async () => {
    const { tenantId, clientId, clientSecret } = contoso;
    const reply = await fetch(`https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
        scope: 'https://manage.office.com/.default',
      }),
    });
    const { access_token: token } = (await reply.json()) as { access_token: string };
    const list = `https://manage.office.com/api/v1.0/${tenantId}/activity/feed/subscriptions/list?PublisherIdentifier=${tenantId}`;
    const subscriptions = await fetch(list, { headers: { authorization: `Bearer ${token}` } });
    expect(subscriptions.status).toBe(200);
    expect(await subscriptions.json()).toEqual([]);
    expect((await fetch(list)).status).toBe(401);
  });
});
