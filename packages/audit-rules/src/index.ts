export { RuleLoadError, formatProblem } from './errors.js';
export { defineRule } from './code-rules/define-rule.js';
export type { Fields, RuleDefinition, RuleEvidence } from './code-rules/define-rule.js';
export { loadRules } from './load/load-rules.js';
export type { LoadOptions, RuleSource } from './load/load-rules.js';
export type { RuleText } from './load/read-rule-files.js';
export { levels } from './rule.js';
export type { Level, Profile, RuleInfo } from './rule.js';
export type { BlindRule, RuleSet } from './load/rule-set.js';
export type { RuleProblem } from './sigma/problem.js';
export type { Lookups } from './fields/computed-fields.js';
export type { TenantContext } from './fields/tenant-context.js';
export { starterRules } from './starter-rules.js';
export { createDetector } from './detect/detector.js';
export type {
  Detector,
  DetectorHealth,
  DetectorOptions,
  DetectorUnit,
  Match,
  UnitFindings,
} from './detect/detector-types.js';
export type { RecordContext } from './alerts/build-alert.js';
export type { Alert, Attack, CountedValue, Evidence, Technique } from './alerts/alert.js';
export type { Attachment } from './correlation/attachments.js';
export type { CorrelationLimits } from './correlation/correlator.js';
export type { ActorKind } from './fields/computed-fields.js';
export { detect } from './detect/detect.js';
export type { DetectOptions } from './detect/detect.js';
export { readNdjson } from './detect/read-ndjson.js';
export type { ReadOptions } from './detect/read-ndjson.js';
export { toAlertRow } from './alerts/alert-row.js';
export type { AlertRow } from './alerts/alert-row.js';
export { toOcsf } from './alerts/ocsf.js';
export type { OcsfFinding } from './alerts/ocsf.js';
export { chatFields, createRouter, toChatAlert } from './alerts/routes.js';
export type { AlertRoute } from './alerts/routes.js';
export { ArgumentError, AuditSdkError } from '@repo/client-core';
export type { AuditSdkErrorDetails } from '@repo/client-core';
export { testRules } from './testing/test-rules.js';
export type { RuleTestFailure, RuleTestReport } from './testing/test-rules.js';
export { toKql } from './kql/to-kql.js';
export type { KqlRule } from './kql/to-kql.js';
export type { KqlOptions } from './kql/kql-context.js';
export { toAnalyticRule } from './kql/to-analytic-rule.js';
export { getCoverage } from './load/coverage.js';
export type { RuleCoverage } from './load/coverage.js';
