import { ArgumentError } from '@repo/client-core';
import type { StreamType, TableColumn } from './columns.js';
import type { OutputColumn } from './kql/transform.js';

export interface StreamDeclaration {
  readonly columns: readonly { readonly name: string; readonly type: StreamType }[];
}

/** One way of a rule from a stream to a table. */
export interface DataFlow {
  readonly streams: string[];
  readonly destinations: string[];
  readonly transformKql: string;
  readonly outputStream: string;
}

/** What a table, or a migration, asks of a data collection rule. */
export interface RulePart {
  /** Columns that the transform makes, with their types; what is checked against the table before it is deployed. */
  outputColumns?(): readonly OutputColumn[];
  streamDeclaration(): Record<string, StreamDeclaration>;
  dataFlow(): DataFlow;
}

/** Properties of a rule of kind `Direct`, as its PUT and the ARM template have them. */
export interface RuleProperties {
  readonly streamDeclarations: Record<string, { columns: { name: string; type: StreamType }[] }>;
  readonly destinations: { logAnalytics: { workspaceResourceId: string; name: string }[] };
  readonly dataFlows: DataFlow[];
}

/** The rule's name for the workspace; it is not seen outside the rule. */
const destination = 'workspace';

export function streamDeclaration(
  stream: string,
  columns: readonly TableColumn[],
): Record<string, StreamDeclaration> {
  return { [stream]: { columns: columns.map(({ name, type }) => ({ name, type })) } };
}

/** Characters of a rule's transform. */
export const maxTransform = 15_360;

export function dataFlow(stream: string, table: string, transformKql: string): DataFlow {
  if (transformKql.length > maxTransform)
    throw new ArgumentError(
      'transformKql',
      `has ${transformKql.length} characters`,
      'A transform takes 15,360: shorten the column names, or split the table.',
    );
  return { streams: [stream], destinations: [destination], transformKql, outputStream: `Custom-${table}` };
}

/** One rule for several tables of a workspace. Throws ArgumentError over its documented 10 streams and 10 flows. */
export function ruleProperties(parts: readonly RulePart[], workspaceResourceId: string): RuleProperties {
  if (parts.length === 0 || parts.length > 10)
    throw new ArgumentError('tables', `are ${parts.length}`, 'A rule takes 1 to 10 streams: make several.');
  const streams = parts.flatMap((part) => Object.entries(part.streamDeclaration()));
  const twice = streams.find(([name], at) => streams.findIndex(([other]) => other === name) !== at);
  if (twice) throw new ArgumentError('tables', `have ${twice[0]} twice`, 'Name each table once.');
  return {
    streamDeclarations: Object.fromEntries(
      streams.map(([name, { columns }]) => [name, { columns: columns.map((column) => ({ ...column })) }]),
    ),
    destinations: { logAnalytics: [{ workspaceResourceId, name: destination }] },
    dataFlows: parts.map((part) => part.dataFlow()),
  };
}
