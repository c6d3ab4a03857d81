/** Fuzzed HTTP against the emulator on a socket: it may refuse anything, but it must go on answering and never crash. */
import { connect } from 'node:net';
import { contoso, createEmulator } from 'audit-emulator';
import { createDice } from '../torture/dice.js';
import type { Dice } from '../torture/dice.js';
import type { PartResult } from './part.js';

const rounds = 3000;
const patienceInMs = 250;
const paths = [
  '/api/v1/activities/',
  '/api/v1.0/contoso/activity/feed/subscriptions/list',
  '/api/logs?api-version=2016-04-01',
  '/dataCollectionRules/dcr-1/streams/Custom-Demo_CL?api-version=2023-01-01',
  '/common/oauth2/v2.0/token',
  '/_emulator/reset',
  '/v1/workspaces/x/query',
];

export async function run(seed: string): Promise<PartResult> {
  const failures: string[] = [];
  const crash = (error: unknown): void => {
    failures.push(`uncaught: ${error instanceof Error ? error.stack : String(error)}`);
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  const emulator = createEmulator();
  const server = await emulator.listen({ tls: false });
  const { port } = new URL(server.origin);
  const statuses = new Map<string, number>();
  for (let round = 0; round < rounds; round += 20) {
    const batch = Array.from({ length: 20 }, async (_, index) => {
      const status = await send(
        Number(port),
        createRequest(createDice(`${seed}/wire/${round + index}`), port),
      );
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    });
    await Promise.all(batch);
    const alive = await fetch(`${server.origin}/_emulator/state`).catch((error: unknown) => error);
    if (!(alive instanceof Response)) {
      failures.push(`after ${round + 20} requests it does not answer any more: ${String(alive)}`);
      break;
    }
    await alive.arrayBuffer();
  }
  await server.close();
  const heapInMiB = Math.round(process.memoryUsage().rss / 2 ** 20);
  const shown = [...statuses]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([status, count]) => `${status} ×${count}`);
  if ((statuses.get('500') ?? 0) > 0) failures.push(`${statuses.get('500')} requests got HTTP 500`);
  return { figures: [`${rounds} requests: ${shown.join(', ')}; ${heapInMiB} MiB`], failures };
}

/** A request that is nearly right. */
function createRequest(dice: Dice, port: string): Buffer {
  const body = dice.pick([
    '',
    '{}',
    '[{"a":1}]',
    '{"__proto__":1}',
    '{',
    '\u0000'.repeat(9),
    '['.repeat(5000),
  ]);
  const lines = [
    `${dice.pick(['GET', 'POST', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'get'])} ${createPath(dice)} ${dice.int(12) === 0 ? dice.pick(['HTTP/1.0', 'HTTP/9.9', '']) : 'HTTP/1.1'}`,
    `Host: ${dice.int(8) === 0 ? dice.pick(['evil.example', 'manage.office.com', '']) : `127.0.0.1:${port}`}`,
    `Authorization: ${dice.pick(['Bearer x', `Token ${contoso.mcasToken}`, 'SharedKey a:b', 'Bearer eyJhbGciOiJub25lIn0.e30.', '\u00ff'])}`,
    `Content-Type: ${dice.pick(['application/json', 'text/plain', 'multipart/form-data; boundary=', ';;;'])}`,
    `Content-Encoding: ${dice.pick(['gzip', 'identity', 'deflate', 'x', 'gzip, gzip'])}`,
    `Content-Length: ${dice.int(8) === 0 ? dice.pick(['-1', '99999999999', '0', 'x', '1e3']) : Buffer.byteLength(body, 'latin1')}`,
    ...(dice.int(6) === 0 ? ['Transfer-Encoding: chunked'] : []),
    ...(dice.int(9) === 0 ? [`X-${'a'.repeat(dice.int(20_000))}: b`] : []),
  ].filter(() => dice.int(25) !== 0);
  const request = Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1');
  for (let flips = Math.max(0, dice.int(6) - 3); flips > 0; flips--)
    request[dice.int(request.length)] = dice.int(256);
  return dice.int(10) === 0 ? request.subarray(0, dice.int(request.length)) : request;
}

function createPath(dice: Dice): string {
  const path = dice.pick(paths);
  const tail = dice.pick([
    '',
    '',
    '%',
    '%00',
    '/../../etc/passwd',
    '?a[]=1&a[]=2',
    `?${'q'.repeat(5000)}`,
    '#x',
    '\\',
    '//',
  ]);
  return path + tail;
}

/** The status it answered with, `closed`, or `silent` when it waits for more. */
function send(port: number, request: Buffer): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    const end = (status: string): void => {
      socket.destroy();
      resolve(status);
    };
    socket.setTimeout(patienceInMs, () => end('silent'));
    socket.on('error', () => end('closed'));
    socket.on('close', () => end('closed'));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1];
      if (status) end(status);
    });
  });
}
