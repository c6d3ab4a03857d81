import type { HealthEntry } from './health.js';
import { version } from '../version.js';

/** One row of AuditCollectorHealth_CL. */
export interface HealthRow {
  [column: string]: string | number;
}

/** The row of one entry; what is not known is left out. */
export function healthRow(entry: HealthEntry, collector: string, now: number): HealthRow {
  const iso = (ms: number | undefined): string | undefined =>
    ms === undefined ? undefined : new Date(ms).toISOString();
  const columns = {
    TimeGenerated: iso(now),
    Collector: collector,
    CollectorVersion: `audit-pipeline/${version}`,
    SourceTenantId: entry.tenantId,
    Source: entry.source,
    ContentType: entry.type,
    LastListed: iso(entry.lastListedAt),
    NewestEvent: iso(entry.newestAt),
    LagInSeconds: entry.lagInMs === undefined ? undefined : entry.lagInMs / 1000,
    CompleteUntil: iso(entry.completeUntil),
    LatenessInSeconds: entry.latenessInMs === undefined ? undefined : entry.latenessInMs / 1000,
    State: entry.state,
    StateReason: entry.stateReason,
    Backlog: entry.backlog,
    OldestUnreadExpiresInSeconds:
      entry.oldestUnreadExpiresInMs === undefined ? undefined : entry.oldestUnreadExpiresInMs / 1000,
    Accepted: entry.accepted,
    DeadLettered: entry.deadLettered,
    Throttled: entry.throttled,
    Gaps: entry.gaps,
    CertificateExpires: iso(entry.certificateExpiresAt),
  };
  const known = Object.entries(columns).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as HealthRow;
}
