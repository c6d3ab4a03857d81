import type { Alert, LoadOptions, RuleSet } from '../../src/index.js';
import { loadRules } from '../../src/index.js';

export const start: number = Date.UTC(2026, 10, 12, 8);

/** A record of an operation, so many seconds after the start. */
export function record(
  id: string,
  seconds: number,
  fields: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    Id: id,
    CreationTime: new Date(start + seconds * 1000).toISOString().slice(0, 19),
    OrganizationId: 'tenant-1',
    RecordType: 15,
    Workload: 'AzureActiveDirectory',
    Operation: 'A',
    UserId: 'ada@contoso.example',
    ...fields,
  };
}

/** Base rules `a`, `b` and `c`, one for each operation, and a correlation called `found`. */
export function loadCorrelation(correlation: object, options?: LoadOptions): Promise<RuleSet> {
  const bases = ['A', 'B', 'C'].map((operation) => ({
    title: operation,
    id: `base-${operation}`,
    name: operation.toLowerCase(),
    logsource: { product: 'm365' },
    detection: { selection: { Operation: operation }, condition: 'selection' },
  }));
  const rule = { title: 'Found', id: 'found', name: 'found', level: 'high', correlation };
  const text = [...bases, rule].map((document) => JSON.stringify(document)).join('\n---\n');
  return loadRules({ file: 'rules.yml', text }, options);
}

/** The last revision of each alert of `found`. */
export function latest(alerts: readonly Alert[]): Map<string, Alert> {
  return new Map(alerts.filter(({ ruleId }) => ruleId === 'found').map((alert) => [alert.id, alert]));
}
