import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'audit-crash-'));
const child = fileURLToPath(new URL('crash-child.ts', import.meta.url));
let held: string[] = [];
let onPost = async (): Promise<void> => {};

const server = createServer(async (request, response) => {
  try {
    for (const { Id } of JSON.parse(await text(request)) as { Id: string }[]) held.push(Id);
  } catch {
    // The half of a body.
    return;
  }
  await onPost();
  response.end();
});
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(stateFile: string, point: string): ChildProcess {
  const { port } = server.address() as AddressInfo;
  return spawn(process.execPath, ['--conditions=@repo/source', '--import', 'tsx', child], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, URL: `http://127.0.0.1:${port}/`, STATE: stateFile, POINT: point },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function exitOf(running: ChildProcess): Promise<NodeJS.Signals | number> {
  const [code, signal] = (await once(running, 'exit')) as [number, NodeJS.Signals | null];
  return signal ?? code;
}

const run = (stateFile: string, point: string): Promise<NodeJS.Signals | number> =>
  exitOf(start(stateFile, point));

describe('a pipeline killed in the middle', () => {
  it.each([
    [1, 'after-list'],
    [2, 'on-read'],
    [2, 'after-fetch'],
    [3, 'before-post'],
    [4, 'mid-post'],
    [5, 'after-post'],
    [6, 'mid-commit'],
    [7, 'before-commit'],
    [7, 'after-commit'],
  ])(
    'fault %i: SIGKILL %s: nothing is missing, and only units in flight are delivered again',
    { timeout: 30_000 },
    async (_number, point) => {
      held = [];
      const stateFile = join(folder, `${point}.db`);
      expect(await run(stateFile, point)).toBe('SIGKILL');
      expect(await run(stateFile, 'none')).toBe(0);
      expect(new Set(held).size).toBe(200);
      // Three units of ten records can be in flight.
      expect(held.length - 200).toBeLessThanOrEqual(30);
      const before = held.length;
      expect(await run(stateFile, 'none')).toBe(0);
      expect(held.length).toBe(before);
    },
  );

  it(
    'fault 8: SIGTERM: units in flight are finished, no new one begins, exit 0, nothing twice',
    { timeout: 30_000 },
    async () => {
      held = [];
      const stateFile = join(folder, 'drain.db');
      const running = start(stateFile, 'none');
      let posts = 0;
      onPost = async () => {
        posts += 1;
        if (posts === 4) running.kill('SIGTERM');
      };
      expect(await exitOf(running)).toBe(0);
      onPost = async () => {};
      expect(held.length).toBeLessThan(200);
      expect(held.length).toBeGreaterThanOrEqual(40);
      expect(await run(stateFile, 'none')).toBe(0);
      expect(held.length).toBe(200);
      expect(new Set(held).size).toBe(200);
    },
  );
});
