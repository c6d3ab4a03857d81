import { contoso } from '../../data/contoso.js';
import type { Random } from '../../data/random.js';
import type { StateBasics } from '../../server/state-basics.js';
import { createMeter } from './quota.js';
import type { Meter } from './quota.js';
import type { DataCollectionRule } from './rules.js';
import { contosoRule, contosoWorkspace } from './seed.js';
import { defaultSettings } from './settings.js';
import type { LogAnalyticsSettings } from './settings.js';
import { append } from './tables.js';
import type { Row, Table } from './tables.js';
import type { Workspace } from './workspaces.js';

/** Something that was accepted and is not in a table: what the real service never tells. */
export interface Loss {
  readonly at: number;
  readonly cause:
    | 'daily-cap'
    | 'volume-rate'
    | 'reserved-name'
    | 'table-closed'
    | 'not-an-array'
    | 'not-an-object'
    | 'undeclared-property'
    | 'transform-mismatch'
    | 'field-truncated';
  /** The stream or the table. */
  readonly target: string;
  /** Rows, except for properties and fields. */
  readonly count: number;
}

export interface LogAnalyticsState {
  /** By workspace id. Contoso's is there. */
  readonly workspaces: Map<string, Workspace>;
  /** By immutable id. Contoso's is there. */
  readonly rules: Map<string, DataCollectionRule>;
  readonly settings: LogAnalyticsSettings;
  readonly losses: Loss[];
  /** A table's rows as they are stored, oldest first; none when there is no such table. */
  rows(tableName: string, workspaceId?: string): Row[];
  table(tableName: string, workspaceId?: string): Table | undefined;
  /** Stores rows, unless the daily cap is reached. */
  store(table: Table, rows: readonly Row[]): void;
  lose(cause: Loss['cause'], target: string, count: number): void;
  readonly meter: Meter;
  readonly random: Random;
}

export function createLogAnalyticsState(basics: StateBasics): LogAnalyticsState {
  const { clock } = basics;
  const settings = defaultSettings();
  const now = clock.now();
  const workspaces = new Map([[contoso.workspaceId as string, contosoWorkspace(now)]]);
  const losses: Loss[] = [];
  const table = (name: string, workspaceId: string = contoso.workspaceId): Table | undefined =>
    workspaces.get(workspaceId)?.tables.get(name);
  const lose = (cause: Loss['cause'], target: string, count: number): void => {
    if (count > 0) losses.push({ at: clock.now(), cause, target, count });
  };
  return {
    workspaces,
    rules: new Map([[contoso.dcrImmutableId as string, contosoRule(now)]]),
    settings,
    losses,
    table,
    rows: (name, workspaceId) => table(name, workspaceId)?.entries.map((entry) => entry.row) ?? [],
    store: (target, rows) => {
      if (settings.dailyCapReached) lose('daily-cap', target.name, rows.length);
      else append(target, rows, clock.now(), settings.maxRowsPerTable);
    },
    lose,
    meter: createMeter(clock, basics.quotaMinuteInMs),
    random: basics.random.fork('log-analytics'),
  };
}
