import { activityLog } from './flows/activity-log.js';
import { runAsScript } from './lib/script.js';

await runAsScript(activityLog);
