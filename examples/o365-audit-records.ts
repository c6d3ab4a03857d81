/**
 * Every audit record of a span as one row each of AuditRecords_CL, read back and counted.
 *
 *     pnpm example o365-audit-records [--emulated] [--hours 24]
 */
import { auditRecords } from './flows/audit-records.js';
import { runAsScript } from './lib/script.js';

await runAsScript(auditRecords);
