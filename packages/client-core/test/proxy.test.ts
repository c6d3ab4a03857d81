import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Server as ProxyServer } from 'proxy-chain';
import { ProxyAgent } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fetch } from '../src/index.js';
import { call, http, loopback } from './helpers.js';
import { issue } from './x509.js';

const authority = issue('private authority');
const own = issue('localhost', authority);
const closers: (() => Promise<unknown>)[] = [];
let service = '';
let caFile = '';
let proxyPort = 0;
/** Hosts that the proxy was asked to reach. */
const tunnelled: string[] = [];

beforeAll(async () => {
  const server = createServer({ key: own.keyPem, cert: own.certificatePem }, (request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(identityAnswer(request.url ?? '')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  service = `https://localhost:${(server.address() as AddressInfo).port}/`;
  const proxy = new ProxyServer({
    port: 0,
    host: '127.0.0.1',
    prepareRequestFunction: ({ hostname, username, password }) => {
      const known = username === 'user' && password === 'pa ss';
      if (known) tunnelled.push(hostname);
      return { requestAuthentication: !known };
    },
  });
  await proxy.listen();
  proxyPort = proxy.port;
  const folder = await mkdtemp(join(tmpdir(), 'proxy-test-'));
  caFile = join(folder, 'ca.pem');
  await writeFile(caFile, authority.certificatePem);
  closers.push(
    () => proxy.close(true),
    () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())),
    () => rm(folder, { recursive: true }),
  );
});

afterAll(async () => {
  for (const close of closers) await close();
});

/** The service is its own identity provider: discovery, token, and things. */
function identityAnswer(path: string): unknown {
  const base = `${service}contoso.example`;
  if (path.includes('openid-configuration'))
    return {
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      jwks_uri: `${base}/keys`,
    };
  return path.includes('/token')
    ? { token_type: 'Bearer', expires_in: 3600, access_token: 't1' }
    : ['a thing'];
}

async function child(what: string, url: string, environment: Record<string, string>): Promise<unknown> {
  tunnelled.length = 0;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--import',
      import.meta.resolve('tsx'),
      fileURLToPath(new URL('./proxy-child.ts', import.meta.url)),
      what,
      url,
    ],
    { env: { PATH: process.env['PATH'] ?? '', ...environment } },
  );
  return JSON.parse(stdout) as unknown;
}

const withUser = () => `http://user:pa%20ss@127.0.0.1:${proxyPort}`;
const withoutUser = () => `http://127.0.0.1:${proxyPort}`;

describe('a proxy of the environment', { timeout: 30_000 }, () => {
  it('is used with NODE_USE_ENV_PROXY, with its user, and a private authority through NODE_EXTRA_CA_CERTS', async () => {
    const environment = { NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: withUser(), NODE_EXTRA_CA_CERTS: caFile };
    expect(await child('get', service, environment)).toEqual({ result: ['a thing'] });
    expect(tunnelled).toEqual(['localhost']);
  });

  it('is used for sign-in too', async () => {
    const environment = { NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: withUser(), NODE_EXTRA_CA_CERTS: caFile };
    expect(await child('entra', service, environment)).toEqual({ result: 't1' });
    expect(tunnelled).toContain('localhost');
  });

  it('is passed by for hosts in NO_PROXY', async () => {
    const environment = {
      NODE_USE_ENV_PROXY: '1',
      HTTPS_PROXY: withUser(),
      NO_PROXY: 'localhost',
      NODE_EXTRA_CA_CERTS: caFile,
    };
    expect(await child('get', service, environment)).toEqual({ result: ['a thing'] });
    expect(tunnelled).toEqual([]);
  });

  it('that asks for a user makes an error that says what to set', async () => {
    const environment = { NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: withoutUser(), NODE_EXTRA_CA_CERTS: caFile };
    expect(await child('get', service, environment)).toEqual({
      name: 'ConnectionError',
      code: 'proxy',
      message: expect.stringMatching(/407.*HTTPS_PROXY/) as string,
    });
  });

  it('is never used for managed identity', async () => {
    const endpoint = await loopback((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ access_token: 'mine', expires_in: 3600 }));
    });
    closers.push(endpoint.close);
    const environment = {
      NODE_USE_ENV_PROXY: '1',
      HTTP_PROXY: withUser(),
      HTTPS_PROXY: withUser(),
      IDENTITY_ENDPOINT: endpoint.url,
      IDENTITY_HEADER: 'h',
    };
    expect(await child('managed-identity', '', environment)).toEqual({ result: 'mine' });
    expect([tunnelled, endpoint.hits()]).toEqual([[], 1]);
  });
});

describe('a proxy by the fetch option', () => {
  const through = (token?: string): Fetch => {
    const dispatcher = new ProxyAgent({
      uri: withoutUser(),
      requestTls: { ca: authority.certificatePem },
      ...(token && { token }),
    });
    closers.unshift(() => dispatcher.destroy());
    return (request) => fetch(request, { dispatcher } as unknown as RequestInit);
  };

  it('is undici 7 with the global fetch', async () => {
    tunnelled.length = 0;
    const token = `Basic ${Buffer.from('user:pa ss').toString('base64')}`;
    const reply = await http(through(token)).send({ ...call, url: service });
    expect(reply.json()).toEqual(['a thing']);
    expect(tunnelled).toEqual(['localhost']);
  });

  it('that asks for a user is not asked twice', async () => {
    await expect(http(through()).send({ ...call, url: service })).rejects.toMatchObject({
      name: 'ConnectionError',
      code: 'proxy',
      message: expect.stringMatching(/407/) as string,
    });
  });
});

describe('a certificate of an unknown authority', () => {
  it('makes an error that names NODE_EXTRA_CA_CERTS, without retries', async () => {
    let attempts = 0;
    const counted: Fetch = (request) => (attempts++, fetch(request));
    await expect(http(counted).send({ ...call, url: service })).rejects.toMatchObject({
      name: 'ConnectionError',
      code: 'tls',
      message: expect.stringContaining('NODE_EXTRA_CA_CERTS') as string,
    });
    expect(attempts).toBe(1);
  });
});
