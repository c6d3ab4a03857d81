import type { Page, PagedAsyncIterable } from '../types.js';

/** An iterable of items made from a generator of pages. Nothing is fetched before the first step. */
export function paged<T, P extends Page<T> = Page<T>>(
  pages: (continuationToken: string | undefined) => AsyncIterable<P>,
): PagedAsyncIterable<T, P> {
  return {
    byPage: ({ continuationToken } = {}) => pages(continuationToken),
    async *[Symbol.asyncIterator]() {
      for await (const page of pages(undefined)) yield* page.items;
    },
  };
}
