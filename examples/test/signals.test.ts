import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator } from 'audit-emulator';
import type { Emulator, Listening } from 'audit-emulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** A real process against a real socket: only that shows what a signal does. */
describe('o365-to-log-analytics, told to stop', () => {
  let emulator: Emulator;
  let server: Listening;
  let folder = '';
  beforeEach(async () => {
    emulator = createEmulator({ records: 4000 });
    server = await emulator.listen();
    folder = mkdtempSync(join(tmpdir(), 'signals-'));
    writeFileSync(join(folder, 'ca.pem'), server.caPem);
  });
  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (...args: string[]) => {
    const script = new URL('../o365-to-log-analytics.ts', import.meta.url).pathname;
    const child = spawn(
      process.execPath,
      ['--conditions=@repo/source', '--import', 'tsx', script, '--folder', join(folder, 'state'), ...args],
      { env: { ...process.env, ...emulator.env(server.origin, join(folder, 'ca.pem')) } },
    );
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => output.push(String(text)));
    return { child, output, ended: once(child, 'exit') as Promise<[number | null, string | null]> };
  };
  const rows = () => emulator.state.logAnalytics.rows('AuditRecords_CL');
  const until = async (reached: () => boolean): Promise<void> => {
    const poll = (resolve: () => void): void => {
      if (reached()) resolve();
      else setTimeout(poll, 20, resolve);
    };
    await new Promise<void>(poll);
  };

  it('drains and exits 0 at the first signal, and a second run brings the rest', async () => {
    const first = start('--follow');
    await until(() => rows().length > 300);
    first.child.kill('SIGTERM');
    expect(await first.ended, first.output.join('')).toEqual([0, null]);
    const before = rows().length;
    expect(first.output.join('')).toMatch(/0 deferred/);

    const second = start();
    expect(await second.ended, second.output.join('')).toEqual([0, null]);
    const ids = rows().map(({ RecordId }) => RecordId);
    expect(ids.length).toBeGreaterThan(before);
    const units = new Set(rows().map(({ UnitId }) => UnitId));
    expect(units.size).toBe(
      emulator.state.managementActivity.blobs().filter(({ listedFrom }) => listedFrom <= Date.now()).length,
    );
  }, 60_000);

  it('stops at once at the second signal, and loses nothing by it', async () => {
    const hard = start('--follow');
    await until(() => rows().length > 300);
    emulator.faults.add({ service: 'logs-ingestion', times: 'always', effect: { kind: 'stall' } });
    const asked = emulator.requests.length;
    await until(() => emulator.requests.length > asked + 2);
    hard.child.kill('SIGINT');
    await until(() => hard.output.join('').includes('Finishing'));
    hard.child.kill('SIGINT');
    const [code] = await hard.ended;
    expect(code, hard.output.join('')).toBe(1);
    emulator.faults.clear();
    expect(await start().ended).toEqual([0, null]);
    const units = new Set(rows().map(({ UnitId }) => UnitId));
    expect(units.size).toBe(
      emulator.state.managementActivity.blobs().filter(({ listedFrom }) => listedFrom <= Date.now()).length,
    );
  }, 60_000);
});
