export { recordTypeNames } from './record-types.js';
export { documentedRecords } from './samples.js';
export { contentTypes } from './shapes.js';
export type { ContentType, GeneratedRecord } from './shapes.js';
export { contentTypeOf, generateAuditRecords } from './generate.js';
export type { GenerateOptions } from './generate.js';
export { auditScenario, auditScenarioNames, weekScenarioNames } from './scenarios/audit-scenario.js';
export type { AuditScenario, AuditScenarioName } from './scenarios/audit-scenario.js';
