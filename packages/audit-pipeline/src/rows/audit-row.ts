import { recordTypeName } from 'o365-activity-client/records';
import type { BlobUnit, RawRecord } from 'o365-activity-client';
import type { Transform } from '../deliver.js';
import { version } from '../version.js';
import { rowBytes } from './bytes.js';
import { fieldsOf } from './fields.js';

export interface AuditRowOptions {
  /** Name of the collector in `CollectorVersion`. Default: this package and its version. */
  collectorVersion?: string;
  /**
   * Longest record that goes whole, in bytes. Default 65,536, what a field of the Logs Ingestion API holds (longer
   * ones are cut silently there); 32,768 for the Data Collector API.
   */
  maxRecordBytes?: number;
}

const decoder = new TextDecoder();
const wanted: ReadonlySet<string> = new Set([
  'CreationTime',
  'Id',
  'OrganizationId',
  'RecordType',
  'Operation',
  'Workload',
  'UserId',
  'ClientIP',
  'ResultStatus',
]);
const texts = ['Operation', 'Workload', 'UserId', 'ClientIP', 'ResultStatus'] as const;

/**
 * The row of an audit record: its own bytes under `Record`, wrapped and never changed, with its common fields beside
 * it. A record over the field limit goes without `Record` and with `RecordTruncated: true`; its bytes are kept in the
 * dead letters. `EventTime` is the record's own time, always; `TimeGenerated` is the same, and is replaced by the
 * service when it is older than two days.
 */
export function auditRow(options: AuditRowOptions = {}): Transform<RawRecord, BlobUnit, Uint8Array> {
  const { collectorVersion = `audit-pipeline/${version}`, maxRecordBytes = 65_536 } = options;
  return ({ bytes }, unit, { deadLetter }) => {
    const fields = fieldsOf(bytes, wanted);
    const eventTime = utc(textOf(fields.get('CreationTime')));
    const row = rowBytes();
    row.add('TimeGenerated', eventTime ?? unit.blob.contentCreated);
    row.add('EventTime', eventTime);
    row.addJson('RecordId', stringJson(fields.get('Id')));
    row.addJson('SourceTenantId', stringJson(fields.get('OrganizationId')));
    row.add('ContentType', unit.blob.contentType);
    const recordType = numberOf(fields.get('RecordType'));
    row.add('RecordType', recordType);
    row.add('RecordTypeName', recordTypeName(recordType));
    for (const name of texts) row.addJson(name, stringJson(fields.get(name)));
    row.add('UnitId', unit.id);
    row.add('CollectorVersion', collectorVersion);
    if (bytes.byteLength <= maxRecordBytes) row.addJson('Record', bytes);
    else {
      row.add('RecordTruncated', true);
      deadLetter({
        reason: `the record has ${bytes.byteLength} bytes, a field holds ${maxRecordBytes}`,
        record: bytes,
      });
    }
    return row.bytes();
  };
}

/** Only text goes into a text column; null and numbers stay in the record alone. */
function stringJson(json: Uint8Array | undefined): Uint8Array | undefined {
  return json?.[0] === 0x22 ? json : undefined;
}

function textOf(json: Uint8Array | undefined): string | undefined {
  if (json?.[0] !== 0x22) return undefined;
  try {
    return JSON.parse(decoder.decode(json)) as string;
  } catch {
    return undefined;
  }
}

function numberOf(json: Uint8Array | undefined): number | undefined {
  const text = json && decoder.decode(json).replaceAll('"', '');
  return text && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** Records write their time in UTC without saying so. */
function utc(time: string | undefined): string | undefined {
  if (time === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(time)) return undefined;
  return /(?:Z|[+-]\d\d:?\d\d)$/i.test(time) ? time : `${time}Z`;
}
