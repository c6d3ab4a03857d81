import type { Writable } from 'node:stream';
import { once } from 'node:events';
import type { Sink } from 'audit-pipeline';
import type { LogRow } from 'audit-pipeline/loganalytics';
import type { Cloud } from 'o365-activity-client';

const lineBreak = Buffer.from('\n');

/**
 * One row a line, for a pipe into another program. Accepted means handed to the stream: what the reader does with it
 * nobody knows.
 */
export function stdoutSink(stream: Writable, cloud: Cloud | undefined): Sink<LogRow> {
  return {
    cloud,
    async write(rows, { abortSignal }) {
      let accepted = 0;
      for await (const batch of rows) {
        const lines = batch.flatMap((row) => [
          row instanceof Uint8Array ? row : Buffer.from(JSON.stringify(row)),
          lineBreak,
        ]);
        if (!stream.write(Buffer.concat(lines)))
          await once(stream, 'drain', abortSignal ? { signal: abortSignal } : {});
        accepted += batch.length;
      }
      return { accepted, undeliverable: 0, rejected: 0, unknown: 0, notSent: 0 };
    },
    close: async () => {},
  };
}
