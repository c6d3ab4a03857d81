import { ArgumentError } from '@repo/client-core';
import type { Sink, SinkResult } from '../ports.js';

/**
 * Both sinks get every row, and a unit is committed only when both have accepted it. The slower one sets the pace, and
 * at most `buffer` rows wait for it. What one of them refuses is a dead letter, though the other has it.
 */
export function tee<Row>(
  first: Sink<Row>,
  second: Sink<Row>,
  { buffer = 1000 }: { buffer?: number } = {},
): Sink<Row> {
  if (first.cloud && second.cloud && first.cloud.authority !== second.cloud.authority)
    throw new ArgumentError(
      'second',
      `is in the cloud ${second.cloud.name}, the first in ${first.cloud.name}`,
      'Run one pipeline for each cloud: a tee has one.',
    );
  const cloud = first.cloud ?? second.cloud;
  return {
    ...(cloud && { cloud }),
    async write(rows, options) {
      const stop = new AbortController();
      const { abortSignal, onUndeliverable } = options;
      const refused = new Set<Row>();
      const branches = split(rows, buffer);
      const write = async (sink: Sink<Row>, branch: AsyncIterable<Row>): Promise<SinkResult> => {
        let told = 0;
        try {
          const result = await sink.write(branch, {
            ...options,
            abortSignal: abortSignal ? AbortSignal.any([abortSignal, stop.signal]) : stop.signal,
            onUndeliverable: (row, reason) => {
              told += 1;
              if (refused.has(row)) return;
              refused.add(row);
              onUndeliverable(row, reason);
            },
          });
          // Refused without a word: not safe.
          const untold = Math.max(0, result.undeliverable - told);
          branches.leave(sink === first ? 0 : 1);
          return {
            ...result,
            undeliverable: result.undeliverable - untold,
            notSent: result.notSent + untold,
          };
        } catch (error) {
          stop.abort(error);
          branches.end(error);
          branches.leave(sink === first ? 0 : 1);
          throw error;
        }
      };
      const [one, two] = await Promise.allSettled([
        write(first, branches.left),
        write(second, branches.right),
      ]);
      branches.end();
      if (one.status === 'rejected') throw one.reason;
      if (two.status === 'rejected') throw two.reason;
      const worse = (key: 'rejected' | 'unknown' | 'notSent'): number =>
        Math.max(one.value[key], two.value[key]);
      const cause = one.value.cause ?? two.value.cause;
      const total = Math.max(sum(one.value), sum(two.value));
      // One that stopped early has not sent the rest.
      const short = total - Math.min(sum(one.value), sum(two.value));
      const lost = {
        rejected: worse('rejected'),
        unknown: worse('unknown'),
        notSent: worse('notSent') + short,
      };
      const accepted = Math.max(0, total - refused.size - lost.rejected - lost.unknown - lost.notSent);
      return { accepted, undeliverable: refused.size, ...lost, ...(cause !== undefined && { cause }) };
    },
    close: async () => {
      const closing = await Promise.allSettled([first.close(), second.close()]);
      for (const one of closing) if (one.status === 'rejected') throw one.reason;
    },
  };
}

function sum({ accepted, undeliverable, rejected, unknown, notSent }: SinkResult): number {
  return accepted + undeliverable + rejected + unknown + notSent;
}

/** Two readers of one iterable; the one ahead waits when the other is `buffer` rows behind. */
function split<Row>(
  rows: AsyncIterable<Row>,
  buffer: number,
): {
  leave(side: 0 | 1): void;
  left: AsyncIterable<Row>;
  right: AsyncIterable<Row>;
  end(error?: unknown): void;
} {
  const source = rows[Symbol.asyncIterator]();
  const queues: [Row[], Row[]] = [[], []];
  const stopped = [false, false];
  let over = false;
  let failure: { error: unknown } | undefined;
  let pulling: Promise<void> | undefined;
  let wake: (() => void)[] = [];

  function signal(): void {
    const woken = wake;
    wake = [];
    for (const one of woken) one();
  }
  function pull(): Promise<void> {
    pulling ??= source
      .next()
      .then(
        ({ done, value }) => {
          if (done) over = true;
          else for (const side of [0, 1] as const) if (!stopped[side]) queues[side].push(value);
        },
        (error: unknown) => {
          failure = { error };
        },
      )
      .then(() => {
        pulling = undefined;
        signal();
      });
    return pulling;
  }
  async function* reader(side: 0 | 1): AsyncGenerator<Row, void, void> {
    const other = side === 0 ? 1 : 0;
    try {
      for (;;) {
        const queue = queues[side];
        if (queue.length > 0) {
          const row = queue.shift() as Row;
          signal();
          yield row;
          continue;
        }
        if (failure) throw failure.error;
        if (over) return;
        if (!stopped[other] && queues[other].length >= buffer)
          await new Promise<void>((resolve) => wake.push(resolve));
        else await pull();
      }
    } finally {
      stopped[side] = true;
      queues[side] = [];
      signal();
      if (stopped[other] && !over) await source.return?.();
    }
  }
  function leave(side: 0 | 1): void {
    stopped[side] = true;
    queues[side] = [];
    signal();
    if (stopped[side === 0 ? 1 : 0] && !over) source.return?.().then(undefined, () => {});
  }
  return {
    leave,
    left: reader(0),
    right: reader(1),
    end(error) {
      if (error !== undefined) failure ??= { error };
      else over = true;
      signal();
    },
  };
}
