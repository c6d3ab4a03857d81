import { ArgumentError } from '@repo/client-core';
import type { TableDefinition } from './define-table.js';
import { normalizeType, readRule, readTable } from './deployed.js';
import type { DeployedColumn, DeployedRule } from './deployed.js';
import type { OutputColumn } from './kql/transform.js';

/** A difference between a definition and what is deployed. */
export interface Drift {
  readonly where: 'table' | 'stream' | 'flow' | 'rule';
  /** The column, stream or property it is about. */
  readonly name: string;
  /**
   * `missing`: defined, not deployed. `extra`: deployed, not defined; rows lose nothing by it. `refused`: the service
   * would refuse the definition's rule for this table, for the difference of `expected` and `found`.
   */
  readonly problem: 'missing' | 'extra' | 'different' | 'refused';
  readonly expected?: string;
  readonly found?: string;
}

/**
 * Holds a definition against the JSON of its table, its rule, or both: what is missing there is dropped from every row
 * without a word. Empty when nothing differs. Throws ArgumentError when the JSON is something else.
 */
export function driftOf(
  table: TableDefinition<unknown>,
  deployed: { readonly table?: unknown; readonly rule?: unknown },
): Drift[] {
  const found: Drift[] = [];
  if (deployed.table !== undefined) {
    const { name, plan, subType, columns, ...days } = readTable(deployed.table, 'deployed.table');
    if (name !== table.name)
      throw new ArgumentError('deployed.table', `is the table ${name}`, `Give that of ${table.name}.`);
    const wanted = table.tableBody().properties;
    // An answer without a plan says nothing about it.
    if (plan !== undefined) found.push(...differs('table', 'plan', wanted.plan, plan));
    if (subType === 'Classic')
      found.push(...differs('table', 'tableSubType', 'DataCollectionRuleBased', subType));
    for (const name of ['retentionInDays', 'totalRetentionInDays'] as const)
      if (wanted[name] !== undefined && days[name] !== undefined)
        found.push(...differs('table', name, String(wanted[name]), String(days[name])));
    found.push(...columnDrift('table', table.columns, columns, table.outputColumns?.() ?? []));
  }
  if (deployed.rule !== undefined) found.push(...ruleDrift(table, readRule(deployed.rule, 'deployed.rule')));
  return found;
}

function ruleDrift(table: TableDefinition<unknown>, rule: DeployedRule): Drift[] {
  const { stream } = table;
  const wanted = table.dataFlow();
  const declared = rule.streams.get(stream);
  if (!declared) return [{ where: 'rule', name: stream, problem: 'missing' }];
  const found = settingsDrift(rule);
  found.push(...columnDrift('stream', table.streamDeclaration()[stream]?.columns ?? [], declared));
  const flow = rule.flows.find((one) => one.streams.includes(stream));
  if (!flow) found.push({ where: 'flow', name: stream, problem: 'missing' });
  else
    found.push(
      ...differs('flow', 'transformKql', squeezed(wanted.transformKql), squeezed(flow.transformKql)),
      ...differs('flow', 'outputStream', wanted.outputStream, flow.outputStream ?? stream),
      ...flow.destinations
        .filter((name) => !rule.destinations.has(name))
        .map((name): Drift => ({ where: 'flow', name: 'destinations', problem: 'missing', expected: name })),
    );
  return found;
}

function settingsDrift({ kind, hasEndpoint, isDeployed }: DeployedRule): Drift[] {
  // The endpoint cannot be added to a rule: it is made with one, or gets a data collection endpoint.
  if (!isDeployed || hasEndpoint) return [];
  return [
    ...(kind === undefined ? [] : differs('rule', 'kind', 'Direct', kind)),
    { where: 'rule', name: 'endpoint', problem: 'missing' },
  ];
}

function columnDrift(
  where: 'table' | 'stream',
  wanted: readonly DeployedColumn[],
  found: readonly DeployedColumn[],
  produced: readonly OutputColumn[] = [],
): Drift[] {
  const deployed = new Map(found.map((column) => [column.name, normalizeType(column.type)]));
  const defined = new Set(wanted.map((column) => column.name));
  return [
    ...wanted.flatMap(({ name, type }): Drift[] => {
      const other = deployed.get(name);
      if (other !== undefined) {
        const made = produced.find((one) => one.name === name)?.type;
        if (made === undefined || made === other) return differs(where, name, made ?? type, other);
        return [{ where, name, problem: 'refused', expected: made, found: other }];
      }
      return [{ where, name, problem: 'missing', expected: type }];
    }),
    ...found
      .filter(({ name }) => !defined.has(name))
      .map(({ name, type }): Drift => ({ where, name, problem: 'extra', found: type })),
  ];
}

function differs(where: Drift['where'], name: string, expected: string, found: string): Drift[] {
  return expected === found ? [] : [{ where, name, problem: 'different', expected, found }];
}

/** Layout does not change a query. */
const squeezed = (kql: string): string => kql.replace(/\s+/g, ' ').trim();
