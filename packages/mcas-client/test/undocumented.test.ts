import { captureError, collect } from '@repo/test-kit';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { ArgumentError, IpTag } from '../src/index.js';
import type { Activity } from '../src/index.js';
import { normalizeActivity, normalizeFile } from '../src/normalize.js';
import type { NamedValue } from '../src/normalize.js';
import { PolicyType, createUndocumented } from '../src/undocumented.js';
import { now, scripted } from './helpers.js';

describe('operations that are not in the reference', () => {
  it('list by pages', async () => {
    const { mcas, asked } = scripted([
      { data: [{ _id: 'a' }], hasNext: true },
      { data: [{ _id: 'a' }, { _id: 'b' }], hasNext: false },
    ]);
    const found = await collect(
      createUndocumented(mcas).listGovernanceLog({ rawFilters: { status: { eq: true } }, limit: 1 }),
    );
    expect(found.map(({ _id }) => _id)).toEqual(['a', 'b']);
    expect(asked).toMatchObject([
      { path: '/api/v1/governance/', body: { filters: { status: { eq: true } }, skip: 0, limit: 1 } },
      { body: { skip: 0, limit: 2 } },
    ]);
  });

  it('read lists that come whole, in any of their shapes', async () => {
    for (const answer of [[{ _id: 'a' }], { data: [{ _id: 'a' }] }, { records: [{ _id: 'a' }] }]) {
      const { mcas, asked } = scripted([answer]);
      expect(await createUndocumented(mcas).listIpTags()).toEqual([{ _id: 'a' }]);
      expect(asked[0]?.path).toContain('target=ip');
    }
    expect(String(await captureError(createUndocumented(scripted([{}]).mcas).listUserGroups()))).toMatch(
      /holds no list/,
    );
  });

  it('refuse what would lead elsewhere, before anything is sent', async () => {
    const { mcas, asked } = scripted([[]]);
    const more = createUndocumented(mcas);
    for (const call of [
      () => more.getPolicy(PolicyType.File, '../x'),
      () => more.getPolicy('a/b', 'c'),
      () => more.listActivityTypes(Number.NaN),
      () => more.listDiscoveredApps({ streamId: '' }),
      () => mcas.sendPages('//fabrikam.example/'),
      () => mcas.sendPages('/api/v1/x/', { rawFilters: { a: {} } }),
    ])
      expect(await captureError(call)).toBeInstanceOf(ArgumentError);
    expect(asked).toEqual([]);
    await more.listActivityTypes(11161, 'log on');
    expect(asked[0]?.path).toBe(
      '/cas/api/v1/autocomplete/activity-types/?search=log%20on&service=eq(i%3A11161%2C)',
    );
  });
});

it('types follow the normalizers and the raw record that the user names', () => {
  const activity: Activity<{ ObjectId: string }> = { _id: 'a', timestamp: now, severity: 'INFO' };
  const normalized = normalizeActivity(activity);
  expect(normalized.timestamp).toBe('2026-06-01T12:00:00.000Z');
  expectTypeOf(normalized.timestamp).toEqualTypeOf<string>();
  expectTypeOf(normalized.rawDataJson).toEqualTypeOf<{ ObjectId: string } | undefined>();
  expectTypeOf(normalizeFile({ _id: 'f' }).fileType).toEqualTypeOf<NamedValue | undefined>();
  expectTypeOf<Activity['severity']>().toEqualTypeOf<'INFO' | (string & {}) | undefined>();
  expect(IpTag.Tor).toHaveLength(24);
});
