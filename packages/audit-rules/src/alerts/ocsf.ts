import type { Level } from '../rule.js';
import type { Alert } from './alert.js';
import { toAlertTactics } from './alert-row.js';

/** An OCSF 1.3 Detection Finding (class 2004). Times are epoch milliseconds. */
export interface OcsfFinding {
  class_uid: 2004;
  class_name: 'Detection Finding';
  category_uid: 2;
  category_name: 'Findings';
  /** 1 create, 2 update. */
  activity_id: 1 | 2;
  type_uid: 200401 | 200402;
  severity_id: 1 | 2 | 3 | 4 | 5;
  severity: string;
  time: number;
  count: number;
  message: string;
  metadata: object;
  finding_info: object;
  evidences: readonly object[];
  resources?: readonly object[];
  unmapped: object;
}

const severityIds: Readonly<Record<Level, OcsfFinding['severity_id']>> = {
  informational: 1,
  low: 2,
  medium: 3,
  high: 4,
  critical: 5,
};

const toName = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** An alert as an OCSF Detection Finding; `finding_info.uid` is the alert's id. */
export function toOcsf(alert: Alert): OcsfFinding {
  const last = alert.last ?? alert.discoveredAt;
  const isUpdate = alert.revision > 0;
  const { tactics, techniques } = alert.attack;
  return {
    class_uid: 2004,
    class_name: 'Detection Finding',
    category_uid: 2,
    category_name: 'Findings',
    activity_id: isUpdate ? 2 : 1,
    type_uid: isUpdate ? 200402 : 200401,
    severity_id: severityIds[alert.level],
    severity: toName(alert.level),
    time: Date.parse(last),
    count: alert.count,
    message: alert.title,
    metadata: {
      version: '1.3.0',
      product: { name: 'audit-rules', vendor_name: 'audit-sdk' },
      tenant_uid: alert.tenantId,
      uid: `${alert.id}-${alert.revision}`,
    },
    finding_info: {
      uid: alert.id,
      title: alert.title,
      created_time: Date.parse(alert.discoveredAt),
      ...(alert.first !== undefined && { first_seen_time: Date.parse(alert.first) }),
      last_seen_time: Date.parse(last),
      analytic: { uid: alert.ruleId, name: alert.ruleName ?? alert.title, type: 'Rule', type_id: 1 },
      attacks: [
        ...toAlertTactics(tactics).map((name) => ({ tactic: { name } })),
        ...techniques.map(({ id }) => ({ technique: { uid: id } })),
      ],
      ...(alert.continues !== undefined && { related_events: [{ uid: alert.continues }] }),
    },
    evidences: [
      {
        ...(alert.actor !== undefined && { actor: { user: { name: alert.actor } } }),
        ...(alert.address !== undefined && { src_endpoint: { ip: alert.address } }),
        data: { items: alert.evidence, recordIds: alert.recordIds, query: alert.query },
      },
    ],
    ...(alert.target !== undefined && { resources: [{ name: alert.target }] }),
    unmapped: {
      profile: alert.profile,
      historical: alert.historical,
      rule_author: alert.ruleAuthor,
      rule_license: alert.ruleLicense,
      record_count: alert.recordCount,
      group: alert.group,
    },
  };
}
