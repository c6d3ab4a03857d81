import type { Column } from './columns.js';

/** Where rows of a stream go. */
export interface DataFlow {
  readonly streams: readonly string[];
  readonly destinations: readonly string[];
  readonly transformKql?: string;
  /** `Custom-<Table>`; without it the stream's own name. */
  readonly outputStream?: string;
}

/** A data collection rule. */
export interface DataCollectionRule {
  /** `dcr-` and 32 hexadecimal digits. */
  readonly immutableId: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly kind?: string;
  readonly tags?: Record<string, string>;
  /** Columns by stream name; stream names start with `Custom-`. */
  readonly streams: ReadonlyMap<string, readonly Column[]>;
  /** Workspace ids by destination name. */
  readonly destinations: ReadonlyMap<string, string>;
  readonly dataFlows: readonly DataFlow[];
  /** Its own ingestion endpoint: rules of kind `Direct` have one. */
  readonly endpoint?: string;
  /** Until then its streams are answered with InvalidStream. */
  readyAt: number;
  /** Until then every identity is answered with 403. */
  grantedAt: number;
  /** Until then ARM says `Updating`. */
  provisionedAt: number;
}

export function ruleResourceId(
  rule: Pick<DataCollectionRule, 'subscriptionId' | 'resourceGroup' | 'name'>,
): string {
  return (
    `/subscriptions/${rule.subscriptionId}/resourceGroups/${rule.resourceGroup}` +
    `/providers/Microsoft.Insights/dataCollectionRules/${rule.name}`
  );
}

/** The flow that takes a stream's rows, and the table they end in. */
export function flowOf(
  rule: Pick<DataCollectionRule, 'dataFlows' | 'destinations'>,
  stream: string,
): { flow: DataFlow; tableName: string; workspaceId: string } | undefined {
  const flow = rule.dataFlows.find((one) => one.streams.includes(stream));
  const workspaceId = flow && rule.destinations.get(flow.destinations[0] ?? '');
  if (!flow || workspaceId === undefined) return undefined;
  return { flow, workspaceId, tableName: (flow.outputStream ?? stream).replace(/^(Custom|Microsoft)-/, '') };
}
