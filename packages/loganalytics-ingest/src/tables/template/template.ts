/** A deployment as data: what the ARM template and the Bicep file are printed from. */
export interface Template {
  readonly parameters: readonly TemplateParameter[];
  readonly resources: readonly TemplateResource[];
  readonly outputs: Readonly<Record<string, Expression>>;
}

export interface TemplateParameter {
  readonly name: string;
  readonly description: string;
  /** Without one the parameter is required. */
  readonly defaultValue?: string | Expression | undefined;
  readonly allowed?: readonly string[] | undefined;
}

export interface TemplateResource {
  readonly symbol: string;
  readonly type: string;
  readonly apiVersion: string;
  /** Not deployed: only referred to. */
  readonly isExisting?: boolean;
  readonly name: string | Expression;
  /** Symbols of other resources. */
  readonly parent?: string;
  readonly scope?: string;
  readonly dependsOn?: readonly string[];
  readonly location?: Expression;
  readonly kind?: string;
  /** Deployed only if this parameter is not empty. */
  readonly unlessEmpty?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** What is computed when the template is deployed. */
export type Expression =
  | { readonly $: 'parameter'; readonly name: string }
  /** The id of a resource. */
  | { readonly $: 'id'; readonly symbol: string }
  /** A property that a deployed resource has. */
  | { readonly $: 'property'; readonly symbol: string; readonly path: string }
  | { readonly $: 'resourceGroup'; readonly property: 'id' | 'location' }
  | { readonly $: 'call'; readonly name: string; readonly args: readonly (string | Expression)[] };

export const parameter = (name: string): Expression => ({ $: 'parameter', name });

export const isExpression = (value: unknown): value is Expression =>
  typeof value === 'object' && value !== null && '$' in value;

export function getResource(template: Template, symbol: string): TemplateResource {
  const found = template.resources.find((resource) => resource.symbol === symbol);
  if (!found) throw new TypeError(`the template has no resource ${symbol}`);
  return found;
}
