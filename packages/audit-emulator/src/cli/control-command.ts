import { request } from 'node:https';
import { parseArgs } from 'node:util';

interface Ask {
  host: string;
  port: number;
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  body: string | undefined;
}

/** `control <what> [json]`, checked. Throws TypeError. */
function askOf(args: readonly string[]): Ask {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '8443' },
      clear: { type: 'boolean', default: false },
    },
  });
  const [what = '', body, ...more] = positionals;
  const port = Number(values.port);
  if (!/^[a-z]+$/.test(what) || more.length > 0)
    throw new TypeError('control takes a word and a JSON text: control snapshots \'{"name":"before"}\'.');
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new TypeError('--port is the number of the emulator that runs.');
  const method = values.clear ? 'DELETE' : body !== undefined || what === 'reset' ? 'POST' : 'GET';
  return { host: values.host, port, method, path: `/_emulator/${what}`, body };
}

/**
 * Steers the emulator that runs on this machine, as its control path does. Gives the status and what was answered;
 * rejects when there is none.
 */
export async function control(args: readonly string[]): Promise<{ ok: boolean; text: string }> {
  const { host, port, method, path, body } = askOf(args);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host,
        port,
        method,
        path,
        headers: body === undefined ? {} : { 'content-type': 'application/json' },
        // Nothing secret: the authority of the other process is not at hand.
        rejectUnauthorized: false,
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ ok: (response.statusCode ?? 0) < 300, text: Buffer.concat(chunks).toString() }),
        );
      },
    );
    sent.on('error', (error: Error & { code?: string }) =>
      reject(
        new TypeError(
          `No emulator answers on ${host}, port ${port} (${error.code ?? error.message}). Start it, or give --host and --port.`,
        ),
      ),
    );
    sent.end(body);
  });
}
