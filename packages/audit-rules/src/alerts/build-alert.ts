import { getActorKind, getClientAddress, getTarget } from '../fields/computed-fields.js';
import type { RecordView } from '../fields/record-view.js';
import type { Fact, FactKind, Group } from '../correlation/group.js';
import { formatHitId } from '../correlation/hit-id.js';
import type { Finding } from '../correlation/scan-group.js';
import type { RuleInfo } from '../rule.js';
import type { Alert, CountedValue, Evidence } from './alert.js';
import { createAlertId } from './alert-id.js';
import { getAttack } from './attack.js';
import { createQuery } from './query.js';

/** Where a record comes from and how it is treated. */
export interface RecordContext {
  /** Default: the record's OrganizationId. */
  tenantId?: string | undefined;
  contentType?: string | undefined;
  contentId?: string | undefined;
  unitId?: string | undefined;
  /** Byte offset in the blob. */
  offset?: number | undefined;
  /** From a backfill, replay or sweep: alerts are marked and only stored. */
  historical?: boolean | undefined;
}

/** What is the same in every alert of a moment. */
export interface AlertClock {
  now: number;
  maxAgeInMs: number;
}

type Part = Pick<Alert, 'discoveredAt' | 'lagInSeconds' | 'historical'>;

function describeRule(info: RuleInfo) {
  return {
    ruleId: info.id,
    ...(info.name !== undefined && { ruleName: info.name }),
    title: info.title,
    level: info.level,
    profile: info.profile,
    tags: info.tags,
    attack: getAttack(info.tags),
    ...(info.author !== undefined && { ruleAuthor: info.author }),
    ...(info.license !== undefined && { ruleLicense: info.license }),
    ruleHash: info.hash,
    falsePositives: info.falsePositives,
    references: info.references,
  };
}

function describeTime(last: number | undefined, { now, maxAgeInMs }: AlertClock, historical: boolean): Part {
  return {
    discoveredAt: new Date(now).toISOString(),
    ...(last !== undefined && { lagInSeconds: Math.round((now - last) / 1000) }),
    historical: historical || (last !== undefined && now - last > maxAgeInMs),
  };
}

function optionalTexts<Name extends string>(
  values: Record<Name, string | undefined>,
): Partial<Record<Name, string>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<
    Record<Name, string>
  >;
}

/** An alert of one record. */
export function buildRecordAlert(
  info: RuleInfo,
  view: RecordView,
  source: {
    recordId: string;
    tenantId: string;
    at: number | undefined;
    context: RecordContext;
    country: string | undefined;
  },
  evidence: readonly Evidence[],
  clock: AlertClock,
): Alert {
  const { record } = view;
  const { recordId, tenantId, at, context, country } = source;
  const time = at === undefined ? undefined : new Date(at).toISOString();
  const { contentType, contentId, unitId, offset } = context;
  return {
    id: createAlertId('record', tenantId, info.id, recordId),
    revision: 0,
    ...describeRule(info),
    tenantId,
    ...optionalTexts({ contentType, contentId, unitId }),
    ...(offset !== undefined && { offset }),
    ...optionalTexts({
      actor: getActor(record),
      address: getClientAddress(record),
      country,
      target: getTarget(record),
      app: getApp(record),
    }),
    actorKind: getActorKind(record),
    count: 1,
    ...(time !== undefined && { first: time, last: time }),
    recordIds: [recordId],
    recordCount: 1,
    evidence,
    query: createQuery([recordId], time, time),
    ...describeTime(at, clock, context.historical ?? false),
  };
}

/** An alert of a correlation, or of a rule that alerts once per group and time. */
export function buildGroupAlert(
  { correlation, group, found, continuesBucket }: Finding,
  revision: number,
  historical: boolean,
  clock: AlertClock,
): Alert {
  const { rule } = correlation;
  const info = rule.info;
  const first = new Date(found.first).toISOString();
  const last = new Date(found.last).toISOString();
  const recordIds = found.ids.map(
    (id) => group.otherIds?.get(Buffer.from(id).toString('hex')) ?? formatHitId(id),
  );
  const facts = collectFacts(group);
  const [actors, addresses, targets, apps] = (['actor', 'address', 'target', 'app'] as const).map((kind) =>
    ofKind(facts, kind),
  ) as [CountedValue[], CountedValue[], CountedValue[], CountedValue[]];
  const evidence = [group, ...(group.sources ?? [])].flatMap((one) => one.evidence).slice(0, 20);
  return {
    id: getGroupAlertId(correlation.rule.info.id, group, found.bucket),
    revision,
    ...(continuesBucket !== undefined && { continues: getGroupAlertId(info.id, group, continuesBucket) }),
    ...describeRule(info),
    tenantId: group.tenantId,
    ...optionalTexts({
      actor: actors[0]?.value,
      address: addresses[0]?.value,
      target: targets[0]?.value,
      app: apps[0]?.value,
    }),
    actors,
    addresses,
    targets,
    apps,
    group: Object.fromEntries(rule.groupBy.map((name, i) => [name, group.values[i] ?? '(missing)'])),
    count: found.count,
    first,
    last,
    recordIds,
    recordCount: found.recordCount,
    evidence,
    query: createQuery(recordIds, first, last),
    ...describeTime(found.last, clock, historical),
  };
}

export function getGroupAlertId(ruleId: string, group: Group, bucket: number): string {
  return createAlertId('group', ruleId, group.key, bucket);
}

function collectFacts(group: Group): readonly Fact[] {
  if (!group.sources) return group.facts;
  const facts = [group, ...(group.sources ?? [])].flatMap((one) => one.facts);
  const merged = new Map<string, Fact>();
  for (const fact of facts) {
    const key = `${fact.kind} ${fact.value}`;
    const known = merged.get(key);
    merged.set(key, known ? { ...known, count: known.count + fact.count } : fact);
  }
  return [...merged.values()];
}

function ofKind(facts: readonly Fact[], kind: FactKind): CountedValue[] {
  return facts
    .filter((fact) => fact.kind === kind)
    .map(({ value, count }) => ({ value, count }))
    .toSorted((a, b) => b.count - a.count)
    .slice(0, 20);
}

/** Who, where and on what, for the facts of a group. */
export function getFacts(view: RecordView): { kind: FactKind; value: string }[] {
  const { record } = view;
  const values = {
    actor: getActor(record),
    address: getClientAddress(record),
    target: getTarget(record),
    app: getApp(record),
  };
  return (Object.entries(values) as [FactKind, string | undefined][]).flatMap(([kind, value]) =>
    value === undefined ? [] : [{ kind, value }],
  );
}

function getActor(record: Readonly<Record<string, unknown>>): string | undefined {
  const { UserId, UserKey } = record;
  if (typeof UserId === 'string' && UserId !== '') return UserId;
  return typeof UserKey === 'string' && UserKey !== '' ? UserKey : undefined;
}

function getApp(record: Readonly<Record<string, unknown>>): string | undefined {
  for (const name of ['ApplicationDisplayName', 'ClientAppName', 'ApplicationId', 'ClientAppId', 'AppId'])
    if (typeof record[name] === 'string' && record[name] !== '') return record[name];
  return undefined;
}
