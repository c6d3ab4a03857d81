import type { AuditRecord } from './audit-record.js';
import type { MoreRecordSchemas } from './more-schemas.js';
import { RecordType } from './record-types.generated.js';
import type { RecordTypeName } from './record-types.generated.js';
import type { RecordSchemas } from './schemas.generated.js';

/** The interface of a record type: its documented schema, else the fields all records share. */
export type RecordOf<Name extends RecordTypeName> = Name extends keyof MoreRecordSchemas
  ? MoreRecordSchemas[Name]
  : Name extends keyof RecordSchemas
    ? RecordSchemas[Name]
    : AuditRecord;

const names: ReadonlyMap<number, RecordTypeName> = new Map(
  (Object.entries(RecordType) as [RecordTypeName, number][]).map(([name, value]) => [value, name]),
);

/** The name of a record type; undefined for a number this package does not know. Never guesses. */
export function recordTypeName(value: unknown): RecordTypeName | undefined {
  return names.get(numberOf(value));
}

/** Whether a record is of a type; narrows it to that type's documented schema. The fields are not checked. */
export function isRecord<Name extends RecordTypeName>(
  record: AuditRecord,
  name: Name,
): record is RecordOf<Name> {
  return numberOf(record.RecordType) === RecordType[name];
}

/** A few sources write the number as text. */
function numberOf(value: unknown): number {
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : (value as number);
}
