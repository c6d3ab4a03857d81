import { describe, expect, it } from 'vitest';
import { createEmulator } from '../src/index.js';

const graph = 'https://graph.microsoft.com/v1.0';

async function get(
  path: string,
  options: { roles?: string[]; token?: boolean; audience?: string } = {},
): Promise<{ status: number; body: unknown }> {
  const emulator = createEmulator();
  const app = emulator.state.entra.apps[0];
  if (!app) throw new Error('no seeded app');
  const token = await emulator.state.entra.issueToken(
    app,
    options.audience ?? 'https://graph.microsoft.com',
    options.roles ? { roles: options.roles } : {},
  );
  const headers = { ...(options.token !== false && { authorization: `Bearer ${token}` }) };
  const response = await emulator.fetch(new Request(`${graph}${path}`, { headers }));
  return { status: response.status, body: await response.json() };
}

const user = '/users/adele.vance@contoso.example';
const byId = (id: string): string => `$filter=${encodeURIComponent(`internetMessageId eq '${id}'`)}`;

describe('Graph', () => {
  it('gives a user by principal name or id, with the selected fields', async () => {
    const { body } = await get(user);
    expect(body).toMatchObject({ displayName: 'Adele Vance', department: 'Retail' });
    const { id } = body as { id: string };
    expect(await get(`/users/${id}?$select=displayName`)).toEqual({
      status: 200,
      body: { id, displayName: 'Adele Vance' },
    });
  });

  it('finds a message where it is: in the mailbox or among the deleted', async () => {
    const kept = byId('<message-0@contoso.example>');
    const deleted = byId('<message-0-deleted@contoso.example>');
    const bin = `${user}/mailFolders/recoverableitemsdeletions/messages`;
    expect((await get(`${user}/messages?${kept}`)).body).toMatchObject({
      value: [{ subject: 'Quarterly report' }],
    });
    expect((await get(`${user}/messages?${deleted}`)).body).toMatchObject({ value: [] });
    expect((await get(`${bin}?${deleted}`)).body).toMatchObject({
      value: [{ subject: 'Invoice (deleted)' }],
    });
  });

  it.each<[string, string, Parameters<typeof get>[1], number, string]>([
    ['no token', user, { token: false }, 401, 'InvalidAuthenticationToken'],
    [
      'a token for something else',
      user,
      { audience: 'https://vault.azure.net' },
      401,
      'InvalidAuthenticationToken',
    ],
    ['no role', user, { roles: ['Mail.Read'] }, 403, 'Authorization_RequestDenied'],
    [
      'no role for mail',
      `${user}/messages`,
      { roles: ['User.Read.All'] },
      403,
      'Authorization_RequestDenied',
    ],
    ['nobody', '/users/nobody@contoso.example', {}, 404, 'Request_ResourceNotFound'],
    ['another filter', `${user}/messages?$filter=subject%20eq%20'x'`, {}, 400, 'BadRequest'],
  ])('%s', async (_name, path, options, status, code) => {
    expect(await get(path, options)).toMatchObject({ status, body: { error: { code } } });
  });
});
