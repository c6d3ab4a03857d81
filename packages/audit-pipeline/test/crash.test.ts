import { spawn } from 'node:child_process';
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

const server = createServer(async (request, response) => {
  for (const { Id } of JSON.parse(await text(request)) as { Id: string }[]) held.push(Id);
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

async function run(stateFile: string, point: string): Promise<NodeJS.Signals | number> {
  const { port } = server.address() as AddressInfo;
  const running = spawn(process.execPath, ['--conditions=@repo/source', '--import', 'tsx', child], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, URL: `http://127.0.0.1:${port}/`, STATE: stateFile, POINT: point },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code, signal] = (await once(running, 'exit')) as [number, NodeJS.Signals | null];
  return signal ?? code;
}

describe('a pipeline killed in the middle', () => {
  it.each(['on-read', 'before-post', 'after-post', 'before-commit', 'after-commit'])(
    'SIGKILL %s: nothing is missing, and only units in flight are delivered again',
    { timeout: 30_000 },
    async (point) => {
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
});
