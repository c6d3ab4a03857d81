import { ArgumentError } from '@repo/client-core';
import type { TableColumn } from './columns.js';

export type TablePlan = 'Analytics' | 'Basic' | 'Auxiliary';

const plans: readonly TablePlan[] = ['Analytics', 'Basic', 'Auxiliary'];

/** What a table's body says besides its columns. */
export interface TableSettings {
  /** Default `Analytics`. */
  readonly plan?: TablePlan | undefined;
  /** Days in the table, 4 to 730. Default: the workspace's. Plan Analytics only. */
  readonly retentionInDays?: number | undefined;
  /** Days with long-term retention, 4 to 4,383 and not below `retentionInDays`. Default: the same. */
  readonly totalRetentionInDays?: number | undefined;
  /** At most 256 characters. */
  readonly description?: string | undefined;
  /**
   * `true` writes `dataTypeHint` for `uuid`, `url` and `ip` columns. Default `false`: the service is reported to refuse
   * some of them (MSG 1011), and the hint changes nothing that is stored.
   */
  readonly dataTypeHints?: boolean | undefined;
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
export function checkTableSettings(settings: TableSettings): void {
  const { plan = 'Analytics', retentionInDays, totalRetentionInDays, description = '' } = settings;
  if (!plans.includes(plan))
    throw new ArgumentError('options.plan', `is ${plan as string}`, `Give one of ${plans.join(', ')}.`);
  if (description.length > 256)
    throw new ArgumentError(
      'options.description',
      `has ${description.length} characters`,
      'The service takes 256.',
    );
  if (retentionInDays !== undefined && plan !== 'Analytics')
    throw new ArgumentError(
      'options.retentionInDays',
      `is read-only in the plan ${plan}`,
      'Leave it out, or set totalRetentionInDays.',
    );
  checkDays('retentionInDays', retentionInDays, 730);
  checkDays('totalRetentionInDays', totalRetentionInDays, 4383);
  if ((totalRetentionInDays ?? Infinity) < (retentionInDays ?? 0))
    throw new ArgumentError(
      'options.totalRetentionInDays',
      `is ${totalRetentionInDays}, below retentionInDays ${retentionInDays}`,
      'Give at least as many days.',
    );
}

function checkDays(name: string, days: number | undefined, most: number): void {
  if (days === undefined) return;
  if (!Number.isInteger(days) || days < 4 || days > most)
    throw new ArgumentError(
      `options.${name}`,
      `is ${days}`,
      `Give 4 to ${most} days, or leave it out for the default.`,
    );
}

export function tableBody(
  name: string,
  columns: readonly TableColumn[],
  settings: TableSettings = {},
): TableBody {
  const { plan = 'Analytics', retentionInDays, totalRetentionInDays, description } = settings;
  const { dataTypeHints = false } = settings;
  return {
    properties: {
      plan,
      ...(retentionInDays !== undefined && { retentionInDays }),
      ...(totalRetentionInDays !== undefined && { totalRetentionInDays }),
      schema: {
        name,
        ...(description !== undefined && { description }),
        columns: columns.map(({ name: column, type, dataTypeHint }) => ({
          name: column,
          type: type === 'datetime' ? 'dateTime' : type,
          ...(dataTypeHints && dataTypeHint && { dataTypeHint }),
        })),
      },
    },
  };
}
