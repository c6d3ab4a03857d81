import { describe, expect, it } from 'vitest';
import type { McasRecord } from '../src/services/mcas/records.js';
import { ask, emulate, read, start } from './mcas-helper.js';
import type { Listed } from './mcas-helper.js';

function pk(id: string): string {
  const key = Buffer.from(JSON.stringify({ id, saas: 11161, inst: 0 })).toString('base64');
  return encodeURIComponent(key);
}

const user = 'megan.bowen@contoso.example';

describe('entities', () => {
  const list = (filters: unknown) =>
    read<Listed<McasRecord>>(ask(emulate(), '/api/v1/entities/', { body: { filters } }));

  it.each([
    [{ type: { eq: ['2'] } }, 34],
    [{ isAdmin: { eq: ['true'] } }, 2],
    [{ isExternal: { eq: [true] } }, 21],
    [{ domain: { eq: ['fabrikam.example'] } }, 20],
    [{ organization: { isset: true } }, 20],
    [{ entity: { eq: [{ id: user, saas: 11161, inst: 0 }] } }, 2],
    [{ userGroups: { eq: ['0000003b0000000000000000'] } }, 1],
    [{ status: { neq: [2] } }, 0],
  ])('%j selects %i', async (filters, total) => {
    expect((await list(filters)).total).toBe(total);
  });

  it('refuse the filter lastSeen in the words of the service', async () => {
    expect(await list({ lastSeen: { gte: 1 } })).toEqual({
      detail: "filter validation error: No filter name 'lastSeen' found in metadata entities",
    });
  });

  it('are fetched by base64 of JSON', async () => {
    expect(await read(ask(emulate(), `/api/v1/entities/${pk(user)}/`))).toMatchObject({ id: user, type: 2 });
    expect((await ask(emulate(), '/api/v1/entities/bm90aGluZw==/')).status).toBe(404);
  });

  it('have a tree: the accounts of a user, the parent of an account', async () => {
    const emulator = emulate();
    const tree = await read<{ accounts: McasRecord[] }>(
      ask(emulator, `/api/v1/entities/${pk(user)}/retrieve_tree/`),
    );
    expect(tree.accounts.map((one) => one['type'])).toEqual([1]);
    const account = String(tree.accounts[0]?.['id']);
    const up = await read<{ parent: McasRecord }>(
      ask(emulator, `/api/v1/entities/${pk(account)}/retrieve_tree/`),
    );
    expect(up.parent['id']).toBe(user);
  });
});

describe('files', () => {
  const list = (filters: unknown) =>
    read<Listed<McasRecord>>(ask(emulate(), '/api/v1/files/', { body: { filters } }));

  it('list, and are fetched by _id', async () => {
    expect(await list({})).toMatchObject({ total: 131, hasNext: true, max: 100 });
    expect(await read(ask(emulate(), '/api/v1/files/5f077e6fc3b664209dae1f6b/'))).toMatchObject({
      _tid: 97134000,
    });
  });

  it.each([
    { service: { eq: [15600] } },
    { fileType: { eq: [2] } },
    { extension: { neq: ['docx'] } },
    { sharing: { eq: [4] } },
    { modifiedDate: { gte: start - 10 * 86_400_000 } },
    { snapshotLastModifiedDate: { lte: start - 10 * 86_400_000 } },
    { filename: { text: 'müller' } },
    { 'owner.entity': { eq: [{ id: user, saas: 11161, inst: 0 }] } },
  ])('%j selects some', async (filters) => {
    const { total } = await list(filters);
    expect(total).toBeGreaterThan(0);
    expect(total).toBeLessThan(131);
  });
});
