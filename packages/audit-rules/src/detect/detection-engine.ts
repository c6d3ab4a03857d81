import type { Alert, Evidence } from '../alerts/alert.js';
import { createAlertId } from '../alerts/alert-id.js';
import { buildGroupAlert, buildRecordAlert, getFacts, getGroupAlertId } from '../alerts/build-alert.js';
import type { AlertClock, RecordContext } from '../alerts/build-alert.js';
import { toEvidence } from '../alerts/evidence.js';
import type { Attachment } from '../correlation/attachments.js';
import { Correlator } from '../correlation/correlator.js';
import { isMonotone } from '../correlation/scan-group.js';
import type { Finding } from '../correlation/scan-group.js';
import { hashValue, toHitId } from '../correlation/hit-id.js';
import { RaisedAlerts } from '../correlation/raised-alerts.js';
import { restoreState, saveGroups, saveUnit } from '../correlation/saved-state.js';
import { UnitLog } from '../correlation/unit-log.js';
import type { DetectorHealth, DetectorOptions, DetectorUnit, Match } from './detector-types.js';
import { createMatcher } from '../engine/matcher.js';
import type { Matcher, RuleMatch } from '../engine/matcher.js';
import { getClientAddress } from '../fields/computed-fields.js';
import type { FieldPath } from '../fields/field-path.js';
import { getEventTime, recordIdOf, sourceOf } from './record-source.js';
import type { RecordSource } from './record-source.js';
import { RuleFailures } from './rule-failures.js';
import type { Link, LoadedRule, LoadedRules } from '../load/rule-set.js';

const hourInMs = 3_600_000;
const dayInMs = 24 * hourInMs;
const defaultLimits = {
  maxHitsPerGroup: 20_000,
  maxGroups: 200_000,
  maxHitsPerDay: 1_000_000,
  keepInMs: 8 * dayInMs,
};
/** Old hits are looked for once in so many settled units or records. */
const sweepEvery = 10_000;

/** Joins matching, correlation and alerts; see `Detector` for what each call promises. */
export class DetectionEngine {
  readonly #loaded: LoadedRules;
  readonly #matcher: Matcher;
  readonly #correlator: Correlator;
  readonly #raised = new RaisedAlerts();
  readonly #failures: RuleFailures;
  readonly #options: DetectorOptions;
  readonly #limits: typeof defaultLimits;
  readonly #newest: Map<string, number> = new Map();
  readonly #needsWatermark: boolean;
  #records = 0;
  #recordsWithoutTime = 0;
  #untilSweep = sweepEvery;

