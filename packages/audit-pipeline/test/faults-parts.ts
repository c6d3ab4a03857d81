import { ApiError, BlobUnavailableError, createFeed } from 'o365-activity-client';
import type { BlobUnit, FeedOptions, O365ActivityClient, RawRecord } from 'o365-activity-client';
import { UploadError } from 'loganalytics-ingest';
import type { LogsIngestionClient, LogsIngestionTarget } from 'loganalytics-ingest';
import { UnitUnreadableError } from '../src/index.js';
import type { Clock, Sink, Source } from '../src/index.js';

export interface BlobSourceOptions extends FeedOptions {
  clock: Clock;
  identity?: string;
  /** Wait for more instead of ending. */
  follow?: boolean;
}

/** Content blobs of one tenant, their records as bytes. */
export function blobSource(
  client: O365ActivityClient,
  { clock, identity, follow, ...options }: BlobSourceOptions,
): Source<BlobUnit, RawRecord> {
  return {
    ...(identity !== undefined && { identity }),
    open(saved) {
      const feed = createFeed(saved, options);
      return {
        async *discover({ abortSignal, onGap, onListed }) {
          for (;;) {
            const step = feed.next(clock.now());
            if ('waitUntil' in step) {
              if (!follow) return;
              await clock.sleep(Math.max(1, step.waitUntil - clock.now()), abortSignal);
              continue;
            }
            const { contentType, startTime, endTime, gap } = step.list;
            if (gap) onGap?.(gap);
            const blobs = [];
            const query = { startTime, endTime, ...(abortSignal && { abortSignal }) };
            const listing = client.content.list(contentType, { ...query, onGap: (lost) => onGap?.(lost) });
            try {
              for await (const blob of listing) blobs.push(blob);
            } catch (error) {
              // Who follows asks again; the others go on.
              if (!follow || abortSignal?.aborted || !ApiError.isInstance(error)) throw error;
              feed.postpone(step.list, clock.now() + 1000);
              continue;
            }
            const units = feed.listed({ query: step.list, blobs });
            onListed?.();
            yield* units;
          }
        },
        async *read({ blob }, readOptions) {
          try {
            yield* client.content.streamRaw(blob, readOptions);
          } catch (error) {
            if (!BlobUnavailableError.isInstance(error)) throw error;
            throw new UnitUnreadableError(error.code ?? 'expired', { cause: error });
          }
        },
        ack: (id) => feed.ack(id),
        fail: (id, reason) => feed.fail(id, reason),
        checkpoint: () => feed.checkpoint(),
      };
    },
  };
}

const encoder = new TextEncoder();

/** The row of a record: its own bytes under `Record`. */
export function rowOf(record: RawRecord, unit: BlobUnit): Uint8Array {
  const { id, creationTime } = record;
  const head = JSON.stringify({
    TimeGenerated: creationTime,
    RecordId: id,
    UnitId: unit.id,
    ContentType: unit.blob.contentType,
  });
  return Buffer.concat([encoder.encode(`${head.slice(0, -1)},"Record":`), record.bytes, encoder.encode('}')]);
}

/** Rows into a stream. A row that is refused on its own can never be sent. */
export function logsSink(client: LogsIngestionClient, target: LogsIngestionTarget): Sink<Uint8Array> {
  return {
    async write(rows, { abortSignal, onRejected }) {
      const sent: Uint8Array[] = [];
      async function* kept(): AsyncGenerator<Uint8Array, void, void> {
        for await (const row of rows) {
          sent.push(row);
          yield row;
        }
      }
      const alone: { row: Uint8Array; reason: string }[] = [];
      const counts = { accepted: 0, rejected: 0, failed: 0, unknown: 0, unsent: 0 };
      try {
        await client.upload(target, kept(), {
          ...(abortSignal && { abortSignal }),
          onFate: ({ from, to, fate, reason }) => {
            counts[fate] += to - from;
            const row = sent[from];
            if (fate === 'rejected') for (const one of sent.slice(from, to)) onRejected(one, reason);
            if (fate === 'failed' && to - from === 1 && row) alone.push({ row, reason });
          },
        });
        return counts;
      } catch (error) {
        if (!UploadError.isInstance(error)) throw error;
        const status = (error.cause as { status?: number } | undefined)?.status;
        // Halved until it was alone, and still refused.
        if ((status === 400 || status === 413) && alone.length === counts.failed && sent.length > 1) {
          for (const { row, reason } of alone) onRejected(row, reason);
          return { ...counts, failed: 0, rejected: counts.rejected + alone.length };
        }
        return { ...counts, cause: error.cause };
      }
    },
    close: async () => {},
  };
}
