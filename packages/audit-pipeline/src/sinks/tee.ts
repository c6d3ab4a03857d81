import { ArgumentError } from '@repo/client-core';
import type { Sink, SinkOptions, SinkResult } from '../ports.js';
import { SplitRows } from './split-rows.js';

export interface TeeOptions {
  /** How many rows the fastest sink may be ahead of the slowest. Default 1,000. */
  bufferRows?: number | undefined;
}

/**
 * Every sink gets every row, and a unit is committed only when all of them have accepted it. The slowest one sets the
 * pace. What one of them refuses is a dead letter, though others have it.
 */
export function tee<Row>(sinks: readonly Sink<Row>[], { bufferRows = 1000 }: TeeOptions = {}): Sink<Row> {
  if (!Array.isArray(sinks) || sinks.length === 0)
    throw new ArgumentError('sinks', 'is no list of sinks', 'Give an array of at least one.');
  if (!(bufferRows >= 1))
    throw new ArgumentError('options.bufferRows', `is ${bufferRows}`, 'Give a whole number from 1 on.');
  const cloud = sinks.find((sink) => sink.cloud)?.cloud;
  for (const [index, sink] of sinks.entries())
    if (cloud && sink.cloud && sink.cloud.authority !== cloud.authority)
      throw new ArgumentError(
        `sinks[${index}]`,
        `is in the cloud ${sink.cloud.name}, another in ${cloud.name}`,
        'Run one pipeline for each cloud: a tee has one.',
      );
  return {
    cloud,
    write: (rows, options) => writeAll(sinks, new SplitRows(rows, sinks.length, bufferRows), options),
    close: async () => {
      const closing = await Promise.allSettled(sinks.map((sink) => sink.close()));
      for (const one of closing) if (one.status === 'rejected') throw one.reason;
    },
  };
}

async function writeAll<Row>(
  sinks: readonly Sink<Row>[],
  split: SplitRows<Row>,
  options: SinkOptions<Row>,
): Promise<SinkResult> {
  const stop = new AbortController();
  const { abortSignal, onUndeliverable } = options;
  const signal = abortSignal ? AbortSignal.any([abortSignal, stop.signal]) : stop.signal;
  const refused = new Set<Row>();

  async function write(sink: Sink<Row>, index: number): Promise<SinkResult> {
    let named = 0;
    try {
      const result = await sink.write(split.reader(index), {
        ...options,
        abortSignal: signal,
        onUndeliverable: (row, reason, status) => {
          named += 1;
          if (refused.has(row)) return;
          refused.add(row);
          onUndeliverable(row, reason, status);
        },
      });
      // Refused without a word: not safe.
      const unnamed = Math.max(0, result.undeliverable - named);
      return {
        ...result,
        undeliverable: result.undeliverable - unnamed,
        notSent: result.notSent + unnamed,
      };
    } catch (error) {
      stop.abort(error);
      split.end(error);
      throw error;
    } finally {
      split.leave(index);
    }
  }

  const written = await Promise.allSettled(sinks.map(write));
  split.end();
  const results: SinkResult[] = [];
  for (const one of written)
    if (one.status === 'rejected') throw one.reason;
    else results.push(one.value);
  return mergeResults(results, refused.size);
}

/** What all of them have: the worst of each. */
function mergeResults(results: readonly SinkResult[], undeliverable: number): SinkResult {
  const worst = (key: 'rejected' | 'unknown' | 'notSent'): number =>
    Math.max(...results.map((result) => result[key]));
  const sums = results.map(countRows);
  const total = Math.max(...sums);
  // One that stopped early has not sent the rest.
  const notSent = worst('notSent') + total - Math.min(...sums);
  const [rejected, unknown] = [worst('rejected'), worst('unknown')];
  return {
    accepted: Math.max(0, total - undeliverable - rejected - unknown - notSent),
    undeliverable,
    rejected,
    unknown,
    notSent,
    cause: results.find((result) => result.cause !== undefined)?.cause,
    attachments: results.flatMap((result) => result.attachments ?? []),
  };
}

function countRows({ accepted, undeliverable, rejected, unknown, notSent }: SinkResult): number {
  return accepted + undeliverable + rejected + unknown + notSent;
}
