import { ApiError, ArgumentError, ResponseFormatError } from '@repo/client-core';
import type { OperationOptions } from '@repo/client-core';
import { readNothing } from '../http/read-reply.js';
import type { Transport } from '../http/transport.js';
import { blocksOf } from './split-blocks.js';
import type { LogSource } from './split-blocks.js';
import type { Storage } from './storage.js';

export type { LogSource } from './split-blocks.js';

export interface UploadLogOptions extends OperationOptions {
  /** What wrote the log, in the service's words: `ZSCALER_SYSLOG`, `GENERIC_CEF`, `BLUECOAT`, … */
  source: string;
  /** Name of the file, as the portal shows it. */
  fileName: string;
  /** Name of the data source; of the report, when it is a snapshot. */
  inputStreamName: string;
  /** Make a report of this log alone, instead of adding it to a continuous one. Default false. */
  uploadAsSnapshot?: boolean | undefined;
  /** After each piece that the storage service has taken. */
  onProgress?: ((progress: { bytesSent: number }) => void) | undefined;
}

export interface UploadLogResult {
  bytes: number;
  /** 1 when the log went in one piece. */
  blocks: number;
}

/** Azure takes up to 64 MB in one piece; blocks of this size bound the memory, and 5 GB are 320 of them. */
const blockBytes = 16 * 1024 * 1024;
const operation = 'discovery.uploadLog';

export async function uploadLog(
  transport: Transport,
  storage: Storage,
  log: LogSource,
  options: UploadLogOptions,
): Promise<UploadLogResult> {
  const { source, fileName, inputStreamName, uploadAsSnapshot, onProgress, ...call } = options;
  for (const [name, value] of Object.entries({ source, fileName, inputStreamName }))
    if (typeof value !== 'string' || value === '')
      throw new ArgumentError(`options.${name}`, 'is missing', 'It says how the log is to be read.');

  const blocks = blocksOf(log, blockBytes);
  let target: Target;
  let sent: UploadLogResult;
  try {
    const first = await blocks.next();
    if (first.done) throw new ArgumentError('log', 'is empty', 'There is nothing to upload.');
    target = await initiate(transport, source, fileName, call);
    sent = await putAll(storage, target, first.value, blocks, call, onProgress);
  } finally {
    // Lets go of the caller's stream, also when the upload fails.
    await blocks.return(undefined);
  }
  await transport.send(
    {
      operation,
      method: 'POST',
      path: '/api/v1/discovery/done_upload/',
      body: { uploadUrl: target.url, inputStreamName, ...(uploadAsSnapshot && { uploadAsSnapshot }) },
      idempotent: false,
      change: inputStreamName,
      parse: (reply) => readNothing(reply, operation),
    },
    call,
  );
  return sent;
}

interface Target {
  url: string;
  provider: string;
}

async function initiate(
  transport: Transport,
  source: string,
  fileName: string,
  options: OperationOptions,
): Promise<Target> {
  const query = new URLSearchParams({ filename: fileName, source });
  return transport.send(
    {
      operation,
      method: 'GET',
      path: `/api/v1/discovery/upload_url/?${query.toString()}`,
      idempotent: true,
      parse: (reply) => {
        const { url, provider } = (reply.json() ?? {}) as Record<string, unknown>;
        if (
          typeof url !== 'string' ||
          !URL.canParse(url) ||
          !/^https:\/\/|^http:\/\/(localhost|127\.0\.0\.1)[:/]/.test(url)
        )
          throw new ResponseFormatError(`${operation}: the service gave no address to upload to.`);
        return { url, provider: typeof provider === 'string' ? provider : 'azure' };
      },
    },
    options,
  );
}

async function putAll(
  storage: Storage,
  target: Target,
  first: Uint8Array<ArrayBuffer>,
  rest: AsyncGenerator<Uint8Array<ArrayBuffer>>,
  options: OperationOptions,
  onProgress: UploadLogOptions['onProgress'],
): Promise<UploadLogResult> {
  const { url, provider } = target;
  let bytes = first.byteLength;
  let next = await rest.next();
  if (next.done) {
    await storage.put(url, first, provider === 'azure' ? { 'x-ms-blob-type': 'BlockBlob' } : {}, options);
    onProgress?.({ bytesSent: bytes });
    return { bytes, blocks: 1 };
  }
  // How the other store takes a log in pieces is not documented.
  if (provider !== 'azure')
    throw new ApiError(
      `${operation}: this tenant's logs go to '${provider}', which this client only gives files up to 16 MiB. Split the log.`,
    );
  const ids: string[] = [];
  const put = async (block: Uint8Array<ArrayBuffer>): Promise<void> => {
    const id = btoa(String(ids.length).padStart(6, '0'));
    await storage.put(`${url}&comp=block&blockid=${encodeURIComponent(id)}`, block, {}, options);
    ids.push(id);
  };
  await put(first);
  onProgress?.({ bytesSent: bytes });
  for (; !next.done; next = await rest.next()) {
    await put(next.value);
    bytes += next.value.byteLength;
    onProgress?.({ bytesSent: bytes });
  }
  const list = ids.map((id) => `<Latest>${id}</Latest>`).join('');
  await storage.put(
    `${url}&comp=blocklist`,
    `<?xml version="1.0" encoding="utf-8"?><BlockList>${list}</BlockList>`,
    { 'content-type': 'application/xml' },
    options,
  );
  return { bytes, blocks: ids.length };
}
