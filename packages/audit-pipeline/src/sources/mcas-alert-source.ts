import type { Cloud, Delta } from '@repo/client-core';
import type { Alert, FollowAlertsOptions, McasClient } from 'mcas-client';
import type { Source, Unit } from '../ports.js';

/** Alerts that are new or have changed, as one page of a listing had them. */
export interface AlertUnit extends Unit {
  alerts: readonly Alert[];
}

export interface McasAlertSourceOptions extends Pick<
  FollowAlertsOptions,
  'filters' | 'rawFilters' | 'overlapInMs' | 'pollIntervalInMs'
> {
  /** Where a first run begins, ms since the epoch or a Date. */
  startFrom: number | Date;
  /** The cloud of the tenant. Default: the client's. */
  cloud?: Cloud | undefined;
}

/** A poll that is over: what to save once all that came before is done. */
interface Poll {
  cursor: string;
  expire: string[];
  before: Set<string>;
}

/**
 * Alerts of Cloud App Security, again each time they change, by `alerts.follow`: one row for each state that was seen.
 * A unit is held in memory; after a crash what was not committed is listed again, as it is then.
 */
export function mcasAlertSource(
  client: McasClient,
  options: McasAlertSourceOptions,
): Source<AlertUnit, Alert> {
  const { cloud = client.cloud, ...query } = options;
  return {
    identity: `mcas-alerts:${client.endpoint}`,
    cloud,
    open(saved) {
      const waiting = new Map<string, Pick<Delta, 'add' | 'expire'>>();
      const polls: Poll[] = [];
      let cursor = saved.cursor;
      let expire: string[] = [];
      let number = 0;

      /** The cursor moves past a poll only when everything before its end is done. */
      function step({ add, expire: gone }: Pick<Delta, 'add' | 'expire'> = { add: [], expire: [] }): Delta {
        // States that have been replaced: without that both would be there after the next start.
        expire.push(...gone);
        for (let poll = polls[0]; poll && poll.before.size === 0; poll = polls[0]) {
          cursor = poll.cursor;
          expire.push(...poll.expire);
          polls.shift();
        }
        const delta = { cursor: cursor ?? '', add, expire };
        expire = [];
        return delta;
      }
      function settle(unitId: string): Delta {
        const mine = waiting.get(unitId);
        waiting.delete(unitId);
        for (const { before } of polls) before.delete(unitId);
        return step(mine);
      }

      return {
        async *discover({ abortSignal, follow = false, onListed }) {
          const pages = client.alerts.follow({ ...query, saved, ...(abortSignal && { abortSignal }) });
          for await (const page of pages) {
            cursor ??= page.cursor;
            const { add, expire: gone } = page.delta;
            if (page.items.length === 0) {
              polls.push({ cursor: page.cursor, expire: gone, before: new Set(waiting.keys()) });
              onListed?.();
              if (!follow) return;
              continue;
            }
            // An alert may come back to a state while a page that began with it is still under way.
            const id = `alerts:${(number += 1)}:${add[0]?.id}`;
            waiting.set(id, { add, expire: gone });
            yield { id, alerts: page.items };
          }
        },
        async *read({ alerts }) {
          yield alerts;
        },
        ack: settle,
        fail: settle,
        // Before the first page there is no place to go on from.
        checkpoint: () => (cursor === undefined ? undefined : step()),
      };
    },
  };
}
