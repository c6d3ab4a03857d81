export { isRecord, match, recordTypeName } from './record-types/guards.js';
export type { RecordHandlers, RecordOf, RecordTypeNameOf, RecordTypeValue } from './record-types/guards.js';
export type {
  AppAccessContext,
  AuditRecord,
  ModifiedProperty,
  NameValuePair,
} from './record-types/audit-record.js';
export * from './record-types/record-types.generated.js';
export * from './record-types/enums.generated.js';
export type * from './record-types/schemas.generated.js';
export type * from './record-types/more-schemas.js';
export {
  nestedJson,
  pairsToObject,
  parseClientIp,
  pseudonymize,
  userIdKind,
  utcTime,
} from './record-types/normalize.js';
export { redactSecrets } from './record-types/redact-secrets.js';
export type { ClientAddress, UserIdKind } from './record-types/normalize.js';
