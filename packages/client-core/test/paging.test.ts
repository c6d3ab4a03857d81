import { collect } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import { paged } from '../src/index.js';
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
    expect(await collect(listing())).toEqual([1, 2, 3]);
  });

  it('asks for nothing before the first step, and for no more than is wanted', async () => {
    const items = listing();
    expect(asked).toEqual([]);
    for await (const item of items) if (item === 1) break;
    expect(asked).toEqual([0]);
  });

  it('goes on from a continuation token', async () => {
    expect(await collect(listing().byPage({ continuationToken: '2' }))).toEqual([{ items: [3] }]);
  });
});
