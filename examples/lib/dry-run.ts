import type { DeadLetters, Sink } from 'audit-pipeline';

/** A sink and dead letters that keep nothing: everything is done but sending and committing. */
export function dryRun<Row extends Uint8Array>(): {
  sink: Sink<Row>;
  deadLetters: DeadLetters<Row>;
  bytes(): number;
} {
  let bytes = 0;
  return {
    sink: {
      async write(rows) {
        let accepted = 0;
        for await (const batch of rows) {
          accepted += batch.length;
          for (const row of batch) bytes += row.byteLength;
        }
        return { accepted, undeliverable: 0, rejected: 0, unknown: 0, notSent: 0 };
      },
      close: async () => {},
    },
    deadLetters: { add: async () => {} },
    bytes: () => bytes,
  };
}
