import type { ColumnType } from '../columns.js';
import type { Row } from '../tables.js';

export type Type = ColumnType | 'timespan';

export interface FrameColumn {
  readonly name: string;
  readonly type: Type;
}

/** Columns and rows between two operators. Values are those of `values.ts`. */
export interface Frame {
  readonly columns: readonly FrameColumn[];
  readonly rows: readonly Row[];
}

/** Hidden column of every row: when it was received. */
export const receivedColumn = '$received';
