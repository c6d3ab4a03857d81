import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tables } from '../src/tables.js';

const folder = new URL('../kql/', import.meta.url);
const byName = new Map(tables.map((table) => [table.name, table]));

describe.each(readdirSync(folder))('%s', (file) => {
  const text = readFileSync(new URL(file, folder), 'utf8').replaceAll(/^\/\/.*$/gm, '');
  const [name = '', ...steps] = text.trim().split(/\n\s*\|\s*/);
  const columns = new Set(byName.get(name)?.columns.map((column) => column.name));

  it('reads a table of ours', () => {
    expect([...byName.keys()]).toContain(name);
  });

  it('names columns that the table has, or that it has made of them before', () => {
    const known = new Set(columns);
    for (const step of steps) {
      const operator = /^\S+/.exec(step)?.[0];
      const rest = step.replace(/^\S+\s*/, '');
      if (operator === 'extend')
        for (const assignment of rest.split(/,\s*(?=\w+ = )/)) {
          const [made = '', expression = ''] = assignment.split(' = ');
          // Neither functions nor fields of a value.
          for (const [from] of expression.matchAll(/(?<![.\w])[A-Za-z]\w*(?![\w(])/g))
            expect(known).toContain(from);
          known.add(made);
        }
      else {
        const list = operator === 'summarize' ? (rest.split(' by ')[1] ?? '') : rest;
        for (const column of list.split(',').map((one) => one.trim())) expect(known).toContain(column);
      }
    }
  });

  it('keeps each record once', () => {
    expect(steps.find((step) => !step.startsWith('extend'))).toMatch(/^summarize arg_(min|max)\(/);
  });
});

describe('definitions', () => {
  it('have the names and columns that the rows have', () => {
    expect([...byName.keys()].sort()).toEqual([
      'AuditCollectorHealth_CL',
      'AuditRecords_CL',
      'MCAS_Activity_Log_CL',
      'MCAS_Alerts_CL',
      'MCAS_Share_Report_CL',
    ]);
    for (const { columns, stream, name } of tables) {
      expect(stream).toBe(`Custom-${name}`);
      expect(columns[0]).toMatchObject({ name: 'TimeGenerated', type: 'datetime' });
    }
  });
});
