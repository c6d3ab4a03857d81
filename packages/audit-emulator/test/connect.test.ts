import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';
import { connect } from '../src/connect/connect.js';
import type { Connection, ConnectOptions } from '../src/connect/connect.js';

const start = Date.parse('2026-11-20T12:00:00Z');
const open: Connection[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function connected(options?: ConnectOptions): Promise<Connection> {
  const connection = await connect(options);
  open.push(connection);
  return connection;
}

/** A token by the environment alone, as a client that knows nothing of emulators asks for it. */
async function getToken({ env, fetch }: Connection): Promise<number> {
  const { AUDIT_EMULATOR = '', AUDIT_TENANT_ID = '', AUDIT_CLIENT_ID = '', AUDIT_CLIENT_SECRET = '' } = env;
  const response = await fetch(
    new Request(`${AUDIT_EMULATOR}/${AUDIT_TENANT_ID}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: AUDIT_CLIENT_ID,
        client_secret: AUDIT_CLIENT_SECRET,
        scope: 'https://manage.office.com/.default',
      }),
    }),
  );
  const { access_token: token } = (await response.json()) as { access_token?: string };
  return token === undefined ? 0 : response.status;
}

describe('connect', () => {
  it('starts an emulator in this process, without a socket', async () => {
    const connection = await connected({ clock: 'manual', start });
    expect(await getToken(connection)).toBe(200);
    expect(connection.clock.now()).toBe(start);
    expect(connection.env).not.toHaveProperty('NODE_EXTRA_CA_CERTS');
  });

  it('gives child processes a socket, and a bundle that keeps what was trusted before', async () => {
    const company = join(tmpdir(), `company-ca-${process.pid}.pem`);
    const pem = '-----BEGIN CERTIFICATE-----\ncompany\n-----END CERTIFICATE-----';
    await writeFile(company, pem);
    const before = process.env['REQUESTS_CA_BUNDLE'];
    process.env['REQUESTS_CA_BUNDLE'] = company;
    try {
      const connection = await connected({ listen: true });
      const { NODE_EXTRA_CA_CERTS: bundle = '', SSL_CERT_FILE, CURL_CA_BUNDLE } = connection.env;
      expect([SSL_CERT_FILE, CURL_CA_BUNDLE]).toEqual([bundle, bundle]);
      const text = await readFile(bundle, 'utf8');
      expect(text).toContain(pem);
      // The machine's own authorities stay: SSL_CERT_FILE replaces them otherwise.
      expect(text.split('BEGIN CERTIFICATE').length).toBeGreaterThan(20);
      await connection.close();
      expect(existsSync(bundle)).toBe(false);
    } finally {
      if (before === undefined) delete process.env['REQUESTS_CA_BUNDLE'];
      else process.env['REQUESTS_CA_BUNDLE'] = before;
    }
  });

  it.each([true, false])('reaches one that runs; TLS: %s', async (tls) => {
    const emulator = createEmulator({ clock: 'manual', start });
    const server = await emulator.listen({ tls });
    try {
      const connection = await connected({ origin: server.origin });
      expect(await getToken(connection)).toBe(200);
      await connection.clock.advance(5_000);
      expect([connection.clock.now(), emulator.clock.now()]).toEqual([start + 5_000, start + 5_000]);
      const asleep = connection.clock.sleep(1_000);
      await emulator.clock.advance(1_000);
      await asleep;
      expect(connection.clock.now()).toBe(start + 6_000);
      expect(connection.emulator).toBeUndefined();
    } finally {
      await server.close();
    }
  });

  it('sends a host of Microsoft to the emulator too', async () => {
    const emulator = createEmulator();
    const server = await emulator.listen();
    try {
      const { fetch } = await connected({ origin: server.origin });
      const response = await fetch(
        new Request(
          `https://login.microsoftonline.com/${contoso.tenantId}/v2.0/.well-known/openid-configuration`,
        ),
      );
      expect(response.status).toBe(200);
      expect(emulator.requests.at(-1)).toMatchObject({ host: 'login.microsoftonline.com', service: 'entra' });
    } finally {
      await server.close();
    }
  });

  it.each(['https://contoso.example:8443', 'https://10.0.0.7', 'nonsense'])(
    'refuses %s: an emulator is on this machine',
    async (origin) => {
      await expect(connect({ origin })).rejects.toThrow(/on this machine only/);
    },
  );

  it('says that nothing answers', async () => {
    const server = await createEmulator().listen();
    await server.close();
    await expect(connect({ origin: server.origin })).rejects.toThrow(/No emulator answers .*ECONNREFUSED/);
  });
});

describe('the Host header on a socket', () => {
  it.each([true, false])('must be local or a host of Microsoft; TLS: %s', async (tls) => {
    const server = await createEmulator().listen({ tls });
    const { fetch } = await connected({ origin: server.origin });
    const reset = (host: string): Promise<Response> =>
      fetch(new Request(`https://${host}/_emulator/reset`, { method: 'POST' }));
    try {
      // DNS rebinding: a name that its owner points at this machine.
      expect((await reset('attacker.example')).status).toBe(421);
      expect((await reset('localhost')).status).toBe(204);
      expect((await reset('[::1]:8443')).status).toBe(204);
      expect((await reset('emulator')).status).toBe(204);
      expect((await reset('manage.office.com')).status).not.toBe(421);
    } finally {
      await server.close();
    }
  });
});
