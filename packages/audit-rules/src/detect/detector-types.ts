import type { Alert, Evidence } from '../alerts/alert.js';
import type { RecordContext } from '../alerts/build-alert.js';
import type { Attachment } from '../correlation/attachments.js';
import type { CorrelationLimits } from '../correlation/correlator.js';
import type { RuleInfo } from '../rule.js';

/** A rule that is true of one record. */
export interface Match {
  rule: RuleInfo;
  /** Only a base of correlations: makes no alert by itself. */
  silent: boolean;
  /** What made it true; computed when asked for. */
  evidence(): readonly Evidence[];
}

export interface DetectorOptions {
  /** What an earlier detector with these rules saved: the attachments of committed units, or its `snapshot`. */
  state?: Iterable<Attachment> | undefined;
  /** How late records may be: windows of `lt`, `lte`, `eq` and `neq` wait so long. Default 6 hours. */
  watermark?: { lateInMs: number } | undefined;
  /** Alerts on older events are marked `historical`. Default 24 hours. */
  maxAgeInMs?: number | undefined;
  limits?: Partial<CorrelationLimits> | undefined;
  clock?: { now(): number } | undefined;
  /**
   * For workers that share the units of one tenant: no windows, and an error when the rules have correlations or
   * suppressions, since no worker sees all hits.
   */
  stateless?: boolean | undefined;
  /** Default true. False asks every rule about every record: to measure what the index saves. */
  index?: boolean | undefined;
  /** Called when a rule throws on a record, at most once an hour for each rule. */
  onRuleError?: ((event: { ruleId: string; error: unknown; switchedOff: boolean }) => void) | undefined;
}

export interface DetectorHealth {
  records: number;
  /** Records that no correlation could count, since their time cannot be read. */
  recordsWithoutTime: number;
  hits: number;
  groups: number;
  /** Limits that were reached; each one means that something may go unnoticed. */
  evictedHits: number;
  evictedGroups: number;
  hitsOverDailyLimit: number;
  /** By rule. */
  ruleErrors: Readonly<Record<string, number>>;
}

/** What a unit of work found, to be committed with it. */
export interface UnitFindings {
  alerts: readonly Alert[];
  /** To be written in the unit's own transaction. */
  attachments: readonly Attachment[];
}

/** The records of one unit of work. After `finish`, say whether the unit was committed. */
export interface DetectorUnit {
  push(record: unknown, context?: RecordContext): void;
  finish(): UnitFindings;
  /** The unit is stored: its hits and alerts stay. */
  commit(): void;
  /** The unit will be read again: its hits are taken back and its alerts are not counted as raised. */
  abandon(): void;
}

export interface Detector {
  /** Single records, no state: every rule that is true, with its evidence. Never throws on data. */
  evaluate(record: unknown, context?: RecordContext): Match[];
  /** One record, correlations included. Alerts that grow by little wait for `flush`. */
  push(record: unknown, context?: RecordContext): Alert[];
  /** What waits. Call it at the end of the data, and now and then. */
  flush(): Alert[];
  /** For pipelines: hits and alerts belong to a unit and its transaction. */
  openUnit(unitId: string, context?: RecordContext): DetectorUnit;
  /** Everything a later detector needs, for programs without units. */
  snapshot(): Attachment[];
  health(): DetectorHealth;
}
