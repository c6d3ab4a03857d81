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

export type RecordTypeValue = (typeof RecordType)[RecordTypeName];

/** The names of a record type's number. */
export type RecordTypeNameOf<Type extends RecordTypeName | RecordTypeValue> = Type extends RecordTypeName
  ? Type
  : { [Name in RecordTypeName]: (typeof RecordType)[Name] extends Type ? Name : never }[RecordTypeName];

/**
 * Whether a record is of a type, given by its name or by its number (`RecordType.ExchangeAdmin`); narrows it to that
 * type's documented schema. The fields are not checked.
 */
export function isRecord<const Type extends RecordTypeName | RecordTypeValue>(
  record: AuditRecord,
  type: Type,
): record is RecordOf<RecordTypeNameOf<Type>> {
  return numberOf(record.RecordType) === toNumber(type);
}

/** One function per record type, and `_` for all others. */
export type RecordHandlers<R> = {
  readonly [Name in RecordTypeName]?: ((record: RecordOf<Name>) => R) | undefined;
} & { readonly _: (record: AuditRecord) => R };

/** Calls the function of the record's type, `_` when there is none or the type is newer than this package. */
export function match<R>(record: AuditRecord, handlers: RecordHandlers<R>): R {
  const name = recordTypeName(record.RecordType);
  const handler = name !== undefined && Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  return handler ? handler(record) : handlers._(record);
}

function toNumber(type: RecordTypeName | RecordTypeValue): number {
  return typeof type === 'number' ? type : RecordType[type];
}

/** A few sources write the number as text. */
function numberOf(value: unknown): number {
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : (value as number);
}
