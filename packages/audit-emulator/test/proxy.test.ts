import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { contoso, createEmulator } from '../src/index.js';
import type { Listening } from '../src/index.js';
import { proxyEnvironment } from '../src/connect/proxy-environment.js';
import { createTrustBundle } from '../src/connect/trust-bundle.js';
import { runCli } from '../src/cli/run-cli.js';

const run = promisify(execFile);
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function started(): Promise<{
  server: Listening;
  env: Record<string, string>;
  emulator: ReturnType<typeof createEmulator>;
}> {
  const emulator = createEmulator();
  const server = await emulator.listen({ proxy: true });
  const bundle = await createTrustBundle(server.caPem, {});
  open.push(
    () => server.close(),
    () => bundle.remove(),
  );
  const where = { origin: server.origin, proxy: server.proxy ?? '', caFile: bundle.file };
  return {
    server,
    emulator,
    env: proxyEnvironment(where, {
      PATH: process.env['PATH'],
      NO_PROXY: '*',
      AZURE_CLIENT_SECRET: 'real',
      AUDIT_MCAS_TOKEN: 'real',
    }),
  };
}

/** What the proxy answers to CONNECT. */
function connectTo(server: Listening, target: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(server.proxy ?? '', { method: 'CONNECT', path: target });
    call.once('connect', (response, socket) => {
      socket.destroy();
      resolve(response.statusCode ?? 0);
    });
    call.once('error', reject);
    call.end();
  });
}

describe('the proxy', () => {
  it('is all that a client with hosts of Microsoft built in needs', async () => {
    const { env, emulator } = await started();
    // Node's own fetch: nothing of the emulator is in its code.
    const script = `
      const token = await fetch('https://login.microsoftonline.com/' + process.env.AZURE_TENANT_ID + '/oauth2/v2.0/token', {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'client_credentials', client_id: process.env.AZURE_CLIENT_ID,
          client_secret: process.env.AZURE_CLIENT_SECRET, scope: 'https://manage.office.com/.default' }),
      });
      const { access_token } = await token.json();
      const list = await fetch('https://manage.office.com/api/v1.0/' + process.env.AZURE_TENANT_ID + '/activity/feed/subscriptions/list',
        { headers: { authorization: 'Bearer ' + access_token } });
      console.log(list.status, await list.text());`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { env });
    expect(stdout.trim()).toBe('200 []');
    expect(emulator.requests.map(({ host, service }) => [host, service])).toEqual([
      ['login.microsoftonline.com', 'entra'],
      ['manage.office.com', 'management-activity'],
    ]);
  });

  it.each([
    ['manage.office.com:443', 200],
    ['contoso.eu2.portal.cloudappsecurity.com:443', 200],
    ['management.usgovcloudapi.net:443', 200],
    ['localhost:8443', 200],
    ['example.com:443', 403],
    ['10.0.0.1:443', 403],
    ['manage.office.com.attacker.example:443', 403],
  ])('CONNECT %s: %i; nothing is ever forwarded', async (target, status) => {
    const { server } = await started();
    expect(await connectTo(server, target)).toBe(status);
  });

  it('answers for the metadata endpoint of a machine, which has no TLS', async () => {
    const { server } = await started();
    const path =
      'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://vault.azure.net';
    const status = await new Promise((resolve, reject) => {
      const call = request(
        server.proxy ?? '',
        { path, headers: { metadata: 'true', host: '169.254.169.254' } },
        (message) => {
          message.resume();
          resolve(message.statusCode);
        },
      );
      call.once('error', reject);
      call.end();
    });
    expect(status).toBe(200);
  });

  it('takes real settings and exceptions from the proxy out of the environment', async () => {
    const { env } = await started();
    expect(env).not.toHaveProperty('NO_PROXY');
    expect(env).not.toHaveProperty('AUDIT_EMULATOR');
    expect(env).not.toHaveProperty('AZURE_AUTHORITY_HOST');
    expect(env).toMatchObject({
      AZURE_CLIENT_SECRET: contoso.clientSecret,
      AUDIT_MCAS_TOKEN: contoso.mcasToken,
      AUDIT_MCAS_URL: `https://${contoso.mcasHost}`,
      NODE_USE_ENV_PROXY: '1',
    });
  });
});

describe('exec', () => {
  const output = { print: () => undefined, warn: () => undefined };

  it("ends with the command's exit code, and leaves its environment to it", async () => {
    const file = join(tmpdir(), `exec-${process.pid}.json`);
    const script = `require('fs').writeFileSync(process.argv[1], JSON.stringify(process.env)); process.exit(7)`;
    const { exitCode } = await runCli(['exec', '--', process.execPath, '-e', script, file], output);
    expect(exitCode).toBe(7);
    const env = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
    await rm(file);
    expect(env['HTTPS_PROXY']).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(env).toMatchObject({
      AZURE_TENANT_ID: contoso.tenantId,
      AUDIT_LOGS_RULE_ID: contoso.dcrImmutableId,
    });
  });

  it.each([
    [['exec'], 2],
    [['exec', '--', 'no-such-program-here'], 127],
    [['exec', '--port', 'many', '--', 'true'], 2],
  ])('%j ends with %i', async (args, code) => {
    expect((await runCli(args, output)).exitCode).toBe(code);
  });
});
