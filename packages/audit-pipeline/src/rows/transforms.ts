import type { BlobUnit, RawRecord } from 'o365-activity-client';
import { userIdKind } from 'o365-activity-client/records';
import type { AuditRecord, UserIdKind } from 'o365-activity-client/records';
import type { Transform } from '../run/deliver-options.js';
import { fieldScanner } from './fields.js';

/** Which records go on. Every list that is given must hold the record's value; names are compared without case. */
export interface RecordFilter {
  contentType?: readonly string[];
  recordType?: readonly number[];
  operation?: readonly string[];
  workload?: readonly string[];
  userId?: readonly string[];
  /** What the `UserId` is: `upn`, `guid`, `system`, … */
  userKind?: readonly UserIdKind[];
}

/** Told why a record was left out: the field, or `predicate`. The run's report counts them all as `filtered`. */
export interface WhereOptions {
  onFiltered?(reason: string): void;
}

/** A transform of audit records as bytes. */
export type RawTransform<Row> = Transform<RawRecord, BlobUnit, Row>;

const texts = { operation: 'Operation', workload: 'Workload', userId: 'UserId' } as const;
const decoder = new TextDecoder();

/**
 * Lets through what fits the filter, which looks at the record's common fields in its bytes and parses nothing; or what
 * a predicate of yours accepts, which gets the record parsed.
 */
export function where<Row>(
  filter: RecordFilter | ((record: AuditRecord) => boolean),
  next: RawTransform<Row>,
  options: WhereOptions = {},
): RawTransform<Row> {
  const misfit = typeof filter === 'function' ? predicate(filter) : misfitOf(filter);
  return (record, unit, context) => {
    const reason = misfit(record, unit);
    if (reason === undefined) return next(record, unit, context);
    options.onFiltered?.(reason);
    return undefined;
  };
}

/**
 * Changes the record before its row is made: `pick`, `omit`, `redactSecrets` of `o365-activity-client/records`, or a
 * function of yours; `undefined` leaves it out. The record is parsed and written anew, so 64-bit integers are kept only
 * as far as JavaScript's numbers go.
 */
export function rewrite<Row>(
  change: (record: AuditRecord) => object | undefined,
  next: RawTransform<Row>,
): RawTransform<Row> {
  const encoder = new TextEncoder();
  return (record, unit, context) => {
    const changed = change(parse(record));
    if (changed === undefined) return undefined;
    return next({ ...record, bytes: encoder.encode(JSON.stringify(changed)) }, unit, context);
  };
}

/** Keeps these fields of the record, and always `Id` and `CreationTime`. */
export function pick(...names: string[]): (record: AuditRecord) => object {
  const kept = new Set([...names, 'Id', 'CreationTime']);
  return (record) => Object.fromEntries(Object.entries(record).filter(([name]) => kept.has(name)));
}

/** Leaves these fields of the record out. */
export function omit(...names: string[]): (record: AuditRecord) => object {
  const omitted = new Set(names);
  return (record) => Object.fromEntries(Object.entries(record).filter(([name]) => !omitted.has(name)));
}

function parse({ bytes }: RawRecord): AuditRecord {
  return JSON.parse(decoder.decode(bytes)) as AuditRecord;
}

type Misfit = (record: RawRecord, unit: BlobUnit) => string | undefined;

function predicate(accepts: (record: AuditRecord) => boolean): Misfit {
  return (record) => (accepts(parse(record)) ? undefined : 'predicate');
}

function misfitOf(filter: RecordFilter): Misfit {
  const { contentType, recordType, userKind } = filter;
  const types = contentType && new Set(contentType.map((one) => one.toLowerCase()));
  const numbers = recordType && new Set(recordType.map(String));
  const kinds = userKind && new Set(userKind);
  const lists = Object.entries(texts).flatMap(([name, field]) => {
    const list = filter[name as keyof typeof texts];
    return list ? [{ field, values: new Set(list.map((one) => one.toLowerCase())) }] : [];
  });
  const names = [
    ...new Set([
      ...lists.map(({ field }) => field),
      ...(numbers ? ['RecordType'] : []),
      ...(kinds ? ['UserId'] : []),
    ]),
  ];
  const scan = fieldScanner(names);
  return ({ bytes }, { blob }) => {
    if (types && !types.has(blob.contentType.toLowerCase())) return 'contentType';
    if (names.length === 0) return undefined;
    const at = scan(bytes);
    const valueOf = (name: string): unknown => {
      const place = 2 * names.indexOf(name);
      const json = bytes.subarray(at[place], at[place + 1]);
      return json.byteLength > 0 ? (JSON.parse(decoder.decode(json)) as unknown) : undefined;
    };
    if (numbers && !numbers.has(String(valueOf('RecordType')))) return 'RecordType';
    for (const { field, values } of lists) {
      const value = valueOf(field);
      if (typeof value !== 'string' || !values.has(value.toLowerCase())) return field;
    }
    return kinds && !kinds.has(userIdKind(valueOf('UserId'))) ? 'userKind' : undefined;
  };
}
