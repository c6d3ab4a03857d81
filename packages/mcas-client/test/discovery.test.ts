import { captureError } from '@repo/test-kit';
import { contoso } from 'audit-emulator';
import { describe, expect, it } from 'vitest';
import { ArgumentError, BlockScriptFormat, McasClient, apiToken } from '../src/index.js';
import { emulated, scripted } from './helpers.js';

const how = { source: 'GENERIC_CEF', fileName: 'proxy.log', inputStreamName: 'Office proxy' };
const mebi = 1024 * 1024;

/** Bytes that tell where they were. */
function logOf(bytes: number): Uint8Array<ArrayBuffer> {
  const log = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 1) log[at] = (at * 31 + (at >> 12)) & 0xff;
  return log;
}

async function* chunked(log: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < log.byteLength; at += size) yield log.subarray(at, at + size);
}

describe('uploadLog', () => {
  it('puts a small log in one piece, without our token, and finishes it', async () => {
    const { emulator, mcas } = emulated();
    const log = logOf(5000);
    const progress: number[] = [];
    const result = await mcas.discovery.uploadLog(log, {
      ...how,
      uploadAsSnapshot: true,
      onProgress: ({ bytesSent }) => void progress.push(bytesSent),
    });
    expect(result).toEqual({ bytes: 5000, blocks: 1 });
    expect(progress).toEqual([5000]);
    const [upload] = emulator.state.mcas.uploads;
    expect(upload).toMatchObject({
      source: 'GENERIC_CEF',
      fileName: 'proxy.log',
      done: { inputStreamName: 'Office proxy', uploadAsSnapshot: true },
    });
    expect(Buffer.from(upload?.content ?? []).equals(log)).toBe(true);
  });

  it.each([16 * mebi, 16 * mebi + 1, 40 * mebi + 7])(
    '%i bytes arrive whole, of whatever chunks',
    async (bytes) => {
      const { emulator, mcas } = emulated();
      const log = logOf(bytes);
      const sources = [chunked(log, 1_000_003), new Blob([log]), new Blob([log]).stream()];
      for (const [at, source] of sources.entries()) {
        const { blocks } = await mcas.discovery.uploadLog(source, how);
        expect(blocks).toBe(Math.ceil(bytes / (16 * mebi)));
        expect(Buffer.from(emulator.state.mcas.uploads[at]?.content ?? []).equals(log)).toBe(true);
      }
    },
  );

  it('puts a block again that was cut off, and keeps their order', async () => {
    const { emulator, mcas } = emulated();
    emulator.faults.add({ service: 'mcas', path: /comp=block&/, nth: 2, effect: { kind: 'reset' } });
    emulator.faults.add({ service: 'mcas', path: /comp=block&/, nth: 3, effect: { status: 503 } });
    const log = logOf(33 * mebi);
    await mcas.discovery.uploadLog(chunked(log, mebi), how);
    expect(Buffer.from(emulator.state.mcas.uploads[0]?.content ?? []).equals(log)).toBe(true);
  });

  it('does not finish what was not uploaded', async () => {
    const { emulator, mcas } = emulated({ retry: { maxRetries: 1 } });
    emulator.faults.add({ service: 'mcas', method: 'PUT', times: 'always', effect: { status: 403 } });
    expect(String(await captureError(mcas.discovery.uploadLog(logOf(9), how)))).toContain(
      'discovery.uploadLog',
    );
    expect(emulator.state.mcas.uploads[0]?.done).toBeUndefined();
  });

  it('lets go of its source when the upload fails', async () => {
    const { emulator, mcas } = emulated({ retry: { maxRetries: 0 } });
    emulator.faults.add({ service: 'mcas', method: 'PUT', times: 'always', effect: { status: 403 } });
    let cancelled = false;
    const log = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(mebi)),
      cancel: () => void (cancelled = true),
    });
    await captureError(mcas.discovery.uploadLog(log, how));
    expect([cancelled, log.locked]).toEqual([true, false]);
  });

  it('asks the storage service without counting against the quota', async () => {
    const { mcas, emulator } = emulated();
    const started = emulator.clock.now();
    await mcas.discovery.uploadLog(logOf(16 * mebi * 35), how);
    // 35 blocks and more would have had to wait a minute.
    expect(emulator.clock.now() - started).toBeLessThan(60_000);
  }, 30_000);

  it.each([
    [new Uint8Array(), how, 'log'],
    ['text' as unknown as Uint8Array, how, 'log'],
    [new Uint8Array(1), { ...how, source: '' }, 'options.source'],
    [new Uint8Array(1), { ...how, inputStreamName: '' }, 'options.inputStreamName'],
  ])('refuses %# before anything is sent', async (log, options, path) => {
    const { mcas, emulator } = emulated();
    const error = await captureError(mcas.discovery.uploadLog(log, options));
    expect(ArgumentError.isInstance(error) && error.path).toBe(path);
    expect(emulator.requests).toHaveLength(0);
  });

  it('sends no bytes to an address that is not https', async () => {
    const { mcas, asked } = scripted([{ url: 'http://storage.contoso.example/x?sig=1', provider: 'azure' }]);
    expect(String(await captureError(mcas.discovery.uploadLog(logOf(9), how)))).toContain('no address');
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  it('gives a provider it knows nothing of small files only', async () => {
    const answer = { url: 'https://storage.contoso.example/x?sig=1', provider: 'aws' };
    const { mcas, asked } = scripted([answer, {}, {}]);
    await mcas.discovery.uploadLog(new TextEncoder().encode('{}'), how);
    expect(asked[1]).toMatchObject({ method: 'PUT', authorization: null });
    const large = scripted([answer]);
    expect(String(await captureError(large.mcas.discovery.uploadLog(logOf(17 * mebi), how)))).toMatch(
      /'aws'/,
    );
  });
});

describe('reports, categories, scripts', () => {
  it.each(['streams', 'array', 'object'] as const)('lists reports that come as %s', async (shape) => {
    const { emulator, mcas } = emulated();
    emulator.state.mcas.settings.streamsShape = shape;
    const [report, ...more] = await mcas.discovery.listReports();
    expect(more).toEqual([]);
    expect(report).toEqual(emulator.state.mcas.streams[0]);
  });

  it('lists categories of a report, and refuses none', async () => {
    const { mcas } = emulated();
    const [report] = await mcas.discovery.listReports();
    const categories = await mcas.discovery.listCategories({ streamId: report?._id ?? '' });
    expect(categories).toEqual([
      { id: 'SAASDB_CATEGORY_PRODUCT_DESIGN', total: 2 },
      { id: 'SAASDB_CATEGORY_CLOUD_STORAGE', total: 7 },
    ]);
    const missing = await captureError(mcas.discovery.listCategories({ streamId: '' }));
    expect(ArgumentError.isInstance(missing)).toBe(true);
  });

  it('gives block scripts as text', async () => {
    const { mcas } = emulated();
    expect(await mcas.discovery.getBlockScript(BlockScriptFormat.BlueCoatProxySg)).toBe(
      'url.domain=application.com deny\nurl.domain=application.be deny\nurl.domain=application.co deny\n',
    );
  });

  it('need the role', async () => {
    const { emulator } = emulated();
    emulator.state.mcas.tokens.set('reader', { tenantId: contoso.tenantId, readOnly: true });
    const { fetch, clock } = emulator;
    const reader = new McasClient(contoso.mcasHost, apiToken('reader'), { fetch, clock });
    expect(await captureError(reader.discovery.uploadLog(logOf(3), how))).toMatchObject({ status: 403 });
  });
});
