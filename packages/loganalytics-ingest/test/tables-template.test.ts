import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { armTemplate, bicep, defineTable, ruleProperties } from '../src/tables.js';
import type { ArmResource, ArmTemplate, Deployable, TemplateOptions } from '../src/tables.js';
import { readBicep } from './read-bicep.js';

const orders = defineTable(
  'Orders_CL',
  z.object({ Message: z.string(), Request: z.uuid(), Count: z.int32() }),
);
const events = defineTable('Events_CL', z.object({ by: z.date() }), {
  timeGeneratedFrom: 'by',
  description: "[it's ${not} an expression]\n\\",
  retentionInDays: 30,
});

/** An ARM value beside a Bicep one: an expression of one is an expression of the other. */
function expectEqual(arm: unknown, read: unknown, path: string): void {
  if (typeof arm === 'string' && arm.startsWith('[') && !arm.startsWith('[[')) {
    expect(read, path).toHaveProperty('computed');
  } else if (typeof arm === 'string') {
    expect(read, path).toBe(arm.startsWith('[[') ? arm.slice(1) : arm);
  } else if (typeof arm === 'object' && arm !== null) {
    expect(Object.keys(read as object), path).toEqual(Object.keys(arm));
    for (const [key, value] of Object.entries(arm))
      expectEqual(value, (read as Record<string, unknown>)[key], `${path}.${key}`);
  } else {
    expect(read, path).toBe(arm);
  }
}

