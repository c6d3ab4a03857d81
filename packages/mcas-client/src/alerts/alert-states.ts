import { createFingerprint } from '@repo/client-core';
import type { Delta, SeenEntry } from '@repo/client-core';
import type { Alert } from '../models/alert.js';

/** By id the state of each alert that was handed out last: an alert may come back to an earlier one. */
export class AlertStates {
  readonly #states = new Map<string, { state: string; expires: number }>();

  constructor(entries: Iterable<SeenEntry> = []) {
    for (const { id, expires } of entries) {
      const end = id.lastIndexOf('#');
      this.#states.set(id.slice(0, end), { state: id.slice(end + 1), expires });
    }
  }

  /** The alerts that are new or changed, and what of them is to be remembered. */
  takeChanged(
    alerts: readonly Alert[],
    expires: number,
  ): { items: Alert[]; changes: Pick<Delta, 'add' | 'expire'> } {
    const changes: Pick<Delta, 'add' | 'expire'> = { add: [], expire: [] };
    const items = alerts.filter((alert) => {
      const state = createFingerprint(alert);
      const last = this.#states.get(alert._id);
      this.#states.set(alert._id, { state, expires });
      if (last?.state === state) return false;
      if (last) changes.expire.push(`${alert._id}#${last.state}`);
      changes.add.push({ id: `${alert._id}#${state}`, expires });
      return true;
    });
    return { items, changes };
  }

  expire(now: number): string[] {
    const gone = [...this.#states].filter(([, { expires }]) => expires < now);
    for (const [id] of gone) this.#states.delete(id);
    return gone.map(([id, { state }]) => `${id}#${state}`);
  }
}
