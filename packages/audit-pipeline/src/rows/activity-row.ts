import type { Activity } from 'mcas-client';
import type { ActivityWindow } from 'mcas-client/feed';
import type { Transform } from '../run/deliver-options.js';
import { version } from '../version.js';
import { isoTime, objectRow, text } from './object-row.js';

export interface ActivityRowOptions {
  /** Default: this package and its version. */
  collectorVersion?: string | undefined;
  /** Longest record that goes whole, in bytes. Default 65,536. */
  maxRecordBytes?: number | undefined;
}

/**
 * The row of a Cloud App Security activity, its common fields beside `Record`. The client hands records on as parsed,
 * so `Record` is written anew: the same values, with numbers as JavaScript has them.
 */
export function activityRow(
  options: ActivityRowOptions = {},
): Transform<Activity, ActivityWindow, Uint8Array> {
  const { collectorVersion = `audit-pipeline/${version}`, maxRecordBytes } = options;
  return (activity, unit, context) => {
    const eventTime = isoTime(activity.timestamp);
    const created = isoTime(activity.created);
    const columns = {
      TimeGenerated: eventTime ?? created,
      EventTime: eventTime,
      CreatedTime: created,
      ActivityId: text(activity._id),
      SourceTenantId: text(activity.aadTenantId),
      AppName: text(activity.appName),
      AppId: typeof activity.appId === 'number' ? activity.appId : undefined,
      Operation: text(activity.mainInfo?.rawOperationName),
      EventCategory: text(activity.eventTypeName),
      Description: text(activity.description),
      Severity: text(activity.severity),
      UserId: text(activity.user?.userName),
      ClientIP: text(activity.device?.clientIP),
      CountryCode: text(activity.location?.countryCode),
      UnitId: unit.id,
      CollectorVersion: collectorVersion,
    };
    return objectRow(columns, activity, context, maxRecordBytes);
  };
}
