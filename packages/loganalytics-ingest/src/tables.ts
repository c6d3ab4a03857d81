export { defineTable } from './tables/define.js';
export type {
  RowIssue,
  RowValidation,
  StreamDeclaration,
  TableBody,
  TableDefinition,
  TableOptions,
} from './tables/define.js';
export type { StreamType, TableColumn } from './tables/columns.js';
