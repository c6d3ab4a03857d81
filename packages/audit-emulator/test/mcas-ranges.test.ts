import { describe, expect, it } from 'vitest';
import { parseCidr } from '../src/services/mcas/cidr.js';
import type { McasRecord } from '../src/services/mcas/records.js';
import { ask, emulate, read } from './mcas-helper.js';
import type { Listed } from './mcas-helper.js';

const path = '/api/v1/subnet/';
const office = {
  name: 'Zürich',
  category: 1,
  subnets: ['192.0.2.0/24', '2001:db8::/32'],
  organization: 'contoso',
  tags: ['a'],
};

describe('CIDR', () => {
  it.each([
    ['197.198.192.20/16', 112, '0000:0000:0000:0000:0000:ffff:c5c6:0000'],
    ['192.0.2.7/32', 128, '0000:0000:0000:0000:0000:ffff:c000:0207'],
    ['2001:db8::1/32', 32, '2001:0db8:0000:0000:0000:0000:0000:0000'],
    ['::ffff:192.0.2.7/128', 128, '0000:0000:0000:0000:0000:ffff:c000:0207'],
  ])('%s', (text, mask, address) => {
    expect(parseCidr(text)).toEqual({ mask, address, originalString: text });
  });

  it.each(['192.0.2.0', '192.0.2.0/33', '300.0.0.0/8', '2001:db8::/129', '/8', 'a/b', 7])(
    '%j is none',
    (text) => {
      expect(parseCidr(text)).toBeUndefined();
    },
  );
});

describe('IP ranges', () => {
  it('are created, replaced as a whole and deleted', async () => {
    const emulator = emulate();
    const id = await read<string>(ask(emulator, `${path}create_rule/`, { body: office }));
    expect(id).toMatch(/^[0-9a-f]{24}$/);
    const made = await read<McasRecord>(ask(emulator, `${path}${id}`));
    expect(made).toMatchObject({ name: 'Zürich', organization: 'contoso', tags: [{ id: 'a' }] });
    expect(Number.isInteger(made['lastModified'])).toBe(false);

    const body = { name: 'Genève', category: 4, subnets: ['198.51.100.0/24'] };
    expect((await ask(emulator, `${path}${id}/update_rule/`, { body })).status).toBe(200);
    const replaced = await read(ask(emulator, `${path}${id}/`));
    expect(replaced).toMatchObject({ name: 'Genève', category: 4, organization: null, tags: [] });

    expect((await ask(emulator, `${path}${id}/`, { method: 'DELETE' })).status).toBe(200);
    expect((await ask(emulator, `${path}${id}/`, { method: 'DELETE' })).status).toBe(404);
    expect((await ask(emulator, `${path}${id}/update_rule/`, { body })).status).toBe(404);
  });

  it('list and filter', async () => {
    const emulator = emulate();
    await ask(emulator, `${path}create_rule/`, { body: office });
    const all = await read<Listed<McasRecord>>(
      ask(emulator, path, { body: { sortField: 'name', sortDirection: 'desc' } }),
    );
    expect(all.data.map((range) => range['name'])).toEqual(['range name', 'Zürich']);
    for (const filters of [
      { category: { eq: [1] } },
      { tags: { eq: ['a'] } },
      { tags: { neq: ['000000290000000000000000'] } },
    ])
      expect((await read<Listed<McasRecord>>(ask(emulator, path, { body: { filters } }))).total).toBe(1);
  });

  it.each([
    { ...office, name: 'range name' },
    { ...office, name: '' },
    { ...office, category: 7 },
    { ...office, subnets: [] },
    { ...office, subnets: ['192.0.2.0'] },
  ])('%j is refused', async (body) => {
    const response = await ask(emulate(), `${path}create_rule/`, { body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: true });
  });
});
