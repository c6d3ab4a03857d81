import type { Fetch } from '../types.js';

/**
 * GET without any proxy, whatever NODE_USE_ENV_PROXY and HTTP_PROXY say: for endpoints that answer only to the
 * machine they are asked from. A proxy would be given the identity of its own machine, or leak ours.
 */
export const directFetch: Fetch = async (request) => {
  const secure = request.url.startsWith('https:');
  const { Agent, request: open } = secure ? await import('node:https') : await import('node:http');
  request.signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    // An agent of its own reads no proxy from the environment.
    const agent = new Agent({ keepAlive: false });
    const outgoing = open(
      request.url,
      { method: 'GET', headers: Object.fromEntries(request.headers), agent, signal: request.signal },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const { statusCode: status = 502 } = incoming;
          const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
            name,
            String(value),
          ]);
          const empty = [204, 205, 304].includes(status);
          resolve(new Response(empty ? null : Buffer.concat(chunks), { status, headers }));
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
};
