import { captureError, collect } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import { UnitsDeferredError } from '../src/index.js';
import type { AuditRecord, RecordListQuery } from '../src/index.js';
import { hour, iso, start } from './helpers.js';
import { createOwnService, toBody } from './own-service.js';
import type { OwnService } from './own-service.js';

const types = ['Audit.Exchange', 'DLP.All', 'Audit.General'];
const range = { contentTypes: types, from: iso(start - 12 * hour), to: iso(start) };
const internalError = (): Response =>
  new Response('{"error":{"code":"AF50000","message":"no"}}', { status: 500 });

function createServiceWithBlobs(count: number, broken: Record<number, () => Response | string>): OwnService {
  const service = createOwnService();
  service.blobs = Array.from({ length: count }, (_, index) => {
    const body = broken[index];
    return {
      type: 'Audit.Exchange',
      id: `b${index}`,
      created: start - 2 * hour + index,
      body: body ? () => asResponse(body()) : toBody(`r${index}`),
    };
  });
  return service;
}

const asResponse = (body: Response | string): Response =>
  typeof body === 'string' ? new Response(body) : body;

/** What records.list hands out, and how it ends. */
async function list({ client }: OwnService, more: Partial<RecordListQuery> = {}) {
  const ids: string[] = [];
  let error: unknown;
  try {
    for await (const { Id } of client.records.list({ ...range, ...more })) ids.push(Id);
  } catch (thrown) {
    error = thrown;
  }
  return { ids, error };
}

describe('records.list', () => {
  it('reads every other type when one is refused, and names it at the end', async () => {
    const service = createOwnService();
    service.refused.add('DLP.All');
    service.blobs = types.map((type) => ({
      type,
      id: type,
      created: start - hour,
      body: toBody(`in ${type}`),
    }));
    const { ids, error } = await list(service);
    expect(ids).toEqual(['in Audit.Exchange', 'in Audit.General']);
    if (!UnitsDeferredError.isInstance(error)) throw error;
    expect(error.deferred.map(({ kind, name }) => [kind, name])).toEqual([['listing', 'DLP.All']]);
    expect(error.message).toMatch(/records\.list: .*DLP\.All.*AF10001.*ReadDlp/s);
    expect(error.code).toBe('UnitsDeferred');
    const told: string[] = [];
    const { error: none } = await list(service, { onContentTypeError: (type) => void told.push(type) });
    expect([told, none]).toEqual([['DLP.All'], undefined]);
  });

  it.each([
    ['answers 500 for ever', internalError],
    ['is cut JSON', () => '[{"Id":"r"},{"Id":'],
    ['is no JSON', () => '<html>sign in</html>'],
    ['is gone', () => new Response('{"error":{"code":"AF20051","message":"expired"}}', { status: 404 })],
  ])('reads 49 of 50 blobs when one %s, and names that one', async (_, body) => {
    const { ids, error } = await list(createServiceWithBlobs(50, { 9: body }));
    expect(ids).toHaveLength(49);
    if (!UnitsDeferredError.isInstance(error)) throw error;
    expect(error.deferred.map(({ kind, name }) => [kind, name])).toEqual([['unit', 'b9']]);
    expect(error.message).toContain('b9');
  });

  it('gives up what onBlobError says to skip, and ends without an error', async () => {
    const skipped: string[] = [];
    const { ids, error } = await list(createServiceWithBlobs(5, { 1: internalError, 3: internalError }), {
      onBlobError: (blob, { code }) => {
        skipped.push(`${blob.contentId} ${code}`);
        return 'skip';
      },
    });
    expect([ids, skipped, error]).toEqual([['r0', 'r2', 'r4'], ['b1 AF50000', 'b3 AF50000'], undefined]);
  });

  it('hands out no element that is no object, and names it', async () => {
    const service = createServiceWithBlobs(2, { 1: () => '[null, 5, {"Id":"good"}, "text", [1]]' });
    const invalid: string[] = [];
    const { ids, error } = await list(service, {
      onInvalidRecord: (blob, index) => void invalid.push(`${blob.contentId} ${index}`),
    });
    expect([ids, error]).toEqual([['r0', 'good'], undefined]);
    expect(invalid).toEqual(['b1 0', 'b1 1', 'b1 3', 'b1 4']);
    const [, blob] = await collect(service.client.content.list('Audit.Exchange', range));
    if (!blob) throw new Error('no blob');
    expect((await service.client.content.read(blob)).map(({ Id }) => Id)).toEqual(['good']);
    expect((await collect(service.client.content.stream(blob))).map(({ Id }) => Id)).toEqual(['good']);
  });

  it('reports a record that has the id of another and other content, where that is asked for', async () => {
    const service = createServiceWithBlobs(3, {
      1: () => toBody('r0'),
      2: () => '[{"Id":"r0","RecordType":2}]',
    });
    const conflicts: AuditRecord[] = [];
    const { ids } = await list(service, { dedupe: { onConflict: (record) => void conflicts.push(record) } });
    expect(ids).toEqual(['r0']);
    expect(conflicts).toEqual([{ Id: 'r0', RecordType: 2 }]);
  });
});

describe('a blob that was just listed', () => {
  const notFound = (body: string) => new Response(body, { status: 404 });
  const once = (first: Response): (() => Response) => {
    let calls = 0;
    return () => (++calls === 1 ? first : new Response(toBody('there')));
  };

  it.each([
    ['HTML', '<html>not here</html>', -2 * hour],
    ['the code for what does not exist', '{"error":{"code":"AF20050","message":"no"}}', -60_000],
  ])('is asked for again after a 404 with %s', async (_, text, created) => {
    const service = createOwnService();
    const body = once(notFound(text));
    service.blobs = [{ type: 'Audit.Exchange', id: 'new', created: start + created, body }];
    expect(await list(service)).toEqual({ ids: ['there'], error: undefined });
    expect(service.clock.slept).toContain(1000);
  });

  it('is gone at once when it is old and the service says so', async () => {
    const service = createOwnService();
    const body = once(notFound('{"error":{"code":"AF20050","message":"no"}}'));
    service.blobs = [{ type: 'Audit.Exchange', id: 'old', created: start - 3 * hour, body }];
    const { error } = await list(service);
    expect(UnitsDeferredError.isInstance(error) && error.deferred[0]?.error).toMatchObject({
      code: 'AF20050',
    });
  });
});

it('the deadline of the client holds for streamed blobs', async () => {
  const service = createOwnService({ timeoutInMs: 30, maxBufferedBytes: 10, retry: { maxRetries: 0 } });
  const body = (): Response => {
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('[{"Id":"first"},')),
    });
    return new Response(stream);
  };
  service.blobs = [{ type: 'Audit.Exchange', id: 'stalled', created: start - hour, body }];
  const [blob] = await collect(service.client.content.list('Audit.Exchange', range));
  if (!blob) throw new Error('no blob');
  const started = performance.now();
  const error = await captureError(collect(service.client.content.stream(blob)));
  expect(error).toMatchObject({ code: 'timeout', recordsYielded: 1, contentType: 'Audit.Exchange' });
  expect(performance.now() - started).toBeLessThan(5000);
});
