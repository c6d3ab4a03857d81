/**
 * What the audit records of a span weigh as rows, by content type, record type and operation, extrapolated to a
 * day. An estimate, and called one: a weekend is no Monday, and the price is what you say it is. Reads only what is
 * subscribed.
 *
 *     pnpm example estimate [--emulated] [--hours 24] [--type Audit.Exchange ...] [--top 15] [--price-per-gb 2.5]
 */
import { contentTypes } from 'o365-activity-client';
import { recordTypeName } from 'o365-activity-client/records';
import type { AuditRecord } from 'o365-activity-client/records';
import { readArguments } from './lib/arguments.js';
import { createEstimate } from './lib/estimate.js';
import { o365FromEnvironment, readable } from './lib/o365.js';
import { positive, progress, runScript } from './lib/script.js';

const { values } = readArguments({
  options: {
    hours: { type: 'string' },
    type: { type: 'string', multiple: true, default: [...contentTypes] },
    top: { type: 'string' },
    'price-per-gb': { type: 'string' },
  },
});

await runScript(async () => {
  const hours = positive('--hours', values.hours) ?? 24;
  const price = positive('--price-per-gb', values['price-per-gb']);
  const o365 = o365FromEnvironment();
  const estimate = createEstimate(hours);
  const to = new Date();
  const from = new Date(to.getTime() - hours * 3_600_000);
  let read = 0;
  for await (const unit of o365.records.blobs({
    contentTypes: await readable(o365, values.type),
    from,
    to,
    form: 'raw',
    onBlobError: (_, error) => {
      console.error(error.message);
      return 'skip';
    },
  })) {
    for await (const { bytes } of unit.raw()) {
      read += 1;
      const record = JSON.parse(new TextDecoder().decode(bytes)) as AuditRecord;
      estimate.add({
        contentType: unit.blob.contentType,
        recordType: recordTypeName(record.RecordType) ?? String(record.RecordType),
        operation: record.Operation,
        bytes: bytes.byteLength,
      });
    }
    progress(`${read} records`);
  }

  const { shares, rows, bytes, gigabytesPerDay } = estimate.result();
  const top = positive('--top', values.top) ?? 15;
  console.log('    rows        MB  content type                record type / operation');
  for (const { contentType, recordType, operation, ...share } of shares.slice(0, top))
    console.log(
      `${String(share.rows).padStart(8)}  ${megabytes(share.bytes)}  ${contentType.padEnd(26)}  ${recordType} / ${operation}`,
    );
  if (shares.length > top) console.log(`          and ${shares.length - top} kinds more`);
  console.log(`${String(rows).padStart(8)}  ${megabytes(bytes)}  in ${hours} hours`);
  console.log(`Estimate: ${gigabytesPerDay.toPrecision(3)} GB a day`);
  if (price !== undefined) {
    const day = gigabytesPerDay * price;
    console.log(`          ${day.toFixed(2)} a day, ${(day * 30).toFixed(2)} in 30 days, at ${price} per GB`);
  }
});

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(3).padStart(8);
}
