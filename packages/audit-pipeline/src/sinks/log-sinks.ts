import type { Cloud } from '@repo/client-core';
import { UploadError } from 'loganalytics-ingest';
import type {
  DataCollectorClient,
  DataCollectorTarget,
  LogsIngestionClient,
  LogsIngestionTarget,
  UploadReport,
  WriterOptions,
} from 'loganalytics-ingest';
import type { Sink, SinkResult } from '../ports.js';

/** A row: an object, or the bytes of one row's JSON. */
export type LogRow = object | Uint8Array;

export interface LogSinkOptions extends Pick<WriterOptions, 'concurrency' | 'maxRows'> {
  /** The cloud of the workspace. Default: the client's. */
  cloud?: Cloud;
}

/**
 * Rows into the stream of a data collection rule. A unit is done when the service has taken all its rows; a row that
 * is refused when it is alone can never be sent and goes to the dead letters. Each unit has requests of its own: the
 * source gives 2,000 blobs a minute at most, a rule takes 12,000 requests, and no unit waits for another's rows.
 */
export function logsIngestionSink<Row extends LogRow>(
  client: LogsIngestionClient,
  target: LogsIngestionTarget,
  options: LogSinkOptions = {},
): Sink<Row> {
  return sinkOf<Row>((rows, how) => client.upload(target, rows, how), { cloud: client.cloud, ...options });
}

/** Rows into a classic table by the HTTP Data Collector API. */
export function dataCollectorSink<Row extends LogRow>(
  client: DataCollectorClient,
  target: DataCollectorTarget,
  options: LogSinkOptions = {},
): Sink<Row> {
  return sinkOf<Row>((rows, how) => client.upload(target, rows, how), { cloud: client.cloud, ...options });
}

/** 400s that say nothing of the rows: the rule, the workspace or the table is not what it was. */
const aboutRequest =
  /^(InvalidStream|NotFound|InvalidCustomerId|InactiveCustomer|InvalidLogType|MissingLogType)$/;

type Upload<Row> = (rows: AsyncIterable<Row>, options: WriterOptions) => Promise<UploadReport>;

function sinkOf<Row extends LogRow>(
  upload: Upload<Row>,
  options: Omit<LogSinkOptions, 'cloud'> & { cloud: Cloud | undefined },
): Sink<Row> {
  const { cloud, ...writer } = options;
  /** Rows have been taken: the destination is what it should be. */
  let works = false;
  return {
    ...(cloud && { cloud }),
    async write(rows, { abortSignal, onUndeliverable }) {
      const sent: Row[] = [];
      /** By hand: an async generator would cost each row twice as much. */
      function kept(): AsyncIterator<Row, unknown> {
        const source = rows[Symbol.asyncIterator]();
        return {
          next: async () => {
            const step = await source.next();
            if (!step.done) sent.push(step.value);
            return step;
          },
          return: async () => (await source.return?.()) ?? { done: true, value: undefined },
        };
      }
      const alone: { row: Row; reason: string }[] = [];
      const counts = { accepted: 0, invalid: 0, rejected: 0, unknown: 0, notSent: 0 };
      const told = (): SinkResult => {
        const { invalid, ...others } = counts;
        return { ...others, undeliverable: invalid };
      };
      try {
        await upload(
          { [Symbol.asyncIterator]: kept },
          {
            ...writer,
            ...(abortSignal && { abortSignal }),
            onRowStatus: ({ from, to, status, reason, httpStatus }) => {
              counts[status] += to - from;
              const row = sent[from];
              if (status === 'invalid') for (const one of sent.slice(from, to)) onUndeliverable(one, reason);
              const ofRow = httpStatus === 400 || httpStatus === 413;
              if (status === 'rejected' && ofRow && to - from === 1 && row !== undefined)
                alone.push({ row, reason });
            },
          },
        );
        works ||= counts.accepted > 0;
        return told();
      } catch (error) {
        if (!UploadError.isInstance(error)) throw error;
        works ||= counts.accepted > 0;
        const { status, code = '' } = (error.cause ?? {}) as { status?: number; code?: string };
        const aboutRows = status === 413 || (status === 400 && !aboutRequest.test(code));
        // Halved until it was alone, and still refused, while its neighbors or rows before were taken.
        if (aboutRows && alone.length === counts.rejected && (works || sent.length > alone.length)) {
          for (const { row, reason } of alone) onUndeliverable(row, reason);
          return { ...told(), rejected: 0, undeliverable: counts.invalid + alone.length };
        }
        return { ...told(), cause: error.cause };
      }
    },
    close: async () => {},
  };
}
