import type { Alert } from 'mcas-client';
import type { Transform } from '../run/deliver-options.js';
import type { Unit } from '../ports.js';
import { version } from '../version.js';
import type { ActivityRowOptions } from './activity-row.js';
import { isoTime, objectRow, text } from './object-row.js';

/** The row of one state of a Cloud App Security alert. `Record` is written anew, as that of `activityRow`. */
export function alertRow(options: ActivityRowOptions = {}): Transform<Alert, Unit, Uint8Array> {
  const { collectorVersion = `audit-pipeline/${version}`, maxRecordBytes } = options;
  return (alert, unit, context) => {
    const eventTime = isoTime(alert.timestamp);
    const columns = {
      TimeGenerated: eventTime,
      EventTime: eventTime,
      AlertId: text(alert._id),
      AlertTitle: text(alert.title),
      SourceTenantId: text(alert.contextId),
      Severity: integer(alert.severityValue),
      Status: integer(alert.statusValue),
      ResolutionStatus: integer(alert.resolutionStatusValue),
      UnitId: unit.id,
      CollectorVersion: collectorVersion,
    };
    return objectRow(columns, alert, context, maxRecordBytes);
  };
}

const integer = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) ? value : undefined;
