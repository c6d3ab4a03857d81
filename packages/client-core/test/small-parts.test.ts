import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { clouds, paged, parseEnvelope, resolveCloud, systemClock } from '../src/index.js';
import type { Page } from '../src/index.js';

describe('paged', () => {
  const pages: Page<number>[] = [
    { items: [1, 2], continuationToken: '1' },
    { items: [], continuationToken: '2' },
    { items: [3] },
  ];
  const asked: number[] = [];
  const listing = () => {
    asked.length = 0;
    return paged<number>(async function* (token) {
      for (let at = Number(token ?? 0); at < pages.length; at++) {
        asked.push(at);
        yield pages[at] as Page<number>;
      }
    });
  };

  it('walks items over pages, empty ones too', async () => {
    const items: number[] = [];
    for await (const item of listing()) items.push(item);
    expect(items).toEqual([1, 2, 3]);
  });

  it('asks for nothing before the first step, and for no more than is wanted', async () => {
    const items = listing();
    expect(asked).toEqual([]);
    for await (const item of items) if (item === 1) break;
    expect(asked).toEqual([0]);
  });

  it('goes on from a continuation token', async () => {
    const seen: Page<number>[] = [];
    for await (const page of listing().byPage({ continuationToken: '2' })) seen.push(page);
    expect(seen).toEqual([{ items: [3] }]);
  });
});

describe('parseEnvelope', () => {
  const schema: z.ZodType<{ value: { id: string }[] }> = z.looseObject({
    value: z.array(z.looseObject({ id: z.string() })),
  });

  it('lets unknown fields pass', () => {
    const answer = { value: [{ id: 'a', extra: 1 }], more: true };
    expect(parseEnvelope(schema, answer, 'things.list')).toEqual(answer);
  });

  it('names the path that is wrong, not what stands there', () => {
    const answer = { value: [{ id: { name: 'alice' } }] };
    expect(() => parseEnvelope(schema, answer, 'things.list')).toThrow(/things\.list.*value\.0\.id/);
    expect(() => parseEnvelope(schema, answer, 'things.list')).not.toThrow(/alice/);
    expect(() => parseEnvelope(schema, 'alice', 'things.list')).toThrow(/\(root\)/);
  });
});

describe('resolveCloud', () => {
  it('knows the presets, takes a cloud of your own, and says which names it knows', () => {
    expect(resolveCloud(undefined)).toBe(clouds.public);
    expect(resolveCloud('gcc').authority).toBe(clouds.public.authority);
    const own = { ...clouds.public, name: 'mine' };
    expect(resolveCloud(own)).toBe(own);
    expect(() => resolveCloud('mars' as 'public')).toThrow(/public, gcc, gcc-high, dod, china/);
    // Not a name that every object has.
    expect(() => resolveCloud('constructor' as 'public')).toThrow(/not known/);
  });
});

describe('systemClock', () => {
  it('rejects with the reason of the signal, before and during a wait', async () => {
    const reason = new Error('enough');
    await expect(systemClock.sleep(1000, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const waiting = systemClock.sleep(60_000, controller.signal);
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await systemClock.sleep(0);
  });
});
