/** Opt-in conversions of the irregular shapes that the service sends. */
export {
  convertIndexedObject,
  convertNullText,
  convertTuple,
  foldCase,
  parseIntegerText,
  parsePythonKey,
  toIsoTime,
} from './normalize/normalize-values.js';
export type { CasePolicy } from './normalize/normalize-values.js';
export type {
  NamedValue,
  Normalized,
  NormalizedActivity,
  NormalizedActor,
  NormalizedAlert,
  NormalizedEntity,
  NormalizedFile,
  NormalizedIpRange,
} from './normalize/normalize-records.js';
export {
  normalizeActivity,
  normalizeAlert,
  normalizeEntity,
  normalizeFile,
  normalizeIpRange,
} from './normalize/normalize-records.js';
