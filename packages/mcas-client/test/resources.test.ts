import { captureError, collect } from '@repo/test-kit';
import { contoso } from 'audit-emulator';
import { describe, expect, it } from 'vitest';
import { BenignReason, BulkError, IpCategory } from '../src/index.js';
import { emulated, scripted } from './helpers.js';

describe('lists', () => {
  it('walk all pages, each record once', async () => {
    const { emulator, mcas } = emulated();
    const idsOf = (all: readonly { _id?: unknown }[]) => all.map(({ _id }) => String(_id)).sort();
    const { state } = emulator;
    expect(idsOf(await collect(mcas.alerts.list()))).toEqual(idsOf(state.mcas.alerts));
    expect(idsOf(await collect(mcas.files.list({ limit: 40 })))).toEqual(idsOf(state.mcas.files));
    expect((await collect(mcas.entities.list())).length).toBe(state.mcas.entities.length);
    expect((await collect(mcas.ipRanges.list())).length).toBe(state.mcas.ranges.length);
  });

  it('throw when the service gives the same page again, or an empty one with more to come', async () => {
    const page = { data: [{ _id: 'a' }], hasNext: true };
    expect(String(await captureError(scripted([page]).mcas.alerts.list()))).toMatch(
      /the same page for skip 1/,
    );
    const empty = scripted([{ data: [], hasNext: true }]).mcas.alerts.list();
    expect(String(await captureError(empty))).toMatch(/empty page/);
  });

  it('resume from a token, of the same query only', async () => {
    const { mcas } = emulated();
    const all = await collect(mcas.alerts.list());
    const { value } = await mcas.alerts.list().byPage()[Symbol.asyncIterator]().next();
    const continuationToken = value?.continuationToken ?? '';
    const rest = await collect(mcas.alerts.list().byPage({ continuationToken }));
    expect(rest.flatMap(({ items }) => items)).toEqual(all.slice(100));
    const other = mcas.alerts.list({ filters: { alertOpen: { eq: true } } }).byPage({ continuationToken });
    expect(String(await captureError(other))).toMatch(/another query/);
  });
});

describe('alerts', () => {
  it('are closed by id in chunks of 100, and what is not found is told', async () => {
    const { emulator, mcas } = emulated();
    const ids = emulator.state.mcas.alerts.map(({ _id }) => _id);
    const missing = '0'.repeat(24);
    const result = await mcas.alerts.closeBenign({
      ids: [...ids, missing],
      reason: BenignReason.Test,
      comment: 'test',
    });
    expect(result.notFound).toEqual([missing]);
    expect(result.closed).toBeGreaterThan(100);
    expect(await mcas.alerts.get(ids[0] ?? '')).toMatchObject({ resolutionStatusValue: 4 });
  });

  it('are closed by what was asked and nothing beside it', async () => {
    const { mcas, asked } = scripted([{ closed_benign: 1 }]);
    const wide = { ids: ['one'], filters: {}, comment: 'x' };
    expect(String(await captureError(mcas.alerts.closeBenign(wide)))).toMatch(
      /request\.filters: is not known/,
    );
    const wrong = { ids: ['one'], reason: 99 as never };
    expect(String(await captureError(mcas.alerts.closeBenign(wrong)))).toMatch(/request\.reason: is 99/);
    const reasoned = { ids: ['one'], reason: 4 };
    expect(String(await captureError(mcas.alerts.closeTruePositive(reasoned)))).toMatch(
      /There is none for this/,
    );
    expect(String(await captureError(mcas.alerts.closeBenign(undefined as never)))).toMatch(
      /request: is missing/,
    );
    expect(asked).toEqual([]);
    await mcas.alerts.closeBenign({ ids: ['one'], comment: 'x', reason: BenignReason.Test });
    expect(asked[0]?.body).toEqual({ comment: 'x', reasonId: 6, filters: { id: { eq: ['one'] } } });
  });

  it('and all that has no content are not taken for done when a page answers', async () => {
    const page = () =>
      new Response('<!DOCTYPE html><title>Sign in</title>', { headers: { 'content-type': 'text/html' } });
    const { mcas } = scripted([page]);
    for (const call of [
      () => mcas.alerts.markRead('one'),
      () => mcas.ipRanges.delete('one'),
      () => mcas.discovery.getBlockScript(102),
      () => mcas.activities.sendFeedback('one', { feedbackText: 'x' }),
    ])
      expect(String(await captureError(call()))).toMatch(/a proxy or a sign-in may be in between/);
  });

  it('are not closed twice when an answer is lost', async () => {
    const lost = () => Promise.reject(new TypeError('fetch failed'));
    const { mcas, asked } = scripted([{ closed_true_positive: 100 }, lost]);
    const ids = Array.from({ length: 250 }, (_, at) => `id${at}`);
    const error = await captureError<BulkError>(mcas.alerts.closeTruePositive({ ids }));
    expect(BulkError.isInstance(error)).toBe(true);
    expect([error.closed, error.unknown.length, error.notSent.length]).toEqual([100, 100, 50]);
    expect(asked).toHaveLength(2);
  });

  it('are unsent when nothing has left, and of unknown fate when the answer does not tell', async () => {
    const ids = Array.from({ length: 150 }, (_, n) => `alert ${n}`);
    const { mcas, asked } = scripted([{ ok: true }]);
    expect(await captureError(mcas.alerts.closeBenign({ ids }))).toMatchObject({
      name: 'BulkError',
      closed: 0,
      unknown: ids.slice(0, 100),
      notSent: ids.slice(100),
    });
    expect(asked).toHaveLength(1);
    const abortSignal = AbortSignal.abort(new Error('not now'));
    expect(await captureError(mcas.alerts.closeBenign({ ids }, { abortSignal }))).toMatchObject({
      name: 'BulkError',
      unknown: [],
      rejected: [],
      notSent: ids,
    });
    expect(asked).toHaveLength(1);
  });

  it('are never closed by accident', async () => {
    const { mcas, asked } = scripted([{}]);
    for (const request of [
      { ids: [] },
      {},
      { dangerouslyUseFilters: {} },
      { dangerouslyUseFilters: { date: {} } },
      { dangerouslyUseFilters: undefined },
      { dangerouslyUseFilters: { 'entity.policy': { eq: undefined }, alertOpen: { eq: true } } },
      { dangerouslyUseFilters: { 'entity.policy': {}, alertOpen: { eq: true } } },
      { dangerouslyUseFilters: { 'entity.policy': undefined, alertOpen: { eq: true } } },
      { dangerouslyUseFilters: { 'entity.policy': { eq: '' }, alertOpen: { eq: true } } },
      { dangerouslyUseFilters: { 'entity.policy': { eq: [undefined] }, alertOpen: { eq: true } } },
      { dangerouslyUseFilters: { date: { gte: 5, lte: 4 } } },
    ])
      expect(await captureError(mcas.alerts.closeTruePositive(request as { ids: string[] }))).toMatchObject({
        name: 'ArgumentError',
      });
    expect(asked).toEqual([]);
  });

  it('are marked read and unread', async () => {
    const { emulator, mcas } = emulated();
    const id = emulator.state.mcas.alerts[0]?._id ?? '';
    await mcas.alerts.markRead(id);
    expect((await mcas.alerts.get(id)).statusValue).toBe(1);
    await mcas.alerts.markUnread(id);
    expect((await mcas.alerts.get(id)).statusValue).toBe(0);
  });
});

