import type { Level } from '../rule.js';
import type { Alert } from './alert.js';

/** A row of the table AuditAlerts_CL: one for each revision; the highest `Revision` of an `AlertId` is the alert. */
export interface AlertRow {
  /** When it was found, so that rules over the table see it. */
  TimeGenerated: string;
  AlertId: string;
  Revision: number;
  ContinuesAlertId?: string;
  RuleId: string;
  RuleName?: string;
  Title: string;
  /** As Sentinel writes it. */
  Severity: 'Informational' | 'Low' | 'Medium' | 'High';
  Level: Level;
  Profile: string;
  /** As Sentinel writes them: `CredentialAccess`. */
  Tactics: readonly string[];
  Techniques: readonly string[];
  RuleAuthor?: string;
  RuleLicense?: string;
  RuleHash: string;
  SourceTenantId: string;
  ContentType?: string;
  ContentId?: string;
  UnitId?: string;
  Actor?: string;
  ActorKind?: string;
  ClientIP?: string;
  Country?: string;
  Target?: string;
  App?: string;
  Group?: Readonly<Record<string, string>>;
  EventCount: number;
  RecordCount: number;
  FirstEvent?: string;
  LastEvent?: string;
  RecordIds: readonly string[];
  Evidence: readonly object[];
  Query: string;
  FalsePositives: readonly string[];
  LagInSeconds?: number;
  Historical: boolean;
}

const severities: Readonly<Record<Level, AlertRow['Severity']>> = {
  informational: 'Informational',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'High',
};

/** `credential-access` as Sentinel writes it: `CredentialAccess`. */
function toSentinelTactic(tactic: string): string {
  return tactic.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Tactics as Sentinel writes them. */
export function toAlertTactics(tactics: readonly string[]): string[] {
  return tactics.map(toSentinelTactic);
}

/** A level as Sentinel writes it. */
export function toAlertSeverity(level: Level): AlertRow['Severity'] {
  return severities[level];
}

/** An alert as a row for Log Analytics. */
export function toAlertRow(alert: Alert): AlertRow {
  const row: Record<keyof AlertRow, unknown> = {
    TimeGenerated: alert.discoveredAt,
    AlertId: alert.id,
    Revision: alert.revision,
    ContinuesAlertId: alert.continues,
    RuleId: alert.ruleId,
    RuleName: alert.ruleName,
    Title: alert.title,
    Severity: toAlertSeverity(alert.level),
    Level: alert.level,
    Profile: alert.profile,
    Tactics: toAlertTactics(alert.attack.tactics),
    Techniques: alert.attack.techniques.map(({ id }) => id),
    RuleAuthor: alert.ruleAuthor,
    RuleLicense: alert.ruleLicense,
    RuleHash: alert.ruleHash,
    SourceTenantId: alert.tenantId,
    ContentType: alert.contentType,
    ContentId: alert.contentId,
    UnitId: alert.unitId,
    Actor: alert.actor,
    ActorKind: alert.actorKind,
    ClientIP: alert.address,
    Country: alert.country,
    Target: alert.target,
    App: alert.app,
    Group: alert.group,
    EventCount: alert.count,
    RecordCount: alert.recordCount,
    FirstEvent: alert.first,
    LastEvent: alert.last,
    RecordIds: alert.recordIds,
    Evidence: alert.evidence,
    Query: alert.query,
    FalsePositives: alert.falsePositives,
    LagInSeconds: alert.lagInSeconds,
    Historical: alert.historical,
  };
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== undefined),
  ) as unknown as AlertRow;
}
