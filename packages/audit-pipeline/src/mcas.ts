export { activityId, mcasSource } from './sources/mcas-source.js';
export type { McasSourceOptions } from './sources/mcas-source.js';
export { mcasAlertSource } from './sources/mcas-alert-source.js';
export type { AlertUnit, McasAlertSourceOptions } from './sources/mcas-alert-source.js';
export { activityRow } from './rows/activity-row.js';
export type { ActivityRowOptions } from './rows/activity-row.js';
export { alertRow } from './rows/alert-row.js';
