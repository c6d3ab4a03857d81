import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { contoso } from '../src/index.js';
import { runCli } from '../src/run-cli.js';
import type { RunningCli } from '../src/run-cli.js';
import { overTls } from './over-tls.js';

const running: RunningCli[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

async function run(...args: string[]): Promise<RunningCli & { out: string[]; err: string[] }> {
  const out: string[] = [];
  const err: string[] = [];
  const cli = await runCli(args, { print: (line) => out.push(line), warn: (line) => err.push(line) });
  running.push(cli);
  return { ...cli, out, err };
}

describe('the command line', () => {
  it('says where it listens and what to export, and shows each request', async () => {
    const { server, caFile, out, err } = await run('--port', '0');
    if (!server || !caFile) throw new Error('not running');
    expect(out.join('\n')).toContain(`listens on ${server.origin}`);
    expect(out).toContain(`export AZURE_TENANT_ID='${contoso.tenantId}'`);
    expect(out).toContain(`export AZURE_AUTHORITY_HOST='${server.origin}'`);
    expect(out).toContain(`export NODE_EXTRA_CA_CERTS='${caFile}'`);
    expect(await readFile(caFile, 'utf8')).toBe(server.caPem);
    expect(err).toEqual([]);
    await overTls(server, '/contoso.example/.well-known/openid-configuration');
    expect(out.at(-1)).toMatch(/ {2}200 {2}entra +GET \/contoso\.example\//);
  });

  it('removes its file and frees its port in the end', async () => {
    const { server, caFile, stop } = await run('--port', '0');
    if (!server || !caFile) throw new Error('not running');
    await stop();
    expect(existsSync(caFile)).toBe(false);
    await expect(overTls(server, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it.each([
    [['--port', 'many'], '--port is a whole number'],
    [['--quota-minute', '0'], '--quota-minute is a whole number'],
    [['--sed', 'x'], "Unknown option '--sed'"],
  ])('%j is refused', async (args, message) => {
    const { failed, err } = await run(...args);
    expect(failed).toBe(true);
    expect(err.join('\n')).toContain(message);
  });

  it('says who has the port', async () => {
    const { server } = await run('--port', '0');
    const second = await run('--port', String(server?.port));
    expect(second.failed).toBe(true);
    expect(second.err.join('\n')).toContain('EADDRINUSE');
  });
});
