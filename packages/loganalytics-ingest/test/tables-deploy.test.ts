import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineTable, driftOf, ruleProperties } from '../src/tables.js';
import { workspaceResourceId, world } from './tables-world.js';

const orders = defineTable(
  'Orders_CL',
  z.object({ Message: z.string(), Request: z.uuid(), Count: z.int32() }),
);
const events = defineTable('Events_CL', z.object({ When: z.date() }), { timeGeneratedFrom: 'When' });

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
      { where: 'table', name: 'Count', problem: 'refused', expected: 'real', found: 'int' },
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

  it('tells of retention, of a classic table and of a column that would make the rule refused', () => {
    const defined = defineTable('Orders_CL', z.object({ Request: z.uuid() }), {
      retentionInDays: 30,
      totalRetentionInDays: 60,
    });
    const table = {
      properties: {
        retentionInDays: 90,
        totalRetentionInDays: 60,
        schema: {
          name: 'Orders_CL',
          tableSubType: 'Classic',
          columns: [
            { name: 'TimeGenerated', type: 'dateTime' },
            { name: 'Request', type: 'guid' },
          ],
        },
      },
    };
    expect(driftOf(defined, { table })).toEqual([
      {
        where: 'table',
        name: 'tableSubType',
        problem: 'different',
        expected: 'DataCollectionRuleBased',
        found: 'Classic',
      },
      { where: 'table', name: 'retentionInDays', problem: 'different', expected: '30', found: '90' },
      { where: 'table', name: 'Request', problem: 'refused', expected: 'string', found: 'guid' },
    ]);
  });

  it('tells of a rule without endpoint, and of a flow to a destination that it does not have', () => {
    const properties = {
      ...ruleProperties([orders], workspaceResourceId),
      immutableId: `dcr-${'0'.repeat(32)}`,
    };
    const without = { ...properties, destinations: { logAnalytics: [] } };
    expect(driftOf(orders, { rule: { kind: 'Linux', properties: without } })).toEqual([
      { where: 'rule', name: 'kind', problem: 'different', expected: 'Direct', found: 'Linux' },
      { where: 'rule', name: 'endpoint', problem: 'missing' },
      { where: 'flow', name: 'destinations', problem: 'missing', expected: 'workspace' },
    ]);
    const withEndpoint = { ...properties, dataCollectionEndpointId: '/subscriptions/x' };
    expect(driftOf(orders, { rule: { kind: 'Linux', properties: withEndpoint } })).toEqual([]);
  });

  it('refuses what is no table, no rule, or another table', () => {
    expect(() => driftOf(orders, { table: {} })).toThrow(/not a table/);
    expect(() => driftOf(orders, { rule: null })).toThrow(/not a data collection rule/);
    expect(() => driftOf(orders, { table: events.tableBody() })).toThrow(/Events_CL/);
  });
});
