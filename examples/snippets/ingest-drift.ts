import { driftOf } from 'loganalytics-ingest/tables';
import type { TableDefinition } from 'loganalytics-ingest/tables';

/** `table` and `rule`: the JSON of the Tables API and the rule's JSON view, or what the Azure SDKs return. */
export function check(definition: TableDefinition<unknown>, table: unknown, rule: unknown): void {
  for (const { where, name, problem } of driftOf(definition, { table, rule }))
    console.log(`${where} ${name}: ${problem}`);
}
