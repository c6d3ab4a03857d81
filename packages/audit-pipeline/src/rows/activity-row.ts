import type { Activity, Slice } from 'mcas-client';
import type { Transform } from '../deliver.js';
import { version } from '../version.js';
import { rowBytes } from './bytes.js';

export interface ActivityRowOptions {
  /** Default: this package and its version. */
  collectorVersion?: string;
  /** Longest record that goes whole, in bytes. Default 65,536. */
  maxRecordBytes?: number;
}

const encoder = new TextEncoder();

/**
 * The row of a Cloud App Security activity, its common fields beside `Record`. The client hands records on as parsed,
 * so `Record` is written anew: the same values, with numbers as JavaScript has them.
 */
export function activityRow(options: ActivityRowOptions = {}): Transform<Activity, Slice, Uint8Array> {
  const { collectorVersion = `audit-pipeline/${version}`, maxRecordBytes = 65_536 } = options;
  return (activity, unit, { deadLetter }) => {
    const bytes = encoder.encode(JSON.stringify(activity));
    const row = rowBytes();
    const eventTime = iso(activity.timestamp);
    row.add('TimeGenerated', eventTime ?? iso(activity.created));
    row.add('EventTime', eventTime);
    row.add('CreatedTime', iso(activity.created));
    row.add('ActivityId', text(activity._id));
    row.add('SourceTenantId', text(activity.aadTenantId));
    row.add('AppName', text(activity.appName));
    row.add('AppId', typeof activity.appId === 'number' ? activity.appId : undefined);
    row.add('Operation', text(activity.mainInfo?.rawOperationName));
    row.add('EventCategory', text(activity.eventTypeName));
    row.add('Description', text(activity.description));
    row.add('Severity', text(activity.severity));
    row.add('UserId', text(activity.user?.userName));
    row.add('ClientIP', text(activity.device?.clientIP));
    row.add('CountryCode', text(activity.location?.countryCode));
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

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function iso(ms: unknown): string | undefined {
  return typeof ms === 'number' && Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : undefined;
}
