export { o365Source, readBlob, recordId } from './sources/o365-source.js';
export type { O365SourceOptions } from './sources/o365-source.js';
export { auditRow } from './rows/audit-row.js';
export type { AuditRowOptions } from './rows/audit-row.js';
export { omit, pick, rewrite, where } from './rows/transforms.js';
export type { RawTransform, RecordFilter, WhereOptions } from './rows/transforms.js';
