/** Types of policies, as Microsoft's PowerShell module names them. */
export const PolicyType = {
  Inline: 'INLINE',
  Audit: 'AUDIT',
  AnomalyDetection: 'ANOMALY_DETECTION',
  NewService: 'NEW_SERVICE',
  AnomalyDiscovery: 'ANOMALY_DISCOVERY',
  File: 'FILE',
  Malware: 'MALWARE',
  Session: 'SESSION',
  Access: 'ACCESS',
  AppPermission: 'APP_PERMISSION',
  AppPermissionAnomaly: 'APP_PERMISSION_ANOMALY',
} as const;
export type PolicyType = (typeof PolicyType)[keyof typeof PolicyType] | (string & {});

/** `status` filter of the governance log; from the same module. */
export const GovernanceStatus = { Successful: true, Failed: false, Pending: null } as const;
export type GovernanceStatus = (typeof GovernanceStatus)[keyof typeof GovernanceStatus];
