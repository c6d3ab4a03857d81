import { auditRecords } from './flows/audit-records.js';
import { runAsScript } from './lib/script.js';

await runAsScript(auditRecords);
