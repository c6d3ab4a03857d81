import { ApiError, ArgumentError, ConnectionError } from '@repo/client-core';
import type { OperationOptions } from '@repo/client-core';
import type { RawFilters } from '../filters/operators.js';
import type { ApiCall, Transport } from '../http/transport.js';
import { BulkError } from './bulk-error.js';
import type { BulkOutcome } from './bulk-error.js';

/** Alerts that one request changes: these ids, or whatever the filters match. */
export interface Chunk {
  ids: readonly string[];
  filters: RawFilters;
}

export interface ChunkResult {
  closed: number;
  notFound: string[];
}

const chunkSize = 100;

/** Ids in chunks of 100, each once. @throws ArgumentError for anything but a list of ids. */
export function splitIds(ids: unknown, path: string): Chunk[] {
  if (!Array.isArray(ids) || ids.length === 0 || ids.some((id) => typeof id !== 'string' || id === ''))
    throw new ArgumentError(path, 'is not a list of ids', 'Give the _id of each alert.');
  const unique = [...new Set(ids as string[])];
  return Array.from({ length: Math.ceil(unique.length / chunkSize) }, (_, index) => {
    const chunk = unique.slice(index * chunkSize, (index + 1) * chunkSize);
    return { ids: chunk, filters: { id: { eq: chunk } } };
  });
}

/**
 * Sends chunks one after another; never repeats one whose outcome is unclear.
 * @throws BulkError with the status of every id as soon as one chunk fails.
 */
export async function sendChunks(
  transport: Transport,
  chunks: readonly Chunk[],
  toCall: (chunk: Chunk) => ApiCall<ChunkResult>,
  options: OperationOptions | undefined,
): Promise<ChunkResult> {
  const outcome: BulkOutcome = { closed: 0, notFound: [], rejected: [], unknown: [], notSent: [] };
  for (const [index, chunk] of chunks.entries()) {
    let sent = false;
    const call = toCall(chunk);
    try {
      const { closed, notFound } = await transport.send(
        { ...call, onAttempt: () => void (sent = true) },
        options,
      );
      outcome.closed += closed;
      outcome.notFound.push(...notFound);
    } catch (error) {
      outcome[sent ? getStatus(error) : 'notSent'].push(...chunk.ids);
      outcome.notSent.push(...chunks.slice(index + 1).flatMap(({ ids }) => ids));
      throw new BulkError(call.operation, outcome, error);
    }
  }
  return { closed: outcome.closed, notFound: outcome.notFound };
}

function getStatus(error: unknown): 'rejected' | 'unknown' | 'notSent' {
  if (ConnectionError.isInstance(error)) return /^(refused|dns)$/.test(error.code) ? 'notSent' : 'unknown';
  const { status = 0 } = ApiError.isInstance(error) ? error : {};
  return status >= 300 && status < 500 ? 'rejected' : 'unknown';
}