describe('IP ranges', () => {
  it('are made, changed without losing the rest, and deleted', async () => {
    const { mcas } = emulated();
    const range = {
      name: 'Office',
      category: IpCategory.Corporate,
      subnets: ['192.0.2.0/24'],
      organization: 'Contoso',
    };
    const id = await mcas.ipRanges.create(range);
    await mcas.ipRanges.update(id, { name: 'Head office' });
    const found = (await collect(mcas.ipRanges.list())).find(({ _id }) => _id === id);
    expect(found).toMatchObject({ name: 'Head office', category: 1, organization: 'Contoso' });
    expect(found?.subnets?.[0]?.originalString).toBe('192.0.2.0/24');
    // As JavaScript callers write it.
    await mcas.ipRanges.update(id, { name: 'HQ', organization: undefined });
    const again = (await collect(mcas.ipRanges.list())).find(({ _id }) => _id === id);
    expect(again).toMatchObject({ name: 'HQ', organization: 'Contoso' });
    await mcas.ipRanges.delete(id);
    expect((await collect(mcas.ipRanges.list())).some(({ _id }) => _id === id)).toBe(false);
  });
});

describe('trees', () => {
  it('are read by the key of a user or an account', async () => {
    const { emulator, mcas } = emulated();
    const { id, saas, inst } = entityKey(emulator.state.mcas.entities);
    const tree = await mcas.entities.getTree({ id, saas, inst });
    expect(Object.keys(tree).length).toBeGreaterThan(0);
    const missing = await captureError(mcas.entities.getTree({ id: 'nobody' }));
    expect(missing).toMatchObject({ status: 404 });
    expect(String(await captureError(mcas.entities.getTree({ id: '' })))).toContain('key.id');
  });
});

/** The service calls a key `saas|inst|id`. */
function entityKey(entities: readonly Record<string, unknown>[]): { id: string; saas: number; inst: number } {
  const text = String(entities.find((one) => typeof one['ii'] === 'string')?.['ii']);
  const [saas, inst, ...id] = text.split('|');
  return { id: id.join('|'), saas: Number(saas), inst: Number(inst) };
}

describe('entities, files, feedback', () => {
  it('are read one by one', async () => {
    const { emulator, mcas } = emulated();
    const file = emulator.state.mcas.files[0];
    expect(await mcas.files.get(file?._id ?? '')).toEqual(file);
    const { mcas: fake, asked } = scripted([{ id: 'x' }]);
    await fake.entities.get({ id: 'ü+/?', saas: 11161, inst: 0 });
    const encoded = /entities\/([^/]+)\/$/.exec(asked[0]?.path ?? '')?.[1] ?? '';
    const bytes = Uint8Array.from(atob(decodeURIComponent(encoded)), (char) => char.charCodeAt(0));
    expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual({ id: 'ü+/?', saas: 11161, inst: 0 });
    await mcas.activities.sendFeedback(emulator.state.mcas.activities[0]?._id ?? '', {
      feedbackText: 'useful',
    });
    expect(emulator.state.mcas.feedback).toHaveLength(1);
    expect(contoso.mcasHost).toContain('portal');
  });
});
