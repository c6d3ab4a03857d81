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
import type { Sink, SinkOptions, SinkResult } from '../ports.js';

/** A row: an object, or the bytes of one row's JSON. */
export type LogRow = object | Uint8Array;

export interface LogSinkOptions {
  /** Requests in flight of one unit. Default 4. */
  concurrency?: number | undefined;
  /** Rows of one request. Default: as many as fit. */
  maxRows?: number | undefined;
  /** The cloud of the workspace. Default: the client's. */
  cloud?: Cloud | undefined;
}

/**
 * Rows into the stream of a data collection rule. A unit is done when the service has accepted all its rows; a row that
 * is refused when it is alone goes to the dead letters, when its neighbors are accepted.
 */
export function logsIngestionSink<Row extends LogRow>(
  client: LogsIngestionClient,
  target: LogsIngestionTarget,
  options: LogSinkOptions = {},
): Sink<Row> {
  return createSink<Row>((rows, how) => client.upload(target, rows, how), client.cloud, options);
}

/** Rows into a classic table by the HTTP Data Collector API. */
export function dataCollectorSink<Row extends LogRow>(
  client: DataCollectorClient,
  target: DataCollectorTarget,
  options: LogSinkOptions = {},
): Sink<Row> {
  return createSink<Row>((rows, how) => client.upload(target, rows, how), client.cloud, options);
}

/** 400s that say nothing of the rows: the rule, the workspace or the table is not what it was. */
const aboutRequest =
  /^(InvalidStream|NotFound|InvalidCustomerId|InactiveCustomer|InvalidLogType|MissingLogType)$/;

type Upload<Row> = (rows: AsyncIterable<Row>, options: WriterOptions) => Promise<UploadReport>;

function createSink<Row extends LogRow>(
  upload: Upload<Row>,
  clientCloud: Cloud | undefined,
  { cloud = clientCloud, concurrency, maxRows }: LogSinkOptions,
): Sink<Row> {
  const limits: WriterOptions = {};
  if (concurrency !== undefined) limits.concurrency = concurrency;
  if (maxRows !== undefined) limits.maxRows = maxRows;
  return {
    cloud,
    write: (rows, options) => writeUnit(upload, limits, rows, options),
    close: async () => {},
  };
}

async function writeUnit<Row extends LogRow>(
  upload: Upload<Row>,
  limits: WriterOptions,
  rows: AsyncIterable<readonly Row[]>,
  { abortSignal, onUndeliverable }: SinkOptions<Row>,
): Promise<SinkResult> {
  const sent = new SentRows(rows);
  const alone: { row: Row; reason: string }[] = [];
  const counts = { accepted: 0, invalid: 0, rejected: 0, unknown: 0, notSent: 0 };
  const getResult = (): SinkResult => {
    const { invalid, ...others } = counts;
    return { ...others, undeliverable: invalid };
  };
  const options: WriterOptions = {
    ...limits,
    onRowStatus: ({ from, to, status, reason, httpStatus }) => {
      counts[status] += to - from;
      const row = sent.rows[from];
      if (status === 'invalid') for (const one of sent.rows.slice(from, to)) onUndeliverable(one, reason);
      const isAboutRow = httpStatus === 400 || httpStatus === 413;
      if (status === 'rejected' && isAboutRow && to - from === 1 && row !== undefined)
        alone.push({ row, reason });
    },
  };
  if (abortSignal) options.abortSignal = abortSignal;
  try {
    await upload(sent, options);
    return getResult();
  } catch (error) {
    if (!UploadError.isInstance(error)) throw error;
    const { status, code = '' } = (error.cause ?? {}) as { status?: number; code?: string };
    const areRows = status === 413 || (status === 400 && !aboutRequest.test(code));
    if (!areRows || alone.length < counts.rejected) return { ...getResult(), cause: error.cause };
    // Each was refused when it was alone. Whether the rows are at fault depends on what became of the others.
    for (const { row, reason } of alone) onUndeliverable(row, reason, 'rejected');
    return {
      ...getResult(),
      rejected: 0,
      undeliverable: counts.invalid + alone.length,
      cause: error.cause,
    };
  }
}

/** The rows one by one; kept, so that a status that names a place names a row. */
class SentRows<Row> implements AsyncIterable<Row> {
  readonly rows: Row[] = [];
  readonly #batches: AsyncIterable<readonly Row[]>;

  constructor(batches: AsyncIterable<readonly Row[]>) {
    this.#batches = batches;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Row, void, void> {
    for await (const batch of this.#batches)
      for (const row of batch) {
        this.rows.push(row);
        yield row;
      }
  }
}
