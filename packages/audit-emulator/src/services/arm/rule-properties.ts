import { checkTransform } from '../log-analytics/kql/transform-rules.js';
import { columnType } from '../log-analytics/columns.js';
import type { Column } from '../log-analytics/columns.js';
import type { DataCollectionRule, DataFlow } from '../log-analytics/rules.js';
import { flowOf } from '../log-analytics/rules.js';
import { workspaceResourceId } from '../log-analytics/workspaces.js';
import type { EmulatorState } from '../../server/emulator-state.js';
import { list, record, same, stringOf } from './request.js';

type Properties = Pick<DataCollectionRule, 'streams' | 'destinations' | 'dataFlows'>;

export interface Defect {
  readonly code: string;
  readonly message: string;
  readonly target: string;
}

/** Streams, destinations and flows of a rule's PUT, with every defect that the service would refuse it for. */
export function readProperties(
  value: unknown,
  state: EmulatorState,
): { properties: Properties; defects: Defect[] } {
  const { streamDeclarations, destinations, dataFlows } = record(value);
  const defects: Defect[] = [];
  const defect = (code: string, message: string, target: string): void =>
    void defects.push({ code, message, target: `properties.${target}` });

  const streams = new Map<string, readonly Column[]>();
  for (const [name, declaration] of Object.entries(record(streamDeclarations))) {
    if (!name.startsWith('Custom-')) {
      defect('InvalidStream', `The stream ${name} must start with Custom-.`, 'streamDeclarations');
    }
    const columns = list(record(declaration)['columns']).map((one) => readColumn(record(one)));
    if (columns.includes(undefined)) {
      defect(
        'InvalidStreamDeclaration',
        `The stream ${name} has a column without name or type.`,
        'streamDeclarations',
      );
    }
    streams.set(
      name,
      columns.filter((column) => column !== undefined),
    );
  }

  const targets = new Map<string, string>();
  for (const one of list(record(destinations)['logAnalytics']).map(record)) {
    const id = stringOf(one['workspaceResourceId']) ?? '';
    const workspace = [...state.logAnalytics.workspaces.values()].find((other) =>
      same(workspaceResourceId(other), id),
    );
    if (workspace) targets.set(stringOf(one['name']) ?? '', workspace.id);
    else defect('InvalidDestination', 'A destination workspace does not exist.', 'destinations.logAnalytics');
  }

  const flows = list(dataFlows).map((one) => readFlow(record(one)));
  const properties: Properties = { streams, destinations: targets, dataFlows: flows };
  flows.forEach((flow, at) => {
    for (const name of flow.streams) {
      const { tableName = '', workspaceId = '' } = flowOf({ ...properties, dataFlows: [flow] }, name) ?? {};
      const table = state.logAnalytics.table(tableName, workspaceId);
      if (!table) {
        const message = `Table for output stream '${flow.outputStream ?? name}' is not available for destination.`;
        defect('InvalidOutputTable', message, `dataFlows[${at}]`);
      }
      const problem =
        table && checkTransform(flow.transformKql ?? 'source', streams.get(name) ?? [], table.columns);
      if (problem) defect(problem.code, problem.message, `dataFlows[${at}].transformKql`);
    }
  });
  for (const [name, size] of Object.entries({ streamDeclarations: streams.size, dataFlows: flows.length })) {
    if (size > 10) defect('InvalidPayload', `At most 10 ${name} are allowed.`, name);
  }
  return { properties, defects };
}

function readColumn(column: Record<string, unknown>): Column | undefined {
  const [name, type] = [stringOf(column['name']), columnType(column['type'])];
  // A stream has no type guid.
  return name === undefined || type === undefined || type === 'guid' ? undefined : { name, type };
}

function readFlow(flow: Record<string, unknown>): DataFlow {
  const [transformKql, outputStream] = [stringOf(flow['transformKql']), stringOf(flow['outputStream'])];
  return {
    streams: list(flow['streams']).map(String),
    destinations: list(flow['destinations']).map(String),
    ...(transformKql !== undefined && { transformKql }),
    ...(outputStream !== undefined && { outputStream }),
  };
}
