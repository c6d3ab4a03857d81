/**
 * Operations that Microsoft's PowerShell module (microsoft/MCAS) calls and its reference does not have. They may change
 * or vanish without notice; most answer to API tokens alone.
 */
export { createUndocumented } from './undocumented/create-undocumented.js';
export type {
  DiscoveredAppsQuery,
  Undocumented,
  UndocumentedRecord,
  UndocumentedRecords,
} from './undocumented/create-undocumented.js';
export { GovernanceStatus, PolicyType } from './undocumented/constants.js';
