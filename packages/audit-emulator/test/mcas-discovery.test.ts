import { describe, expect, it } from 'vitest';
import type { Emulator } from '../src/server/emulator.js';
import { ask, emulate, origin, read } from './mcas-helper.js';

const initiate = '/api/v1/discovery/upload_url/?filename=proxy.log&source=BLUECOAT';

async function uploadUrl(emulator: Emulator): Promise<string> {
  const answer = await read<{ url: string; provider: string }>(ask(emulator, initiate));
  expect(answer.provider).toBe('azure');
  return answer.url;
}

function put(
  emulator: Emulator,
  url: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return emulator.fetch(new Request(url, { method: 'PUT', body, headers }));
}

const blockBlob = { 'x-ms-blob-type': 'BlockBlob' };

describe('uploads to cloud discovery', () => {
  it('go to another host, without a token, and are then announced', async () => {
    const emulator = emulate();
    const url = await uploadUrl(emulator);
    expect(new URL(url).origin).not.toBe(origin);
    const body = { uploadUrl: url, inputStreamName: 'proxy', uploadAsSnapshot: true };
    expect((await ask(emulator, '/api/v1/discovery/done_upload/', { body })).status).toBe(400);
    expect((await put(emulator, url, 'line\n', blockBlob)).status).toBe(201);
    expect((await ask(emulator, '/api/v1/discovery/done_upload/', { body })).status).toBe(200);
    const [upload] = emulator.state.mcas.uploads;
    expect(new TextDecoder().decode(upload?.content)).toBe('line\n');
    expect(upload).toMatchObject({
      fileName: 'proxy.log',
      source: 'BLUECOAT',
      done: { inputStreamName: 'proxy', uploadAsSnapshot: true },
    });
  });

  it('may be put in blocks, in the order of the list', async () => {
    const emulator = emulate();
    const url = await uploadUrl(emulator);
    for (const [id, text] of [
      ['Mg==', 'second'],
      ['MQ==', 'first,'],
    ] as const)
      expect((await put(emulator, `${url}&comp=block&blockid=${encodeURIComponent(id)}`, text)).status).toBe(
        201,
      );
    const blockList = (...ids: string[]) =>
      put(
        emulator,
        `${url}&comp=blocklist`,
        `<BlockList>${ids.map((id) => `<Latest>${id}</Latest>`).join('')}</BlockList>`,
      );
    expect((await blockList('MQ==', 'Mw==')).status).toBe(400);
    expect((await blockList('MQ==', 'Mg==')).status).toBe(201);
    expect(new TextDecoder().decode(emulator.state.mcas.uploads[0]?.content)).toBe('first,second');
  });

  it('are refused without blob type, with a wrong signature and with a token', async () => {
    const emulator = emulate();
    const url = await uploadUrl(emulator);
    expect((await put(emulator, url, 'x')).status).toBe(400);
    expect((await put(emulator, url.replace(/sig=.*/, 'sig=other'), 'x', blockBlob)).status).toBe(403);
    expect((await put(emulator, url, 'x', { ...blockBlob, authorization: 'Token leaked' })).status).toBe(400);
    expect(emulator.state.mcas.uploads[0]?.content).toBeUndefined();
  });

  it('stay on the emulator when it is asked by its own address', async () => {
    const emulator = emulate();
    const local = new Request(`http://127.0.0.1:8080${initiate}`, {
      headers: { authorization: `Token ${[...emulator.state.mcas.tokens.keys()][0]}` },
    });
    const { url } = (await (await emulator.fetch(local)).json()) as { url: string };
    expect(new URL(url).host).toBe('127.0.0.1:8080');
    expect((await put(emulator, url, 'x', blockBlob)).status).toBe(201);
  });

  it('need a file name and a source', async () => {
    expect((await ask(emulate(), '/api/v1/discovery/upload_url/?filename=a')).status).toBe(400);
  });
});

describe('discovery reports', () => {
  it('come in one of three shapes', async () => {
    const emulator = emulate();
    const shape = () => read<Record<string, unknown>>(ask(emulator, '/api/discovery/streams/'));
    expect(await shape()).toMatchObject({ streams: [{ displayName: 'dependency_udp' }] });
    emulator.state.mcas.settings.streamsShape = 'array';
    expect(await shape()).toMatchObject([{ logType: 223 }]);
    emulator.state.mcas.settings.streamsShape = 'object';
    expect(await shape()).toMatchObject({ receiverType: 'syslog' });
  });

  it('have categories, as a bare array', async () => {
    const emulator = emulate();
    const path = '/api/v1/discovery/discovered_apps/categories/';
    const streamId = emulator.state.mcas.streams[0]?._id;
    expect(await read(ask(emulator, path, { body: { streamId, limit: 1 } }))).toEqual([
      { id: 'SAASDB_CATEGORY_PRODUCT_DESIGN', total: 2 },
    ]);
    expect((await ask(emulator, path, { body: {} })).status).toBe(400);
  });

  it('make block scripts as text', async () => {
    const script = await ask(emulate(), '/api/discovery_block_scripts/?format=102&type=banned');
    expect(await script.text()).toBe(
      'url.domain=application.com deny\nurl.domain=application.be deny\nurl.domain=application.co deny\n',
    );
    expect((await ask(emulate(), '/api/discovery_block_scripts/?format=1')).status).toBe(400);
  });
});
