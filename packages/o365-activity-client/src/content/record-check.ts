import type { ContentBlob } from '../models.js';
import type { AuditRecord } from '../record-types/audit-record.js';

export interface InvalidRecordOptions {
  /**
   * Called for each element of a blob that is no object (the service has sent `null`), with its index. It is never
   * handed out as a record.
   */
  onInvalidRecord?: ((blob: ContentBlob, index: number) => void) | undefined;
}

/** Gives a record back, and undefined for what is none. */
export function createRecordCheck(
  blob: ContentBlob,
  { onInvalidRecord }: InvalidRecordOptions,
): (value: unknown, index: number) => AuditRecord | undefined {
  return (value, index) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as AuditRecord;
    onInvalidRecord?.(blob, index);
    return undefined;
  };
}