async function expectSame(tables: readonly Deployable[], options: TemplateOptions): Promise<ArmTemplate> {
  const arm = armTemplate(tables, options);
  const read = await readBicep(bicep(tables, options));
  expect(read.hasError).toBe(false);
  expect(read.parameters.map(({ name }) => name)).toEqual(Object.keys(arm.parameters));
  for (const { name, defaultValue } of read.parameters)
    expectEqual(arm.parameters[name]?.defaultValue, defaultValue, name);
  const made = read.resources.filter(({ isExisting }) => !isExisting);
  expect(made.map(({ type, apiVersion }) => [type, apiVersion])).toEqual(
    arm.resources.map(({ type, apiVersion }) => [type, apiVersion]),
  );
  for (const [at, resource] of arm.resources.entries()) {
    const counterpart = made[at];
    if (!counterpart) throw new Error(`no ${resource.type}`);
    const { body, isConditional } = counterpart;
    expect(isConditional).toBe(resource.condition !== undefined);
    expect(body['kind']).toBe(resource.kind);
    expectEqual(resource.properties, body['properties'], resource.type);
  }
  expect(read.outputs.map(({ name }) => name)).toEqual(Object.keys(arm.outputs));
  const symbols = new Set([
    ...read.parameters.map(({ name }) => name),
    ...read.resources.map(({ symbol }) => symbol),
    'resourceGroup',
    'guid',
    'subscriptionResourceId',
  ]);
  for (const [, symbol = ''] of JSON.stringify(read).matchAll(/"computed":"(\w+)/g))
    expect([...symbols]).toContain(symbol);
  return arm;
}

const allOptions: TemplateOptions[] = (['all', 'tables', 'rule'] as const).flatMap((parts) =>
  (['rule', 'dataCollectionEndpoint'] as const).flatMap((endpoint) =>
    [true, false].map((diagnostics) => ({ parts, endpoint, diagnostics })),
  ),
);

describe('armTemplate', () => {
  const template = armTemplate([orders, events]);
  const [first, second, rule, role, errors] = template.resources;

  it('has the tables, then one rule for both, the role, and what shows its errors', () => {
    expect(template.resources).toHaveLength(5);
    expect(first).toMatchObject({
      type: 'Microsoft.OperationalInsights/workspaces/tables',
      apiVersion: '2025-07-01',
      name: "[format('{0}/Orders_CL', parameters('workspaceName'))]",
      properties: orders.tableBody().properties,
    });
    expect(rule).toMatchObject({ kind: 'Direct', apiVersion: '2023-03-11' });
    expect(rule?.dependsOn).toHaveLength(2);
    expect(rule?.properties).toEqual(ruleProperties([orders, events], "[variables('workspaceId')]"));
    expect(role?.condition).toBe("[not(empty(parameters('principalId')))]");
    expect(JSON.stringify(role)).toContain('3913510d-42f4-4e42-8a64-420c390055eb');
    expect(errors?.properties).toMatchObject({ logs: [{ category: 'LogErrors', enabled: true }] });
    expect(Object.keys(template.outputs)).toEqual(['ruleId', 'endpoint']);
  });

  it('can be deployed with the three parameters that the setup guide gives', () => {
    const required = Object.entries(template.parameters).filter(([, one]) => one.defaultValue === undefined);
    expect(required.map(([name]) => name)).toEqual(['workspaceName', 'ruleName']);
    expect(template.parameters['location']?.defaultValue).toBe('[resourceGroup().location]');
    expect(template.parameters['principalId']?.metadata.description).toMatch(/service principal/);
    expect(template.parameters['principalType']?.allowedValues).toContain('Group');
  });

  it('keeps a text that looks like an expression a text', () => {
    expect(second?.properties).toMatchObject({
      schema: { description: "[[it's ${not} an expression]\n\\" },
    });
  });

  it.each(allOptions)('names only parameters, variables and resources that it has (%j)', (options) => {
    const made = armTemplate([orders, events], options);
    const text = JSON.stringify(made);
    const names = (kind: string): string[] =>
      [...text.matchAll(new RegExp(`${kind}\\('(\\w+)'\\)`, 'g'))].map(([, name = '']) => name);
    expect(new Set(names('parameters'))).toEqual(new Set(Object.keys(made.parameters)));
    for (const name of names('variables')) expect(Object.keys(made.variables)).toContain(name);
    const types = made.resources.map(({ type }: ArmResource) => type);
    for (const { dependsOn = [] } of made.resources)
      for (const [, type = ''] of dependsOn.join().matchAll(/resourceId\('([^']+)'/g))
        expect(types).toContain(type);
  });

  it('puts rule and tables into two templates for two resource groups', () => {
    const tables = armTemplate([orders], { parts: 'tables' });
    expect(tables.resources.map(({ type }) => type)).toEqual([
      'Microsoft.OperationalInsights/workspaces/tables',
    ]);
    const alone = armTemplate([orders], { parts: 'rule' });
    expect(alone.parameters).toHaveProperty('workspaceResourceId');
    expect(JSON.stringify(alone.resources)).not.toContain('workspaces/tables');
    expect(JSON.stringify(alone.resources[0]?.properties)).toContain("[parameters('workspaceResourceId')]");
  });

  it('refuses what one rule cannot hold, and what Azure would refuse', () => {
    const many = Array.from({ length: 11 }, (_, at) => defineTable(`T${at}_CL`, z.object({})));
    expect(() => armTemplate(many)).toThrow(/10/);
    expect(() => armTemplate([])).toThrow(/are 0/);
    expect(() => armTemplate([orders, orders])).toThrow(/twice/);
    const wrong: Deployable = {
      ...orders,
      tableBody: () => {
        const { properties } = orders.tableBody();
        const columns = properties.schema.columns.map((column) =>
          column.name === 'Request' ? { name: 'Request', type: 'guid' } : column,
        );
        return { properties: { ...properties, schema: { ...properties.schema, columns } } };
      },
    };
    expect(() => armTemplate([wrong])).toThrow('would be refused: Request String ≠ Guid');
    expect(() => bicep([wrong])).toThrow('would be refused: Request String ≠ Guid');
    expect(() => armTemplate([orders], { parts: 'some' as never })).toThrow(/options\.parts/);
  });
});

describe('bicep', () => {
  it.each(allOptions)('parses, and says the same as the ARM template (%j)', async (options) => {
    await expectSame([orders, events], options);
  });

  it('does for any names and descriptions', () =>
    fc.assert(
      fc.asyncProperty(
        fc.stringMatching(/^[A-Za-z]\w{0,59}$/),
        fc.string({ unit: 'grapheme', maxLength: 200 }).filter((text) => text.length <= 256),
        fc.constantFrom(...allOptions),
        async (name, description, options) => {
          const table = defineTable(`${name}_CL`, z.object({ by: z.string() }), { description });
          await expectSame([table], options);
        },
      ),
    ));
});
