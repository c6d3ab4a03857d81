export { isRecord, recordTypeName } from './records/guards.js';
export type { RecordOf } from './records/guards.js';
export type {
  AppAccessContext,
  AuditRecord,
  ModifiedProperty,
  NameValuePair,
} from './records/audit-record.js';
export * from './records/record-types.generated.js';
export * from './records/enums.generated.js';
export type * from './records/schemas.generated.js';
export type * from './records/more-schemas.js';
export {
  nestedJson,
  pairsToObject,
  parseClientIp,
  pseudonymise,
  redactSecrets,
  userIdKind,
  utcTime,
} from './records/normalise.js';
export type { ClientAddress, UserIdKind } from './records/normalise.js';
