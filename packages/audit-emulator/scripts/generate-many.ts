/**
 * Streams generated audit records and drops them: what any number costs in time and memory.
 * `node --conditions=@repo/source --import tsx scripts/generate-many.ts [count]`
 */
import { generateAuditRecords } from '../src/data/audit/index.js';

const count = Number(process.argv[2] ?? 10_000_000);
if (!Number.isSafeInteger(count) || count < 1) throw new TypeError('The count is a whole number from 1.');

const from = Date.UTC(2026, 0, 1);
const started = performance.now();
let bytes = 0;
for (const { text } of generateAuditRecords({ seed: 'contoso', count, from, to: from + 7 * 86_400_000 }))
  bytes += text.length;
const seconds = (performance.now() - started) / 1000;
// Node gives maxRSS in KiB.
const peak = process.resourceUsage().maxRSS / 1024;
console.log(
  `${count} records, ${(bytes / 1e6).toFixed(0)} million characters, ${seconds.toFixed(1)} s, ` +
    `${Math.round(count / seconds)} records/s, peak RSS ${peak.toFixed(0)} MiB`,
);
