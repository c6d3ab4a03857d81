import { connect } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';
import type { Emulator, FaultEffect, Listening } from '../src/index.js';
import { overTls } from './over-tls.js';

const tokenPath = `/${contoso.tenantId}/oauth2/v2.0/token`;
const discoveryPath = `/${contoso.tenantId}/v2.0/.well-known/openid-configuration`;
const form = new URLSearchParams({
  grant_type: 'client_credentials',
  client_id: contoso.clientId,
  client_secret: contoso.clientSecret,
  scope: 'https://vault.azure.net/.default',
}).toString();

const open: Listening[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function served(
  emulator: Emulator = createEmulator(),
): Promise<{ emulator: Emulator; server: Listening }> {
  const server = await emulator.listen();
  open.push(server);
  return { emulator, server };
}

describe('listen', () => {
  it('serves what fetch serves, on a port of this machine', async () => {
    const { server } = await served();
    expect(server.origin).toBe(`https://localhost:${server.port}`);
    const reply = await overTls(server, tokenPath, { method: 'POST', body: form });
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.body.toString())).toMatchObject({ token_type: 'Bearer' });
    const discovery = await overTls(server, discoveryPath);
    expect(JSON.parse(discovery.body.toString())).toMatchObject({
      token_endpoint: `${server.origin}${tokenPath}`,
    });
  });

  it.each(['localhost', '127.0.0.1'])('its certificate is for %s, of its own authority', async (name) => {
    const { server } = await served();
    await new Promise<void>((resolve, reject) => {
      const socket = connect(
        {
          host: '127.0.0.1',
          port: server.port,
          servername: name === 'localhost' ? name : '',
          ca: server.caPem,
        },
        () => {
          socket.end();
          resolve();
        },
      );
      socket.once('error', reject);
    });
  });

  it('elsewhere is named by its host, and its certificate is for it', async () => {
    const emulator = createEmulator();
    // Another address of this machine; macOS has one only.
    const [host, name] = process.platform === 'darwin' ? ['::1', 'localhost'] : ['127.0.0.2', '127.0.0.2'];
    const server = await emulator.listen({ host });
    open.push(server);
    expect(server.origin).toBe(`https://${name}:${server.port}`);
    expect((await overTls(server, discoveryPath)).status).toBe(200);
    const any = await emulator.listen({ host: '0.0.0.0' });
    open.push(any);
    expect(any.origin).toBe(`https://localhost:${any.port}`);
  });

  it('is not trusted by who was not told', async () => {
    const { server } = await served();
    await expect(overTls({ ...server, caPem: '' }, '/')).rejects.toMatchObject({
      code: expect.stringMatching(/SELF_SIGNED|UNABLE/) as string,
    });
  });

  it('speaks plain HTTP when asked to', async () => {
    const emulator = createEmulator();
    const server = await emulator.listen({ tls: false });
    open.push(server);
    const response = await fetch(`${server.origin}${discoveryPath}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ token_endpoint: `${server.origin}${tokenPath}` });
  });

  it('passes on the body of a GET', async () => {
    const { emulator, server } = await served();
    await overTls(server, discoveryPath, { headers: { 'content-length': '5' }, body: 'hello' });
    expect(emulator.requests[0]).toMatchObject({ method: 'GET', requestBytes: 5, status: 200 });
  });

  it('dates every answer by the clock of the emulator', async () => {
    const { server } = await served(createEmulator({ clock: 'manual', start: Date.UTC(2026, 0, 1) }));
    expect((await overTls(server, discoveryPath)).headers.date).toBe('Thu, 01 Jan 2026 00:00:00 GMT');
  });
});

describe('faults on the wire', () => {
  async function struck(effect: FaultEffect): Promise<{ emulator: Emulator; server: Listening }> {
    const both = await served();
    both.emulator.faults.add({ service: 'entra', effect });
    return both;
  }

  it('reset: the client sees ECONNRESET, and its next request an answer', async () => {
    const { server } = await struck({ kind: 'reset' });
    await expect(overTls(server, discoveryPath)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await overTls(server, discoveryPath)).status).toBe(200);
  });

  it('cut: the body ends early, before what Content-Length promised', async () => {
    const { server } = await struck({ kind: 'cut', atByte: 10 });
    await expect(overTls(server, discoveryPath)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it.each([[undefined], [10]])(
    'stall at byte %s: nothing comes until the client gives up',
    async (atByte) => {
      const { server } = await struck({ kind: 'stall', ...(atByte !== undefined && { atByte }) });
      const patience = new AbortController();
      const reply = overTls(server, discoveryPath, { signal: patience.signal });
      const next = await overTls(server, discoveryPath);
      expect(next.status).toBe(200);
      patience.abort();
      await expect(reply).rejects.toThrow();
    },
  );

  it('drip: the body is whole in the end, by the clock of the emulator', async () => {
    const emulator = createEmulator({ clock: 'virtual', start: 0 });
    const { server } = await served(emulator);
    emulator.faults.add({ effect: { kind: 'drip', chunkBytes: 100, everyMs: 1000 } });
    const reply = await overTls(server, discoveryPath);
    expect(JSON.parse(reply.body.toString())).toMatchObject({
      token_endpoint: `${server.origin}${tokenPath}`,
    });
    expect(emulator.clock.now()).toBe(Math.ceil(reply.body.length / 100) * 1000);
  });

  it('truncatedGzip: half of a gzip stream, with the Content-Length of the half', async () => {
    const { server } = await struck({ kind: 'truncatedGzip' });
    const reply = await overTls(server, discoveryPath);
    expect(reply.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-length': String(reply.body.length),
    });
    expect(() => gunzipSync(reply.body)).toThrow('unexpected end of file');
  });

  it('lostReply: the service has acted', async () => {
    const { emulator, server } = await struck({ kind: 'lostReply' });
    emulator.state.entra.tokenLifetimeInS = 60;
    await expect(overTls(server, tokenPath, { method: 'POST', body: form })).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    expect(emulator.requests).toMatchObject([{ service: 'entra', status: 0, faults: ['lostReply'] }]);
  });
});
