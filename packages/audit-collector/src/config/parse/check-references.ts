import type { Problem } from './describe-issue.js';
import { nearMiss } from './near-miss.js';
import type { CollectorConfig } from '../types.js';

type Table = Readonly<Record<string, unknown>>;

/** Names that point nowhere, values that a tenant does not give, data that would leave its cloud. */
export function checkReferences(config: CollectorConfig): Problem[] {
  const problems: Problem[] = [];
  const refer = (path: (string | number)[], name: string, table: Table, kind: string): void => {
    if (Object.hasOwn(table, name)) return;
    const meant = nearMiss(name, Object.keys(table));
    problems.push({
      path,
      problem: `there is no ${kind} of this name${meant ? `. Did you mean ${meant}?` : `. There are: ${Object.keys(table).join(', ') || 'none'}`}`,
      atKey: false,
    });
  };
  for (const [name, tenant] of Object.entries(config.tenants))
    refer(['tenants', name, 'identity'], tenant.identity, config.identities, 'identity');
  for (const [name, output] of Object.entries(config.outputs))
    if (output.type === 'logs-ingestion')
      refer(['outputs', name, 'identity'], output.identity, config.identities, 'identity');
  for (const [name, pipeline] of Object.entries(config.pipelines)) {
    const path = ['pipelines', name];
    for (const [index, output] of pipeline.outputs.entries())
      refer([...path, 'outputs', index], output, config.outputs, 'output');
    if (Array.isArray(pipeline.tenants))
      for (const [index, tenant] of pipeline.tenants.entries())
        refer([...path, 'tenants', index], tenant, config.tenants, 'tenant');
    problems.push(...checkPipeline(config, name));
  }
  return problems;
}

/** What a pipeline asks of each of its tenants. */
function checkPipeline(config: CollectorConfig, name: string): Problem[] {
  const pipeline = config.pipelines[name];
  if (!pipeline || pipeline.source.type === 'ndjson') return [];
  const problems: Problem[] = [];
  for (const tenantName of tenantsOf(config, name)) {
    const tenant = config.tenants[tenantName];
    if (!tenant) continue;
    const add = (problem: string): void =>
      void problems.push({ path: ['tenants', tenantName], problem, atKey: true });
    if (pipeline.source.type !== 'o365' && !tenant.mcas)
      add(`pipeline ${name} reads Cloud App Security, but this tenant has no mcas.url`);
    for (const [output, key, wanted] of pipeline.outputs.flatMap((one) => wantedValues(config, one)))
      if (tenant.values?.[wanted] === undefined)
        add(`output ${output} needs ${wanted} for its ${key}: add it to values of this tenant`);
  }
  return problems;
}

/** Which values of a tenant an output asks for: output, key, name of the value. */
function wantedValues(config: CollectorConfig, outputName: string): [string, string, string][] {
  const output = config.outputs[outputName] ?? {};
  return Object.entries(output).flatMap(([key, value]: [string, unknown]): [string, string, string][] => {
    const wanted = typeof value === 'string' ? tenantValueName(value) : undefined;
    return wanted === undefined ? [] : [[outputName, key, wanted]];
  });
}

/** Names of the tenants a pipeline runs for. */
export function tenantsOf(config: CollectorConfig, pipelineName: string): string[] {
  const tenants = config.pipelines[pipelineName]?.tenants ?? 'all';
  return tenants === 'all' ? Object.keys(config.tenants) : tenants;
}

/** `ruleId` of `${tenant.ruleId}`. */
export function tenantValueName(text: string): string | undefined {
  return /^\$\{tenant\.([A-Za-z0-9_-]+)\}$/.exec(text)?.[1];
}
