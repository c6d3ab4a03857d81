import type { LoadedCorrelation, LoadedRules } from '../load/rule-set.js';
import { decodeAttachment, encodeAlert, encodeHits, getCorrelationHash } from './attachments.js';
import type { Attachment, SavedHits } from './attachments.js';
import type { Correlator } from './correlator.js';
import type { Group } from './group.js';
import type { Hit } from './packed-hits.js';
import type { RaisedAlerts } from './raised-alerts.js';
import type { UnitLog } from './unit-log.js';

function versionOf(loaded: LoadedRules, correlation: LoadedCorrelation): string {
  const hashes = correlation.bases.map((base) =>
    base.kind === 'rule'
      ? (loaded.rules[base.rule]?.info.hash ?? '')
      : (loaded.correlations[base.correlation]?.rule.info.hash ?? ''),
  );
  return getCorrelationHash(correlation, hashes);
}

/** Reads saved hits and alerts back; hits of rules that have changed since are left out. */
export function restoreState(
  state: Iterable<Attachment>,
  loaded: LoadedRules,
  correlator: Correlator,
  raised: RaisedAlerts,
): void {
  const byId = new Map(
    loaded.correlations.map((one) => [one.rule.info.id, { one, version: versionOf(loaded, one) }]),
  );
  for (const attachment of state) {
    const decoded = decodeAttachment(attachment);
    if (!decoded) continue;
    if (decoded.kind === 'alert') {
      raised.set({ ...decoded.saved, expires: attachment.expires });
      continue;
    }
    const known = byId.get(decoded.saved.correlation);
    if (known?.version === decoded.version) addSaved(decoded.saved, known.one, correlator);
  }
}

function addSaved(saved: SavedHits, correlation: LoadedCorrelation, correlator: Correlator): void {
  const { base, tenantId, values, hits, facts, evidence, otherIds } = saved;
  let group: Group | undefined;
  for (const hit of hits) group = correlator.add(correlation.index, base, tenantId, values, hit) ?? group;
  if (!group) return;
  for (const { kind, value, count } of facts) group.addFact(kind, value, count);
  group.addEvidence(() => evidence);
  if (otherIds.length > 0) group.otherIds = new Map([...(group.otherIds ?? []), ...otherIds]);
}

/** What one unit added, as attachments. */
export function saveUnit(
  unitId: string,
  log: UnitLog,
  loaded: LoadedRules,
  correlator: Correlator,
  raised: RaisedAlerts,
  keepInMs: number,
): Attachment[] {
  const attachments: Attachment[] = [];
  const parts = new Map<string, { correlation: number; base: number; key: string; hits: Hit[] }>();
  for (const { place, value } of log.direct) {
    const { correlation, base, key, at, id } = place;
    const name = `${correlation}/${base}/${key}`;
    const part = parts.get(name) ?? { correlation, base, key, hits: [] };
    part.hits.push({ at, id, value });
    parts.set(name, part);
  }
  for (const { correlation, base, key, hits } of parts.values()) {
    const rule = loaded.correlations[correlation] as LoadedCorrelation;
    const group = correlator.find(correlation, key);
    if (group) attachments.push(saveHits(unitId, loaded, rule, base, group, hits, keepInMs));
  }
  for (const { id } of log.alerts) {
    const alert = raised.get(id);
    if (alert) attachments.push(encodeAlert(alert, alert.expires));
  }
  return attachments;
}

/** Everything the correlator holds, as attachments of one unit. */
export function saveGroups(
  loaded: LoadedRules,
  correlator: Correlator,
  raised: RaisedAlerts,
  keepInMs: number,
): Attachment[] {
  const attachments: Attachment[] = [];
  for (const { correlation, group } of correlator.groups())
    for (const [base, buffer] of group.buffers.entries()) {
      // Hits of other correlations come again when their base is read back.
      if (correlation.bases[base]?.kind === 'correlation' || buffer.length === 0) continue;
      const hits = Array.from({ length: buffer.length }, (_, i) => ({
        at: buffer.at(i),
        id: buffer.id(i),
        value: buffer.value(i),
      }));
      attachments.push(saveHits('snapshot', loaded, correlation, base, group, hits, keepInMs));
    }
  for (const alert of raised.values()) attachments.push(encodeAlert(alert, alert.expires));
  return attachments;
}

function saveHits(
  unitId: string,
  loaded: LoadedRules,
  correlation: LoadedCorrelation,
  base: number,
  group: Group,
  hits: readonly Hit[],
  keepInMs: number,
): Attachment {
  const { tenantId, values, facts, evidence, otherIds } = group;
  const newest = hits.reduce((latest, { at }) => Math.max(latest, at), 0);
  const saved = { correlation: correlation.rule.info.id, base, tenantId, values, facts, evidence, hits };
  return encodeHits(
    unitId,
    versionOf(loaded, correlation),
    { ...saved, otherIds: [...(otherIds ?? [])] },
    newest + keepInMs,
  );
}
