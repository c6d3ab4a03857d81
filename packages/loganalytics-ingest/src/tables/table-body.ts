import { ArgumentError } from '@repo/client-core';
import type { TableColumn } from './columns.js';

export type TablePlan = 'Analytics' | 'Basic' | 'Auxiliary';

/** What a table's body says besides its columns. */
export interface TableSettings {
  /** Default `Analytics`. */
  readonly plan?: TablePlan;
  /** Days in the table, 4 to 730, or -1 for the workspace's default. Plan Analytics only. */
  readonly retentionInDays?: number;
  /** Days with long-term retention, 4 to 4,383, or -1 for the same as `retentionInDays`. */
  readonly totalRetentionInDays?: number;
  readonly description?: string;
}

/** Body of `PUT …/tables/{name}?api-version=2025-07-01`. */
export interface TableBody {
  readonly properties: {
    readonly plan: TablePlan;
    readonly retentionInDays?: number;
    readonly totalRetentionInDays?: number;
    readonly schema: {
      readonly name: string;
      readonly description?: string;
      readonly columns: readonly {
        readonly name: string;
        readonly type: string;
        readonly dataTypeHint?: string;
      }[];
    };
  };
}

/** The Tables API refuses these too, but only after a deployment has begun. */
export function checkRetention(settings: TableSettings): void {
  const { plan = 'Analytics', retentionInDays, totalRetentionInDays } = settings;
  if (retentionInDays !== undefined && plan !== 'Analytics')
    throw new ArgumentError(
      'options.retentionInDays',
      `is read-only in the plan ${plan}`,
      'Leave it out, or set totalRetentionInDays.',
    );
  checkDays('retentionInDays', retentionInDays, 730);
  checkDays('totalRetentionInDays', totalRetentionInDays, 4383);
}

function checkDays(name: string, days: number | undefined, most: number): void {
  if (days === undefined || days === -1) return;
  if (!Number.isInteger(days) || days < 4 || days > most)
    throw new ArgumentError(`options.${name}`, `is ${days}`, `Give 4 to ${most} days, or -1.`);
}

export function tableBody(
  name: string,
  columns: readonly TableColumn[],
  settings: TableSettings = {},
): TableBody {
  const { plan = 'Analytics', retentionInDays, totalRetentionInDays, description } = settings;
  return {
    properties: {
      plan,
      ...(retentionInDays !== undefined && { retentionInDays }),
      ...(totalRetentionInDays !== undefined && { totalRetentionInDays }),
      schema: {
        name,
        ...(description !== undefined && { description }),
        columns: columns.map((column) => ({
          ...column,
          type: column.type === 'datetime' ? 'dateTime' : column.type,
        })),
      },
    },
  };
}
