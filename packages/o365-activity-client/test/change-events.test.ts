import { expect, it } from 'vitest';
import type { ChangeEvent } from '../src/index.js';
import { world } from './helpers.js';

it('tells of subscriptions that are started or stopped, and of nothing else', async () => {
  const changes: ChangeEvent[] = [];
  const { client } = world({ events: { onChange: (event) => void changes.push(event) } });
  await client.subscriptions.ensure(['Audit.Exchange', 'DLP.All']);
  await client.subscriptions.ensure(['Audit.Exchange', 'DLP.All']);
  await client.subscriptions.stop('DLP.All');
  expect(changes.map(({ operation, target, outcome }) => [operation, target, outcome])).toEqual([
    ['subscriptions.start', 'Audit.Exchange', 'done'],
    ['subscriptions.start', 'DLP.All', 'done'],
    ['subscriptions.stop', 'DLP.All', 'done'],
  ]);
});
