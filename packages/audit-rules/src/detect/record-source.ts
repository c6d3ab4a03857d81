import { utcTime } from 'o365-activity-client/records';
import { createAlertId } from '../alerts/alert-id.js';
import type { RecordContext } from '../alerts/build-alert.js';
import type { RuleMatch } from '../engine/matcher.js';

/** What alerts and hits need to know of a record. */
export interface RecordSource {
  recordId: string;
  tenantId: string;
  at: number | undefined;
  context: RecordContext;
}

/** The record's id; for a record without one a hash of its content. */
export function recordIdOf({ view }: RuleMatch): string {
  const { Id } = view.record;
  return typeof Id === 'string' && Id !== '' ? Id : createAlertId('record', view.json());
}

export function sourceOf(match: RuleMatch, context: RecordContext): RecordSource {
  const { CreationTime, OrganizationId } = match.view.record;
  const tenant = context.tenantId ?? (typeof OrganizationId === 'string' ? OrganizationId : '');
  return {
    recordId: recordIdOf(match),
    tenantId: tenant.toLowerCase(),
    at: getEventTime(CreationTime),
    context,
  };
}

/** Epoch milliseconds; undefined when the time cannot be read. */
export function getEventTime(value: unknown): number | undefined {
  const time = utcTime(value);
  return time === undefined ? undefined : Date.parse(time);
}
