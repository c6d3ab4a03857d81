import type { SendResult, Transport } from '../src/http/transport.js';
import { uploadRows } from '../src/writer/upload-rows.js';
import { openWriter } from '../src/writer/writer.js';
import type { WriterOptions } from '../src/writer/writer-options.js';
import type { RowRange, UploadReport } from '../src/index.js';
import { UploadError } from '../src/index.js';

export interface Limits {
  fill: number;
  most: number;
  field: number;
}

/** A service that takes every body, unless `answer` says otherwise. */
export function fakeService(
  limits: Partial<Limits> = {},
  answer: (rows: readonly string[]) => SendResult | undefined = () => undefined,
): { transport: Transport; bodies: string[]; held: unknown[] } {
  const { fill = 10_000, most = fill, field = 64 * 1024 } = limits;
  const bodies: string[] = [];
  const held: unknown[] = [];
  const transport: Transport = {
    limits: { fill, most, field },
    send: async (body, { onAttempt }) => {
      onAttempt(body.byteLength);
      const text = new TextDecoder().decode(body);
      bodies.push(text);
      const rows = JSON.parse(text) as unknown[];
      const result = answer(rows.map((row) => JSON.stringify(row)));
      if (result && result.status !== 'accepted') return result;
      held.push(...rows);
      return { status: 'accepted' };
    },
  };
  return { transport, bodies, held };
}

/** Uploads and hands back the report, whether or not it came as an error, and every status. */
export async function uploaded(
  transport: Transport,
  rows: Iterable<object> | AsyncIterable<object>,
  options: WriterOptions = {},
): Promise<{ report: UploadReport; statuses: RowRange[] }> {
  const statuses: RowRange[] = [];
  const writer = openWriter<object>(transport, {
    ...options,
    onRowStatus: (range) => (statuses.push(range), options.onRowStatus?.(range)),
  });
  return { report: await reportOf(uploadRows(writer, rows)), statuses };
}

export const reportOf = (uploading: Promise<UploadReport>): Promise<UploadReport> =>
  uploading.catch((error: unknown) => {
    if (!UploadError.isInstance(error)) throw error;
    return error.report;
  });

export const sum = ({ accepted, invalid, rejected, unknown, notSent }: UploadReport): number =>
  accepted + invalid + rejected + unknown + notSent;

/** Each row's status; throws when a row has two. */
export function statusByRow(statuses: readonly RowRange[]): Map<number, string> {
  const byRow = new Map<number, string>();
  for (const { from, to, status } of statuses)
    for (let row = from; row < to; row++) {
      if (byRow.has(row)) throw new Error(`row ${row} has two statuses`);
      byRow.set(row, status);
    }
  return byRow;
}
