import type { Activity } from '../../models/activity.js';
import type { ScanSortField, SortDirection } from '../scan-query.js';

/** Whether records come in this order. Records without a time of their own are passed over. */
export function isMonotone(
  records: readonly Activity[],
  field: ScanSortField,
  direction: SortDirection,
): boolean {
  let last: number | undefined;
  for (const record of records) {
    const time = getTime(record, field);
    if (time === undefined) continue;
    if (last !== undefined && (direction === 'desc' ? time > last : time < last)) return false;
    last = time;
  }
  return true;
}

export function getTime(record: Activity | null, field: ScanSortField): number | undefined {
  const time: unknown = field === 'date' ? record?.timestamp : record?.created;
  return typeof time === 'number' && time > 0 ? time : undefined;
}
