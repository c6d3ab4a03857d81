import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { contoso } from '../src/index.js';
import { runCli } from '../src/cli/run-cli.js';
import type { RunningCli } from '../src/cli/run-cli.js';
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
    expect(await readFile(caFile, 'utf8')).toContain(server.caPem.trim());
    expect(err).toEqual([]);
    await overTls(server, '/contoso.example/.well-known/openid-configuration');
    expect(out.at(-1)).toMatch(/ {2}200 {2}entra +GET \/contoso\.example\//);
  });

  it('takes time, quotas, latency and faults from its arguments', async () => {
    const fault = { service: 'entra', effect: { kind: 'status', status: 503 } };
    const time = '--clock virtual --start 2026-11-20T08:00:00Z';
    const rest = '--port 0 --records 50 --quota mcas=3 --latency 2000 --fault';
    const { server } = await run(...`${time} ${rest}`.split(' '), JSON.stringify(fault));
    if (!server) throw new Error('not running');
    const state = async (path: string) =>
      JSON.parse((await overTls(server, path)).body.toString()) as unknown;
    expect(await state('/_emulator/quotas')).toMatchObject([
      { service: 'mcas', requestsPerMinute: 3 },
      {},
      {},
      {},
    ]);
    expect(await state('/_emulator/faults')).toMatchObject([
      { service: 'entra' },
      { effect: { kind: 'latency', ms: 2000 } },
    ]);
    const discovery = '/contoso.example/.well-known/openid-configuration';
    expect((await overTls(server, discovery)).status).toBe(503);
    expect((await overTls(server, discovery)).status).toBe(200);
    const { now, mcasActivities } = (await state('/_emulator/state')) as {
      now: string;
      mcasActivities: number;
    };
    // Two answers, each two seconds late, on a clock that nothing else moves.
    expect(now).toBe('2026-11-20T08:00:04.000Z');
    // Fifty, the sharing story and a published sample.
    expect(mcasActivities).toBeLessThan(100);
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
    [['--clock', 'fast'], '--clock is real, virtual or manual'],
    [['--start', '2026-11-20T08:00'], '--start is an ISO 8601 time with its zone'],
    [['--quota', 'graph=1'], '--quota graph=1: send <service>=<number>'],
    [['--fault', '{"effect":{"kind":"explode"}}'], '"effect.kind" is one of'],
    [['--fault', 'no json'], '--fault no json'],
  ])('%j is refused', async (args, message) => {
    const { exitCode, err } = await run(...args);
    expect(exitCode).toBe(2);
    expect(err.join('\n')).toContain(message);
  });

  it('says who has the port', async () => {
    const { server } = await run('--port', '0');
    const second = await run('--port', String(server?.port));
    expect(second.exitCode).toBe(1);
    expect(second.err.join('\n')).toContain('EADDRINUSE');
  });

  it('steers the one that runs: a snapshot, back to it, a new start', async () => {
    const { server } = await run('--port', '0', '--clock', 'manual', '--start', '2026-11-20T08:00:00Z');
    if (!server) throw new Error('not running');
    const port = new URL(server.origin).port;
    const steer = async (...args: string[]) => {
      const { out, err, exitCode } = await run('control', ...args, '--port', port);
      return exitCode > 0 ? err.join('') : out.join('');
    };
    const now = async () => (JSON.parse(await steer('state')) as { now: string }).now;
    expect(await steer('snapshots', '{"name":"before"}')).toBe('["before"]');
    await steer('clock', '{"advance":60000}');
    await steer('faults', '{"effect":{"kind":"status","status":503},"times":"always","service":"mcas"}');
    expect(await now()).toBe('2026-11-20T08:01:00.000Z');
    expect(await steer('restore', '{"name":"before"}')).toBe('done');
    expect(await now()).toBe('2026-11-20T08:00:00.000Z');
    expect(JSON.parse(await steer('faults'))).toHaveLength(1);
    await steer('faults', '--clear');
    expect(JSON.parse(await steer('faults'))).toHaveLength(0);
    expect(await steer('reset')).toBe('done');
    expect(await steer('restore', '{"name":"other"}')).toMatch(/Snapshots: before/);
    expect(await steer('nothing')).toMatch(/Known: /);
    expect(await steer('clock', 'x', 'y')).toMatch(/a word and a JSON text/);
    await server.close();
    expect(await steer('state')).toMatch(/No emulator answers on 127\.0\.0\.1, port \d+ \(ECONNREFUSED\)/);
  });
});
