import { recordTypeName } from 'o365-activity-client/records';
import type { BlobUnit, RawRecord } from 'o365-activity-client';
import type { Transform } from '../run/deliver-options.js';
import { version } from '../version.js';
import { rowWriter } from './bytes.js';
import { fieldScanner } from './fields.js';
import { numberAt, timeAt } from './values.js';

export interface AuditRowOptions {
  /** Name of the collector in `CollectorVersion`. Default: this package and its version. */
  collectorVersion?: string | undefined;
  /**
   * Longest record that goes whole, in bytes. Default 65,536, what a field of the Logs Ingestion API holds (longer
   * ones are cut silently there); 32,768 for the Data Collector API.
   */
  maxRecordBytes?: number | undefined;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
/** Text columns: by the name of the record's field. */
const columns = {
  Id: 'RecordId',
  OrganizationId: 'SourceTenantId',
  Operation: 'Operation',
  Workload: 'Workload',
  UserId: 'UserId',
  ClientIP: 'ClientIP',
  ResultStatus: 'ResultStatus',
} as const;
const names: readonly string[] = [...Object.keys(columns), 'CreationTime', 'RecordType'];
const [time, type] = [names.indexOf('CreationTime'), names.indexOf('RecordType')];
/** More than all members' names, punctuation, times and numbers. */
const fixedBytes = 512;

/**
 * The row of an audit record: its own bytes under `Record`, wrapped and never changed, with its common fields beside
 * it. A record over the field limit goes without `Record` and with `RecordTruncated: true`; its bytes are kept in the
 * dead letters. `EventTime` is the record's own time, always; `TimeGenerated` is the same, and is replaced by the
 * service when it is older than two days.
 */
export function auditRow(options: AuditRowOptions = {}): Transform<RawRecord, BlobUnit, Uint8Array> {
  const { collectorVersion = `audit-pipeline/${version}`, maxRecordBytes = 65_536 } = options;
  const scan = fieldScanner(names);
  const row = rowWriter();
  const heads = Object.values(columns).map((name) => encode(`,"${name}":`));
  const [timeGenerated, eventTime] = [encode(',"TimeGenerated":'), encode(',"EventTime":')];
  const [record, truncated] = [encode(',"Record":'), encode(',"RecordTruncated":true')];
  const [quote, utc] = [encode('"'), encode('Z"')];
  const types = new Map<number, Uint8Array>();
  const units = new WeakMap<BlobUnit, { created: Uint8Array; members: Uint8Array }>();

  function typeMembers(number: number): Uint8Array {
    const known = types.get(number);
    if (known) return known;
    const name = recordTypeName(number);
    const members = encode(
      `,"RecordType":${number}${name ? `,"RecordTypeName":${JSON.stringify(name)}` : ''}`,
    );
    // Only the documented ones, which are few.
    if (name) types.set(number, members);
    return members;
  }

  function unitMembers(unit: BlobUnit): { created: Uint8Array; members: Uint8Array } {
    const { contentType, contentCreated } = unit.blob;
    const values = { ContentType: contentType, UnitId: unit.id, CollectorVersion: collectorVersion };
    const made = {
      created: encode(JSON.stringify(contentCreated)),
      members: encode(`,${JSON.stringify(values).slice(1, -1)}`),
    };
    units.set(unit, made);
    return made;
  }

  return (raw, unit, { deadLetter }) => {
    const { bytes } = raw;
    const at = scan(bytes);
    const { created, members } = units.get(unit) ?? unitMembers(unit);
    const whole = bytes.byteLength <= maxRecordBytes;
    let size = fixedBytes + created.byteLength + members.byteLength + (whole ? bytes.byteLength : 0);
    for (let end = 1; end < at.length; end += 2) size += (at[end] as number) - (at[end - 1] as number);
    row.begin(size);

    const from = at[2 * time] as number;
    const to = at[2 * time + 1] as number;
    const zone = timeAt(bytes, from, to);
    row.add(timeGenerated);
    if (zone === undefined) row.add(created);
    else
      for (const head of [undefined, eventTime]) {
        if (head) row.add(head);
        row.slice(bytes, from, to - 1);
        row.add(zone ? quote : utc);
      }
    for (let column = 0; column < heads.length; column += 1) {
      const start = at[2 * column] as number;
      // Only text goes into a text column; null and numbers stay in the record alone.
      if (start === 0 || bytes[start] !== 0x22) continue;
      row.add(heads[column] as Uint8Array);
      row.slice(bytes, start, at[2 * column + 1] as number);
    }
    const number = numberAt(bytes, at[2 * type] as number, at[2 * type + 1] as number);
    if (number !== undefined) row.add(typeMembers(number));
    row.add(members);
    if (whole) {
      row.add(record);
      row.slice(bytes, 0, bytes.byteLength);
    } else {
      row.add(truncated);
      deadLetter({
        reason: `the record has ${bytes.byteLength} bytes, a field holds ${maxRecordBytes}`,
        record: raw,
      });
    }
    return row.end();
  };
}