  constructor(loaded: LoadedRules, options: DetectorOptions) {
    if (options.stateless && loaded.correlations.length > 0)
      throw new RangeError(
        `createDetector: ${loaded.correlations.length} rules need windows (${loaded.correlations
          .slice(0, 5)
          .map(({ rule }) => rule.info.name ?? rule.info.id)
          .join(', ')}), which workers that share a tenant cannot keep. Leave them out, or run one process.`,
      );
    this.#loaded = loaded;
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#failures = new RuleFailures(options.onRuleError, () => this.#now());
    loaded.failures.onThrow = (ruleId, error, switchedOff) => this.#failures.add(ruleId, error, switchedOff);
    const onThrow = ({ info }: LoadedRule, error: unknown): void => this.#failures.add(info.id, error, false);
    this.#matcher = createMatcher(loaded, onThrow, options.index ?? true);
    this.#needsWatermark = loaded.correlations.some((correlation) => !isMonotone(correlation));
    this.#correlator = new Correlator(loaded.correlations, this.#limits);
    if (options.state) restoreState(options.state, loaded, this.#correlator, this.#raised);
  }

  evaluate(record: unknown, context: RecordContext): Match[] {
    const matches = this.#matcher.match(record, context.tenantId);
    return matches.map((match) => {
      const { info, silent } = match.rule;
      return { rule: info, silent, evidence: () => this.#evidence(match, recordIdOf(match)) };
    });
  }

  push(record: unknown, context: RecordContext): Alert[] {
    const log = new UnitLog();
    this.#take(record, context, log);
    this.#settle(log, true, context.historical ?? false);
    return log.alerts;
  }

  flush(): Alert[] {
    const log = new UnitLog();
    this.#settle(log, false, false);
    return log.alerts;
  }

  openUnit(unitId: string, unitContext: RecordContext): DetectorUnit {
    const log = new UnitLog();
    return {
      push: (record, context = {}) => this.#take(record, { unitId, ...unitContext, ...context }, log),
      finish: () => {
        this.#settle(log, false, unitContext.historical ?? false);
        const { keepInMs } = this.#limits;
        const attachments = saveUnit(unitId, log, this.#loaded, this.#correlator, this.#raised, keepInMs);
        return { alerts: log.alerts, attachments };
      },
      commit: () => {},
      abandon: () => {
        this.#correlator.remove(log.places);
        for (const { id, raised } of log.before.toReversed()) this.#raised.restore(id, raised);
      },
    };
  }

  snapshot(): Attachment[] {
    return saveGroups(this.#loaded, this.#correlator, this.#raised, this.#limits.keepInMs);
  }

  health(): DetectorHealth {
    const { evictedHits, evictedGroups, overDailyLimit } = this.#correlator.counters;
    return {
      records: this.#records,
      recordsWithoutTime: this.#recordsWithoutTime,
      ...this.#correlator.size,
      evictedHits,
      evictedGroups,
      hitsOverDailyLimit: overDailyLimit,
      ruleErrors: { ...this.#failures.counts },
    };
  }

  #now(): number {
    return (this.#options.clock ?? Date).now();
  }

  #evidence(match: RuleMatch, recordId: string): Evidence[] {
    return toEvidence(this.#matcher.explain(match), match.view, this.#matcher.paths, recordId);
  }

  /** Matches one record and hands its hits on. */
  #take(record: unknown, context: RecordContext, log: UnitLog): void {
    this.#records += 1;
    const matches = this.#matcher.match(record, context.tenantId);
    if (this.#needsWatermark) this.#advance(record, context);
    if (matches.length === 0) return;
    const source = sourceOf(matches[0] as RuleMatch, context);
    if (source.at === undefined) this.#recordsWithoutTime += 1;
    for (const match of matches) {
      if (!match.rule.silent) this.#raiseRecordAlert(match, source, log);
      for (const link of match.rule.links) this.#addHit(match, link, source, log);
    }
  }

  /** The newest event of each content type: windows that only time closes wait for the slowest. */
  #advance(record: unknown, context: RecordContext): void {
    const at = getEventTime((record as { CreationTime?: unknown } | null)?.CreationTime);
    const type = context.contentType ?? '';
    if (at !== undefined && at > (this.#newest.get(type) ?? -Infinity)) this.#newest.set(type, at);
  }

  get #watermark(): number {
    const { lateInMs = 6 * hourInMs } = this.#options.watermark ?? {};
    return this.#newest.size === 0 ? -Infinity : Math.min(...this.#newest.values()) - lateInMs;
  }

  #raiseRecordAlert(match: RuleMatch, source: RecordSource, log: UnitLog): void {
    const id = createAlertId('record', source.tenantId, match.rule.info.id, source.recordId);
    if (this.#raised.nextRevision(id, 1, 1) === undefined) return;
    const address = getClientAddress(match.view.record);
    const country = address === undefined ? undefined : this.#loaded.lookups.country?.(address);
    const evidence = this.#evidence(match, source.recordId);
    const alert = buildRecordAlert(
      match.rule.info,
      match.view,
      { ...source, country },
      evidence,
      this.#clock(),
    );
    this.#raise(alert, source.at, log);
  }

  #raise(alert: Alert, at: number | undefined, log: UnitLog): void {
    const { id, revision, recordCount, count } = alert;
    log.before.push({ id, raised: this.#raised.get(id) });
    const expires = (at ?? this.#now()) + this.#limits.keepInMs;
    this.#raised.set({ id, revision, recordCount, count, expires });
    log.alerts.push(alert);
  }

  #addHit(match: RuleMatch, link: Link, { at, recordId, tenantId }: RecordSource, log: UnitLog): void {
    if (at === undefined) return;
    const { view } = match;
    const first = (path: FieldPath): string | undefined => view.resolve(path).leaves[0]?.text;
    const values = link.groupBy.map(first);
    const { bytes: id, isGuid } = toHitId(recordId);
    const value = link.value ? this.#toValue(link, first(link.value)) : NaN;
    const { correlation, base } = link;
    const group = this.#correlator.add(correlation, base, tenantId, values, { at, id, value });
    if (!group) return;
    if (!isGuid) (group.otherIds ??= new Map()).set(Buffer.from(id).toString('hex'), recordId);
    const evidence = (): Evidence[] => this.#evidence(match, recordId);
    this.#correlator.addFacts(group, { facts: getFacts(view), evidence });
    const place = { correlation, base, key: group.key, at, id };
    log.places.push(place);
    log.direct.push({ place, value });
  }

  #toValue({ correlation }: Link, text: string | undefined): number {
    if (text === undefined) return NaN;
    const type = this.#loaded.correlations[correlation]?.rule.type;
    return type === 'value_count' ? hashValue(text.toLowerCase()) : Number(text);
  }

  #settle(log: UnitLog, lazy: boolean, historical: boolean): void {
    if (this.#loaded.correlations.length === 0) return;
    const findings = this.#correlator.settle(this.#watermark, lazy, (place) => log.places.push(place));
    for (const finding of findings) this.#raiseFinding(finding, historical, log);
    this.#untilSweep -= 1;
    if (this.#untilSweep > 0) return;
    this.#untilSweep = sweepEvery;
    this.#correlator.sweep();
  }

  #raiseFinding(finding: Finding, historical: boolean, log: UnitLog): void {
    const { correlation, group, found } = finding;
    if (correlation.silent) return;
    const id = getGroupAlertId(correlation.rule.info.id, group, found.bucket);
    const revision = this.#raised.nextRevision(id, found.recordCount, found.count);
    if (revision === undefined) return;
    this.#raise(buildGroupAlert(finding, revision, historical, this.#clock()), found.last, log);
  }

  #clock(): AlertClock {
    return { now: this.#now(), maxAgeInMs: this.#options.maxAgeInMs ?? dayInMs };
  }
}
