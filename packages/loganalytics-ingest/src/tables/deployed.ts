import { ArgumentError } from '@repo/client-core';

/** A table as the Tables API, `az` or an SDK of Azure tells of it. */
export interface DeployedTable {
  readonly name: string;
  readonly plan: string | undefined;
  /** `Classic`, `DataCollectionRuleBased` or `Any`. */
  readonly subType: string | undefined;
  readonly retentionInDays: number | undefined;
  readonly totalRetentionInDays: number | undefined;
  /** Types in the spelling of a stream: `datetime`; `guid` stays. */
  readonly columns: readonly DeployedColumn[];
}

export interface DeployedColumn {
  readonly name: string;
  readonly type: string;
}

/** A rule as its JSON view, `az` or an SDK of Azure tells of it. */
export interface DeployedRule {
  readonly streams: ReadonlyMap<string, readonly DeployedColumn[]>;
  readonly flows: readonly DeployedFlow[];
  readonly kind: string | undefined;
  /** Names of the rule's workspaces. */
  readonly destinations: ReadonlySet<string>;
  /** Whether rows can be sent to it: by its own endpoint, or by a data collection endpoint. */
  readonly hasEndpoint: boolean;
  /** Whether this is a rule that was deployed, not only its properties. */
  readonly isDeployed: boolean;
}

/** `bool` and `double` are other words for types of a stream. */
export const normalizeType = (type: string): string =>
  ({ bool: 'boolean', double: 'real' })[type.toLowerCase()] ?? type.toLowerCase();

interface DeployedFlow {
  readonly streams: string[];
  readonly destinations: string[];
  readonly transformKql: string;
  readonly outputStream: string | undefined;
}

type Json = Readonly<Record<string, unknown>>;

export function readTable(json: unknown, path: string): DeployedTable {
  const properties = propertiesOf(json);
  const schema = object(properties['schema']);
  const name = text(schema['name']) ?? text(object(json)['name']);
  if (name === undefined || !Array.isArray(schema['columns']))
    throw new ArgumentError(
      path,
      'is not a table: it has no schema with name and columns',
      'Give the JSON of GET …/tables/{name}, or what the Azure SDK returns.',
    );
  return {
    // Some answers put the workspace before it.
    name: name.split('/').at(-1) ?? name,
    plan: text(properties['plan']),
    subType: text(schema['tableSubType']),
    retentionInDays: number(properties['retentionInDays']),
    totalRetentionInDays: number(properties['totalRetentionInDays']),
    columns: columns(schema['columns']),
  };
}

export function readRule(json: unknown, path: string): DeployedRule {
  const properties = propertiesOf(json);
  const { streamDeclarations, dataFlows } = properties;
  if (!Array.isArray(dataFlows))
    throw new ArgumentError(
      path,
      'is not a data collection rule: it has no dataFlows',
      "Give the rule's JSON view, or what the Azure SDK returns.",
    );
  return {
    streams: new Map(
      Object.entries(object(streamDeclarations)).map(([name, one]) => [
        name,
        columns(object(one)['columns']),
      ]),
    ),
    flows: dataFlows.map(object).map((flow) => ({
      streams: list(flow['streams']).map(String),
      destinations: list(flow['destinations']).map(String),
      transformKql: text(flow['transformKql']) ?? 'source',
      outputStream: text(flow['outputStream']),
    })),
    kind: text(object(json)['kind']),
    destinations: new Set(
      list(object(properties['destinations'])['logAnalytics']).map((one) => String(object(one)['name'])),
    ),
    hasEndpoint:
      text(object(properties['endpoints'])['logsIngestion']) !== undefined ||
      text(properties['dataCollectionEndpointId']) !== undefined,
    isDeployed: text(properties['immutableId']) !== undefined,
  };
}

/** REST nests in `properties`, the SDKs do not. */
function propertiesOf(json: unknown): Json {
  const outer = object(json);
  return 'properties' in outer ? object(outer['properties']) : outer;
}

function columns(value: unknown): DeployedColumn[] {
  return list(value)
    .map(object)
    .flatMap((column) => {
      const name = text(column['name']);
      return name === undefined ? [] : [{ name, type: (text(column['type']) ?? '').toLowerCase() }];
    });
}

const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
