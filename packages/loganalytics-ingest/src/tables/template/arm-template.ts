import { buildTemplate } from './build-template.js';
import type { Deployable, TemplateOptions } from './build-template.js';
import { getResource, isExpression } from './template.js';
import type { Expression, Template, TemplateResource } from './template.js';

export interface ArmResource {
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly location?: string;
  readonly kind?: string;
  readonly condition?: string;
  readonly scope?: string;
  readonly dependsOn?: readonly string[];
  readonly properties: object;
}

/** A resource group deployment; `JSON.stringify` makes the file. */
export interface ArmTemplate {
  readonly $schema: string;
  readonly contentVersion: string;
  readonly parameters: Readonly<Record<string, ArmParameter>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly resources: readonly ArmResource[];
  readonly outputs: Readonly<Record<string, { type: 'string'; value: string }>>;
}

export interface ArmParameter {
  readonly type: 'string';
  readonly defaultValue?: string;
  readonly allowedValues?: readonly string[];
  readonly metadata: { readonly description: string };
}

/**
 * Tables, one rule of kind `Direct` for all of them, the role of the identity that writes, and the setting that makes the
 * rule's errors visible. Outputs `ruleId` (the immutable id) and `endpoint` are what the client needs. Throws
 * ArgumentError for more than 10 tables, and for a rule that Azure would refuse.
 */
export function armTemplate(tables: readonly Deployable[], options?: TemplateOptions): ArmTemplate {
  const template = buildTemplate(tables, options);
  const hasWorkspace = template.resources.some(({ symbol }) => symbol === 'workspace');
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: Object.fromEntries(
      template.parameters.map(({ name, description, defaultValue, allowed }) => [
        name,
        {
          type: 'string' as const,
          ...(defaultValue !== undefined && { defaultValue: String(toArm(template, defaultValue)) }),
          ...(allowed && { allowedValues: allowed }),
          metadata: { description },
        },
      ]),
    ),
    variables: hasWorkspace
      ? { workspaceId: `[${printId(template, getResource(template, 'workspace'))}]` }
      : {},
    resources: template.resources
      .filter(({ isExisting }) => !isExisting)
      .map((resource) => toResource(template, resource)),
    outputs: Object.fromEntries(
      Object.entries(template.outputs).map(([name, value]) => [
        name,
        { type: 'string', value: `[${print(template, value)}]` },
      ]),
    ),
  };
}

function toResource(template: Template, resource: TemplateResource): ArmResource {
  const { type, apiVersion, scope, parent, location, kind, unlessEmpty, properties = {} } = resource;
  const dependsOn = [
    ...(resource.dependsOn ?? []),
    ...(scope === undefined ? [] : [scope]),
    ...used(properties),
  ];
  const ids = [...new Set(dependsOn)]
    .map((symbol) => getResource(template, symbol))
    .filter(({ isExisting }) => !isExisting)
    .map((other) => `[${printId(template, other)}]`);
  return {
    ...(unlessEmpty !== undefined && { condition: `[not(empty(parameters('${unlessEmpty}')))]` }),
    type,
    apiVersion,
    ...(scope !== undefined && { scope: printScope(template, getResource(template, scope)) }),
    name:
      parent === undefined || typeof resource.name !== 'string'
        ? String(toArm(template, resource.name))
        : `[format('{0}/${resource.name}', ${print(template, getResource(template, parent).name)})]`,
    ...(location && { location: `[${print(template, location)}]` }),
    ...(kind !== undefined && { kind }),
    ...(ids.length > 0 && { dependsOn: ids }),
    properties: toArm(template, properties) as object,
  };
}

/** Symbols of resources whose ids the properties hold. */
function used(value: unknown): string[] {
  if (isExpression(value)) return value.$ === 'id' ? [value.symbol] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(used) : [];
}

/** A text that begins with a bracket would be an expression in a template. */
function toArm(template: Template, value: unknown): unknown {
  if (isExpression(value)) return `[${print(template, value)}]`;
  if (typeof value === 'string') return value.startsWith('[') ? `[${value}` : value;
  if (Array.isArray(value)) return value.map((item) => toArm(template, item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toArm(template, inner)]));
}

function print(template: Template, value: string | Expression): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  switch (value.$) {
    case 'parameter':
      return `parameters('${value.name}')`;
    case 'id':
      return value.symbol === 'workspace'
        ? "variables('workspaceId')"
        : printId(template, getResource(template, value.symbol));
    case 'property': {
      const resource = getResource(template, value.symbol);
      return `reference(${printId(template, resource)}, '${resource.apiVersion}').${value.path}`;
    }
    case 'resourceGroup':
      return `resourceGroup().${value.property}`;
    case 'call':
      return `${value.name}(${value.args.map((arg) => print(template, arg)).join(', ')})`;
  }
}

function printId(template: Template, { type, name, parent }: TemplateResource): string {
  const names = parent === undefined ? [name] : [getResource(template, parent).name, name];
  return `resourceId('${type}', ${names.map((one) => print(template, one)).join(', ')})`;
}

const printScope = (template: Template, { type, name }: TemplateResource): string =>
  `[format('${type}/{0}', ${print(template, name)})]`;
