import { collect } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import type { ContentBlob, O365ActivityClient } from '../src/index.js';
import { day, iso, start, world } from './helpers.js';

const span = { from: iso(start - 2 * day), to: iso(start) };
type Options = { abortSignal: AbortSignal };
type Walk = (client: O365ActivityClient, options: Options, blob: ContentBlob) => AsyncIterable<unknown>;

const walks: [string, Walk][] = [
  ['content.list', (client, options) => client.content.list('Audit.Exchange', { ...span, ...options })],
  ['content.stream of a long blob', (client, options, blob) => client.content.stream(blob, options)],
  ['content.streamRaw of a long blob', (client, options, blob) => client.content.streamRaw(blob, options)],
  ['records.list', (client, options) => client.records.list({ ...span, ...options })],
  ['records.blobs', (client, options) => client.records.blobs({ ...span, ...options })],
  ['records.follow', (client, options) => client.records.follow({ startFrom: 'oldest', ...options })],
];

describe.each(walks)('%s that is aborted', (_name, walk) => {
  it.each([1, 3])('after %i is never taken for a whole one', async (after) => {
    const { client } = world({ maxBufferedBytes: 1000, startMissing: true });
    const [blob] = await collect(client.content.list('Audit.Exchange', span));
    const stop = new AbortController();
    const reason = new Error('enough');
    let seen = 0;
    const read = async (): Promise<void> => {
      for await (const _item of walk(client, { abortSignal: stop.signal }, blob as ContentBlob)) {
        seen += 1;
        if (seen === after) stop.abort(reason);
      }
    };
    await expect(read()).rejects.toBe(reason);
    expect(seen).toBeGreaterThanOrEqual(after);
  });
});
