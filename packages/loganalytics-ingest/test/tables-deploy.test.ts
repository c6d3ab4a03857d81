import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { armTemplate, bicep, defineTable, driftOf, ruleProperties } from '../src/tables.js';
import { workspaceResourceId, world } from './tables-world.js';

const orders = defineTable(
  'Orders_CL',
  z.object({ Message: z.string(), Request: z.uuid(), Count: z.int32() }),
);
const events = defineTable('Events_CL', z.object({ When: z.date() }), {
  timeGeneratedFrom: 'When',
  description: "[it's ${not} an expression]",
});

describe('armTemplate', () => {
  const template = armTemplate([orders, events]);
  const [first, second, rule, role] = template.resources;

  it('has the tables, then one rule for both, then the role', () => {
    expect(template.resources).toHaveLength(4);
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
    expect(Object.keys(template.outputs)).toEqual(['ruleId', 'endpoint']);
  });

  it('keeps a text that looks like an expression a text', () => {
    expect(second?.properties).toMatchObject({ schema: { description: "[[it's ${not} an expression]" } });
  });

  it('names only parameters and variables that it has', () => {
    const text = JSON.stringify(template);
    const names = (kind: string): string[] =>
      [...text.matchAll(new RegExp(`${kind}\\('(\\w+)'\\)`, 'g'))].map(([, name = '']) => name);
    expect(new Set(names('parameters'))).toEqual(new Set(Object.keys(template.parameters)));
    expect(new Set(names('variables'))).toEqual(new Set(Object.keys(template.variables)));
  });

  it('refuses what one rule cannot hold', () => {
    const many = Array.from({ length: 11 }, (_, at) => defineTable(`T${at}_CL`, z.object({})));
    expect(() => armTemplate(many)).toThrow(/10/);
    expect(() => armTemplate([])).toThrow(/are 0/);
    expect(() => armTemplate([orders, orders])).toThrow(/twice/);
  });
});

describe('bicep', () => {
  const text = bicep([orders, events]);

  it('declares each symbol that it uses, and closes what it opens', () => {
    const declared = [...text.matchAll(/^(?:resource|param) (\w+)/gm)].map(([, name]) => name);
    expect(declared).toEqual([
      'workspaceName',
      'location',
      'ruleName',
      'principalId',
      'workspace',
      'table0',
      'table1',
      'rule',
      'writer',
    ]);
    const bare = text.replace(/'(?:\\.|[^'\\])*'/g, "''");
    for (const [open, close] of ['{}', '[]', '()'] as const)
      expect(bare.split(open ?? '').length).toBe(bare.split(close ?? '').length);
    const used = [...bare.matchAll(/(?:: |^ +)([a-z]\w*)(?:\.\w+)*$/gm)].map(([, name]) => name ?? '');
    expect(used.length).toBeGreaterThan(8);
    for (const name of used) expect([...declared, 'true', 'false'], name).toContain(name);
  });

  it('says the same as the ARM template', () => {
    for (const column of orders.columns) expect(text).toContain(`name: '${column.name}'`);
    expect(text).toContain("transformKql: 'source | extend TimeGenerated = todatetime([\\'When\\'])'");
    expect(text).toContain('workspaceResourceId: workspace.id');
    expect(text).toContain("resource rule 'Microsoft.Insights/dataCollectionRules@2023-03-11' = {");
    expect(text).toContain(
      "resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing",
    );
  });

  it('quotes what would end a text or begin an expression', () => {
    expect(text).toContain("description: '[it\\'s \\${not} an expression]'");
  });
});

describe('driftOf', () => {
  it('finds nothing in what was just deployed', async () => {
    const { deploy, getTable } = world();
    const { rule } = await deploy(orders);
    expect(driftOf(orders, { table: await getTable('Orders_CL'), rule })).toEqual([]);
  });

  it('tells what is missing, different and more than defined', async () => {
    const { deploy, getTable } = world();
    const { rule } = await deploy(orders);
    const wider = defineTable(
      'Orders_CL',
      z.object({ Message: z.string(), Count: z.number(), Added: z.boolean() }),
      { plan: 'Basic' },
    );
    const found = driftOf(wider, { table: await getTable('Orders_CL'), rule });
    expect(found).toEqual([
      { where: 'table', name: 'plan', problem: 'different', expected: 'Basic', found: 'Analytics' },
      { where: 'table', name: 'Count', problem: 'different', expected: 'real', found: 'int' },
      { where: 'table', name: 'Added', problem: 'missing', expected: 'boolean' },
      { where: 'table', name: 'Request', problem: 'extra', found: 'string' },
      { where: 'stream', name: 'Count', problem: 'different', expected: 'real', found: 'int' },
      { where: 'stream', name: 'Added', problem: 'missing', expected: 'boolean' },
      { where: 'stream', name: 'Request', problem: 'extra', found: 'string' },
    ]);
  });

  it('tells of a missing stream, a missing flow and another transform', () => {
    const properties = ruleProperties([orders], workspaceResourceId);
    expect(driftOf(events, { rule: { properties } })).toEqual([
      { where: 'rule', name: 'Custom-Events_CL', problem: 'missing' },
    ]);
    expect(driftOf(orders, { rule: { ...properties, dataFlows: [] } })).toEqual([
      { where: 'flow', name: 'Custom-Orders_CL', problem: 'missing' },
    ]);
    const [flow] = properties.dataFlows;
    const other = {
      ...properties,
      dataFlows: [{ ...flow, transformKql: 'source', outputStream: 'Custom-X_CL' }],
    };
    expect(driftOf(orders, { rule: other }).map((one) => one.name)).toEqual(['transformKql', 'outputStream']);
    const layout = { ...flow, transformKql: orders.transformKql.replaceAll(' ', '\n  ') };
    expect(driftOf(orders, { rule: { ...properties, dataFlows: [layout] } })).toEqual([]);
  });

  it('refuses what is no table, no rule, or another table', () => {
    expect(() => driftOf(orders, { table: {} })).toThrow(/not a table/);
    expect(() => driftOf(orders, { rule: null })).toThrow(/not a data collection rule/);
    expect(() => driftOf(orders, { table: events.tableBody() })).toThrow(/Events_CL/);
  });
});
