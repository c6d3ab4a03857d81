import { buildTemplate } from './build-template.js';
import type { Deployable, TemplateOptions } from './build-template.js';
import { isExpression } from './template.js';
import type { Expression, TemplateParameter, TemplateResource } from './template.js';

/** The same deployment as `armTemplate`, as Bicep. Throws ArgumentError for what Azure would refuse. */
export function bicep(tables: readonly Deployable[], options?: TemplateOptions): string {
  const { parameters, resources, outputs } = buildTemplate(tables, options);
  return [
    ...parameters.map(printParameter),
    ...resources.map(printResource),
    ...Object.entries(outputs).map(([name, value]) => `output ${name} string = ${print(value, '')}`),
    '',
  ].join('\n');
}

function printParameter({ name, description, defaultValue, allowed }: TemplateParameter): string {
  const lines = [`@description(${quote(description)})`];
  if (allowed) lines.push(`@allowed(${print(allowed, '')})`);
  const value = defaultValue === undefined ? '' : ` = ${print(defaultValue, '')}`;
  return [...lines, `param ${name} string${value}`, ''].join('\n');
}

function printResource(resource: TemplateResource): string {
  const { symbol, type, apiVersion, isExisting, parent, scope, name, location, kind, dependsOn } = resource;
  const { unlessEmpty, properties } = resource;
  const body: [string, string][] = [];
  if (parent !== undefined) body.push(['parent', parent]);
  if (scope !== undefined) body.push(['scope', scope]);
  body.push(['name', print(name, '  ')]);
  if (location) body.push(['location', print(location, '  ')]);
  if (kind !== undefined) body.push(['kind', quote(kind)]);
  if (dependsOn && dependsOn.length > 0)
    body.push(['dependsOn', `[\n${dependsOn.map((one) => `    ${one}\n`).join('')}  ]`]);
  if (properties) body.push(['properties', print(properties, '  ')]);
  const condition = unlessEmpty === undefined ? '' : `if (!empty(${unlessEmpty})) `;
  const lines = body.map(([key, value]) => `  ${key}: ${value}\n`).join('');
  const existing = isExisting ? 'existing ' : '';
  return `resource ${symbol} '${type}@${apiVersion}' ${existing}= ${condition}{\n${lines}}\n`;
}

function print(value: unknown, indent: string): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (isExpression(value)) return printExpression(value);
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return `[\n${value.map((item) => `${inner}${print(item, inner)}\n`).join('')}${indent}]`;
  const lines = Object.entries(value).map(
    ([key, item]) => `${inner}${/^[A-Za-z_]\w*$/.test(key) ? key : quote(key)}: ${print(item, inner)}\n`,
  );
  return `{\n${lines.join('')}${indent}}`;
}

function printExpression(value: Expression): string {
  switch (value.$) {
    case 'parameter':
      return value.name;
    case 'id':
      return `${value.symbol}.id`;
    case 'property':
      return `${value.symbol}.properties.${value.path}`;
    case 'resourceGroup':
      return `resourceGroup().${value.property}`;
    case 'call':
      return `${value.name}(${value.args.map((arg) => print(arg, '')).join(', ')})`;
  }
}

/** A Bicep text: `${` would begin an expression in it. */
function quote(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('${', '\\${')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `'${escaped}'`;
}
