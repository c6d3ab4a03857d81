export { settleUnknown } from './query/settle-unknown.js';
export type { SettledRows, SettleUnknownOptions } from './query/settle-unknown.js';
export { lostRows } from './query/lost-rows.js';
export type { LostRows, LostRowsOptions } from './query/lost-rows.js';
export type { Query, Timespan } from './query/query-types.js';
