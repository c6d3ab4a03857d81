import { defineRule } from 'audit-rules';
import type { RuleDefinition } from 'audit-rules';

export const payrollDownload: RuleDefinition = defineRule({
  id: 'f8d6e5b2-53a5-4f0a-9d0e-0b8d4d1b7a10',
  title: 'Payroll file downloaded from outside the office',
  level: 'high',
  tags: ['attack.collection', 'attack.t1213.002'],
  recordType: 'SharePointFileOperation',
  operations: ['FileDownloaded'],
  match(record, fields) {
    if (!record.SourceFileName?.startsWith('payroll') || fields.has('audit.Network')) return undefined;
    return { SourceFileName: record.SourceFileName, address: fields.get('audit.ClientAddress') ?? '' };
  },
});
