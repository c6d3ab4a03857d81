import { MonitorClient } from '@azure/arm-monitor';
import { OperationalInsightsManagementClient } from '@azure/arm-operationalinsights';
import { ruleProperties } from 'loganalytics-ingest/tables';
import type { Deployable } from 'loganalytics-ingest/tables';
import type { TokenCredential } from 'mcas-client';

/** There is no such workspace in the subscription, as far as this identity can see. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
}
/** This identity may not do it; the message names what it needs. */
export class ForbiddenError extends Error {
  override readonly name = 'ForbiddenError';
}
/** The workspace is there, but not the table, rule or key that was asked for. */
export class MissingError extends Error {
  override readonly name = 'MissingError';
}

export interface Workspace {
  name: string;
  /** The workspace id (a GUID) that the Data Collector API goes by. */
  customerId: string;
  resourceId: string;
  resourceGroup: string;
  location: string;
}

export interface DeployedWay {
  ruleId: string;
  endpoint: string;
}

export interface Arm {
  findWorkspace(name: string): Promise<Workspace>;
  sharedKeys(workspace: Workspace): Promise<{ primary: string; secondary: string }>;
  /** The JSON of a table, or MissingError. */
  table(workspace: Workspace, name: string): Promise<object>;
  /** The JSON of a rule, or MissingError. */
  rule(workspace: Workspace, name: string): Promise<object>;
  migrate(workspace: Workspace, table: string): Promise<void>;
  /**
   * Tables first: a rule is refused while its table is not there. A rule is replaced whole: one that has streams of
   * others is a ConflictError.
   */
  deploy(workspace: Workspace, parts: readonly Deployable[], ruleName: string): Promise<DeployedWay>;
}

/** Deploying would remove what is there. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

/** Azure Resource Manager through Microsoft's own SDKs. */
export function createArm(credential: TokenCredential, subscriptionId: string, options: object = {}): Arm {
  const insights = new OperationalInsightsManagementClient(credential, subscriptionId, options);
  const monitor = new MonitorClient(credential, subscriptionId, options);
  return {
    async findWorkspace(name) {
      const names: string[] = [];
      const all = async (): Promise<Workspace | undefined> => {
        for await (const one of insights.workspaces.list()) {
          names.push(one.name ?? '');
          if (one.name?.toLowerCase() !== name.toLowerCase()) continue;
          const { id = '', customerId = '', location } = one;
          const resourceGroup = /\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? '';
          return { name: one.name, customerId, resourceId: id, resourceGroup, location };
        }
        return undefined;
      };
      const found = await asked('list the workspaces', 'Reader on the subscription', all);
      if (found) return found;
      throw new NotFoundError(
        `No workspace ${name} in subscription ${subscriptionId}. Visible there: ${names.join(', ') || 'none'}.`,
      );
    },
    async sharedKeys({ resourceGroup, name }) {
      const keys = await asked('read the keys', 'Log Analytics Contributor on the workspace', () =>
        insights.sharedKeys.getSharedKeys(resourceGroup, name),
      );
      const { primarySharedKey: primary, secondarySharedKey: secondary } = keys;
      if (!primary || !secondary) throw new MissingError(`The workspace ${name} has no shared keys.`);
      return { primary, secondary };
    },
    table: ({ resourceGroup, name }, table) =>
      asked('read the table', 'Log Analytics Reader on the workspace', () =>
        insights.tables.get(resourceGroup, name, table),
      ).catch(missing(`The workspace ${name} has no table ${table}.`)),
    rule: ({ resourceGroup }, rule) =>
      asked('read the rule', 'Monitoring Reader on the resource group', () =>
        monitor.dataCollectionRules.get(resourceGroup, rule),
      ).catch(missing(`The resource group ${resourceGroup} has no data collection rule ${rule}.`)),
    migrate: ({ resourceGroup, name }, table) =>
      asked('migrate the table', 'Log Analytics Contributor on the workspace', async () => {
        await insights.tables.migrate(resourceGroup, name, table);
      }).catch(missing(`The workspace ${name} has no table ${table}.`)),
    async deploy({ resourceGroup, name, resourceId, location }, parts, ruleName) {
      const ours = new Set(parts.flatMap((part) => part.dataFlow().streams));
      const there = await asked('read the rule', 'Monitoring Reader on the resource group', () =>
        monitor.dataCollectionRules.get(resourceGroup, ruleName),
      ).catch(unlessMissing);
      const flows = (there?.dataFlows ?? []).flatMap(({ streams = [] }) => streams);
      const others = new Set(
        [...flows, ...Object.keys(there?.streamDeclarations ?? {})].filter((stream) => !ours.has(stream)),
      );
      if (others.size > 0)
        throw new ConflictError(
          `The rule ${ruleName} has other streams, which deploying would remove: ${[...others].join(', ')}. Name a rule of its own.`,
        );
      for (const part of parts) {
        const body = part.tableBody?.().properties;
        if (!body) continue;
        const schema = { ...body.schema, columns: body.schema.columns.map((column) => ({ ...column })) };
        await asked('create the table', 'Log Analytics Contributor on the workspace', async () => {
          await insights.tables.createOrUpdate(resourceGroup, name, part.name, { ...body, schema });
        });
      }
      const properties = ruleProperties(parts, resourceId);
      const body = { location, kind: 'Direct', ...properties };
      const rule = await asked('create the rule', 'Monitoring Contributor on the resource group', () =>
        monitor.dataCollectionRules.create(resourceGroup, ruleName, { body }),
      );
      const endpoint = rule.endpoints?.logsIngestion;
      if (!rule.immutableId || !endpoint)
        throw new MissingError(
          `The rule ${ruleName} has no endpoint of its own: it was first made with another kind than Direct. Use another name.`,
        );
      return { ruleId: rule.immutableId, endpoint };
    },
  };
}

/** A 403 of ARM as our error: its own text names an object id, not what to ask an administrator for. */
async function asked<T>(what: string, role: string, work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 403) throw error;
    throw new ForbiddenError(`This identity may not ${what}. Ask for: ${role}.`, { cause: error });
  }
}

function unlessMissing(error: unknown): undefined {
  if ((error as { statusCode?: number }).statusCode !== 404) throw error;
}

function missing(message: string): (error: unknown) => never {
  return (error) => {
    if ((error as { statusCode?: number }).statusCode !== 404) throw error;
    throw new MissingError(message, { cause: error });
  };
}
