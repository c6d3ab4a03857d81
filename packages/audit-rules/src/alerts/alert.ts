import type { ActorKind } from '../fields/computed-fields.js';
import type { Level, Profile } from '../rule.js';

/** One value that made a rule true. Secrets and matched content of DLP are redacted. */
export interface Evidence {
  recordId: string;
  /** As the rule writes it. */
  field: string;
  /** At most 512 characters. */
  value: string;
  selection: string;
}

export interface Technique {
  /** `T1114.003` */
  id: string;
}

export interface Attack {
  /** As ATT&CK writes them: `credential-access`. */
  tactics: readonly string[];
  techniques: readonly Technique[];
}

export interface CountedValue {
  value: string;
  count: number;
}

/** What a rule found. The same id means the same finding: a sink is an upsert by id, a higher revision wins. */
export interface Alert {
  id: string;
  /** 0, and one more each time the same finding has grown. */
  revision: number;
  /** The alert of the time before, when a burst goes on across its edge. */
  continues?: string;
  ruleId: string;
  ruleName?: string;
  title: string;
  level: Level;
  profile: Profile;
  tags: readonly string[];
  attack: Attack;
  /** The Detection Rule License obliges messages about a match to keep the author. */
  ruleAuthor?: string;
  ruleLicense?: string;
  /** Of the rule's text. */
  ruleHash: string;
  tenantId: string;
  /** Where the first record lies; only of single-record alerts. */
  contentType?: string;
  contentId?: string;
  unitId?: string;
  offset?: number;
  /** Of the first record; in correlations the most frequent. */
  actor?: string;
  actorKind?: ActorKind;
  address?: string;
  country?: string;
  target?: string;
  app?: string;
  /** Correlations: up to twenty of each, with their counts. */
  actors?: readonly CountedValue[];
  addresses?: readonly CountedValue[];
  targets?: readonly CountedValue[];
  apps?: readonly CountedValue[];
  /** The values the hits were grouped by; `(missing)` where the field was. */
  group?: Readonly<Record<string, string>>;
  /** What the rule counts. */
  count: number;
  /** Event time, ISO 8601 UTC. Absent when the record has no readable time. */
  first?: string;
  last?: string;
  /** At most twenty. */
  recordIds: readonly string[];
  recordCount: number;
  evidence: readonly Evidence[];
  /** KQL that shows the records in the table AuditRecords_CL. */
  query: string;
  falsePositives: readonly string[];
  references: readonly string[];
  /** ISO 8601 UTC. */
  discoveredAt: string;
  lagInSeconds?: number;
  /** Older than `maxAgeInMs`, or from a backfill, replay or sweep: stored, and sent to nobody. */
  historical: boolean;
}
