import { expect, it } from 'vitest';
import { IpCategory } from '../src/index.js';
import type { ChangeEvent } from '../src/index.js';
import { emulated } from './helpers.js';

it('tells of every change, with what was to be changed', async () => {
  const changes: ChangeEvent[] = [];
  const { mcas } = emulated({ events: { onChange: (event) => void changes.push(event) } });
  const range = { name: 'Office', category: IpCategory.Corporate, subnets: ['192.0.2.0/24'] };
  const id = await mcas.ipRanges.create(range);
  await mcas.ipRanges.delete(id);
  const unknown = '0'.repeat(24);
  await mcas.alerts.closeBenign({ ids: [unknown] });
  expect(changes.map(({ operation, target, outcome }) => [operation, target, outcome])).toEqual([
    ['ipRanges.create', 'Office', 'done'],
    ['ipRanges.delete', id, 'done'],
    ['alerts.closeBenign', unknown, 'done'],
  ]);
});
