/**
 * Every activity of the last day as one row each of MCAS_Activity_Log_CL, read back and counted.
 *
 *     pnpm example mcas-activity-log [--emulated] [--hours 24]
 */
import { activityLog } from './flows/activity-log.js';
import { runAsScript } from './lib/script.js';

await runAsScript(activityLog);
