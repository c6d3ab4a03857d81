import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import AjvDraft4 from 'ajv-draft-04';
import { tables as pipelineTables } from 'audit-pipeline/tables';
import { armTemplate, defineTable, migrationPlan } from 'loganalytics-ingest/tables';
import type { Deployable, TemplateOptions } from 'loganalytics-ingest/tables';
import { z } from 'zod';
import type { Suite, SuiteResult } from './suite.js';

interface Resource {
  type: string;
  apiVersion: string;
  kind?: string;
  name: string;
  resources?: Resource[];
  [field: string]: unknown;
}
interface Schema {
  id: string;
  resourceDefinitions?: Record<
    string,
    { properties?: { type?: unknown }; oneOf?: { properties?: { kind?: { enum?: string[] } } }[] }
  >;
}
interface Validator {
  /** Problems of a resource; undefined when there is no schema for its type. */
  validate(resource: Resource, parent?: string): string[] | undefined;
}

/** What surrounds a resource in a template, and is no part of it. */
const templateOnly = new Set(['dependsOn', 'condition', 'copy', 'comments', 'scope', 'resources']);

/**
 * Three places where the schemas are stricter than the service: the types of table columns (`datetime` in Microsoft's
 * examples), the streams of a rule (`Custom-…`), and its kind (`Direct`).
 */
function widen(_key: string, value: unknown): unknown {
  if (Array.isArray(value) && value.includes('dateTime')) return [...(value as unknown[]), 'datetime'];
  const { enum: values } = (value ?? {}) as { enum?: string[] };
  if (values?.includes('Microsoft-Syslog')) return { type: 'string' };
  const isKind = values?.length === 2 && values.includes('Linux') && values.includes('Windows');
  return isKind ? { type: 'string', enum: [...values, 'Direct'] } : value;
}

function createValidator(folder: string): Validator {
  const ajv = new AjvDraft4.default({
    strict: false,
    allErrors: true,
    validateFormats: false,
    logger: false,
  });
  const root = join(folder, 'schemas');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  );
  const schemas = files.map((file) => JSON.parse(readFileSync(join(root, file), 'utf8'), widen) as Schema);
  for (const schema of schemas) ajv.addSchema(schema, schema.id.replace(/#$/, ''));

  function findReference(type: string, { apiVersion, kind = '' }: Resource): string | undefined {
    for (const { id, resourceDefinitions = {} } of schemas) {
      if (!id.includes(`/${apiVersion}/`)) continue;
      for (const [name, definition] of Object.entries(resourceDefinitions)) {
        const types = JSON.stringify(definition.properties?.type ?? {}).toLowerCase();
        if (!types.includes(`"${type.toLowerCase()}"`)) continue;
        const branch = definition.oneOf?.findIndex((one) => one.properties?.kind?.enum?.includes(kind)) ?? -1;
        return `${id.replace(/#$/, '')}#/resourceDefinitions/${name}${branch < 0 ? '' : `/oneOf/${branch}`}`;
      }
    }
    return undefined;
  }

  function validate(resource: Resource, parent?: string): string[] | undefined {
    const type = parent === undefined ? resource.type : `${parent}/${resource.type}`;
    const reference = findReference(type, resource);
    if (reference === undefined) return undefined;
    const own: Record<string, unknown> = { ...resource, type };
    for (const key of templateOnly) delete own[key];
    // Of a name such as a/b/c the schemas know the last segment.
    if (/^[^[]*\//.test(resource.name)) own['name'] = resource.name.split('/').at(-1);
    const check = ajv.compile({ $ref: reference });
    if (check(own)) return [];
    return (check.errors ?? []).map(
      ({ instancePath, message = '', params }) =>
        `${type} ${instancePath}: ${message} ${JSON.stringify(params)}`,
    );
  }
  return { validate };
}

const sample = defineTable(
  'Orders_CL',
  z.object({ by: z.string(), Request: z.uuid(), Count: z.int32(), Big: z.bigint(), When: z.date() }),
  { timeGeneratedFrom: 'When', retentionInDays: 30, totalRetentionInDays: 90, description: '[orders]' },
);
const classic = migrationPlan({
  properties: {
    schema: {
      name: 'Old_CL',
      tableSubType: 'Classic',
      columns: [
        { name: 'TimeGenerated', type: 'datetime' },
        { name: 'Request_g', type: 'guid' },
        { name: 'Count_d', type: 'real' },
      ],
    },
  },
});

/** Templates by name: each way of making one, and those the repository contains. */
function* eachTemplate(): Generator<[string, { resources: readonly object[] }]> {
  const sets: [string, readonly Deployable[]][] = [
    ['sample', [sample]],
    ['in place', [classic.inPlace]],
    ['side by side', [classic.sideBySide]],
  ];
  for (let at = 0; at < pipelineTables.length; at += 10)
    sets.push([`pipeline ${at}`, pipelineTables.slice(at, at + 10)]);
  for (const [name, set] of sets)
    for (const parts of ['all', 'tables', 'rule'] as const)
      for (const endpoint of ['rule', 'dataCollectionEndpoint'] as const) {
        const options: TemplateOptions = { parts, endpoint };
        yield [`${name} ${parts} ${endpoint}`, armTemplate(set, options)];
      }
  for (const file of readdirSync('.', { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.json') || /(^|\/)(node_modules|dist|docs\/api)\//.test(file)) continue;
    const text = readFileSync(file, 'utf8');
    if (/"\$schema":\s*"[^"]*deploymentTemplate\.json/.test(text))
      yield [file, JSON.parse(text) as { resources: object[] }];
  }
}

async function run(folder: string): Promise<SuiteResult> {
  const { validate } = createValidator(folder);
  const problems: string[] = [];
  const unknown = new Set<string>();
  let [templates, resources] = [0, 0];
  // A validator that takes everything would say nothing.
  const wrong = validate({
    type: 'Microsoft.OperationalInsights/workspaces/tables',
    apiVersion: '2025-07-01',
    name: 'w/T_CL',
    properties: { retentionInDays: 3, plan: 'Premium' },
  });
  if (!wrong?.length) problems.push('the validator takes a table of the plan Premium');
  for (const [name, template] of eachTemplate()) {
    templates += 1;
    const check = (resource: Resource, parent?: string): void => {
      const found = validate(resource, parent);
      if (found === undefined) unknown.add(`${resource.type} ${resource.apiVersion}`);
      else {
        resources += 1;
        problems.push(...found.map((problem) => `${name}: ${problem}`));
      }
      for (const child of resource.resources ?? []) check(child, resource.type);
    };
    for (const resource of template.resources) check(resource as Resource);
  }
  const without = unknown.size === 0 ? '' : `; no schema for ${[...unknown].join(', ')}`;
  return { figures: `${templates} templates, ${resources} resources validated${without}`, problems };
}

export const armSchemas: Suite = {
  name: 'ARM schemas',
  folder: 'azure-schemas',
  originals:
    'https://github.com/Azure/azure-resource-manager-schemas and https://github.com/Azure/bicep-types-az',
  run,
};
