import { createHash } from 'node:crypto';
import { utcTime } from 'o365-activity-client/records';
import type { AuditRecord } from 'o365-activity-client/records';

/** What one record says to a rule: whom it concerns, and what is counted. */
export interface Hit {
  /** One alert for each: a user, an address, a file. */
  key: string;
  /** Counted once per window; the record's id when left out. */
  distinct?: string;
}

export interface Rule {
  name: string;
  /** How many different hits of one key within the window make an alert. */
  threshold: number;
  /** By the time of the events, not of their arrival. */
  windowInMs: number;
  match(record: AuditRecord): Hit | undefined;
}

export interface Alert {
  /**
   * A hash of rule, key and window: records in the same order give the same ids. In another order a burst at the edge
   * of two windows may be found in the other one.
   */
  id: string;
  rule: string;
  key: string;
  /** The window of event time, ISO 8601 UTC. */
  from: string;
  to: string;
  count: number;
  /** From the last event to its discovery. */
  lagInMs: number;
}

interface Window {
  hits: Set<string>;
  lastEvent: number;
}

/** Windows older than this, seen from the newest event, are forgotten: the service keeps content for a week. */
const memoryInMs = 8 * 86_400_000;

/**
 * Finds what rules look for in records of any order. Windows overlap by half, so that a burst of up to half a
 * window is never cut in two; of neighboring windows with parts of one burst only the first alerts.
 */
export function createAlerter(rules: readonly Rule[], now: () => number): (record: AuditRecord) => Alert[] {
  const windows = new Map<string, Window>();
  const raised = new Set<string>();
  let newest = 0;
  let untilSweep = 10_000;

  function sweep(): void {
    untilSweep = 10_000;
    for (const [name, { lastEvent }] of windows) if (lastEvent < newest - memoryInMs) windows.delete(name);
  }

  function count(rule: Rule, hit: Hit, start: number, at: number, id: string): Alert | undefined {
    const name = nameOf(rule, hit.key, start);
    const window = windows.get(name) ?? { hits: new Set<string>(), lastEvent: 0 };
    windows.set(name, window);
    window.hits.add(hit.distinct ?? id);
    window.lastEvent = Math.max(window.lastEvent, at);
    const hop = rule.windowInMs / 2;
    // A burst of up to half a window lies, whole or in part, in windows that start at most two hops apart.
    const neighbors = [-2, -1, 0, 1, 2].map((hops) => nameOf(rule, hit.key, start + hops * hop));
    if (window.hits.size < rule.threshold || neighbors.some((one) => raised.has(one))) return undefined;
    raised.add(name);
    return {
      id: createHash('sha256').update(name).digest('hex').slice(0, 16),
      rule: rule.name,
      key: hit.key,
      from: new Date(start).toISOString(),
      to: new Date(start + rule.windowInMs).toISOString(),
      count: window.hits.size,
      lagInMs: now() - window.lastEvent,
    };
  }

  return (record) => {
    const time = utcTime(record.CreationTime);
    if (time === undefined) return [];
    const at = Date.parse(time);
    newest = Math.max(newest, at);
    if (--untilSweep === 0) sweep();
    return rules.flatMap((rule) => {
      const hit = rule.match(record);
      if (!hit) return [];
      const hop = rule.windowInMs / 2;
      const last = Math.floor(at / hop) * hop;
      return [last - hop, last]
        .map((start) => count(rule, hit, start, at, record.Id))
        .filter((alert) => alert !== undefined);
    });
  };
}

function nameOf(rule: Rule, key: string, start: number): string {
  return `${rule.name}\n${key}\n${start}`;
}
