import { captureError } from '@repo/test-kit';
import { describe, expect, it } from 'vitest';
import { ArgumentError, BenignReason } from '../../src/index.js';
import { emulated, scripted } from '../helpers.js';

const alert = (id: string, more: object = {}) => ({
  _id: id,
  timestamp: 1,
  title: id,
  statusValue: 0,
  ...more,
});

describe('a plan to close alerts', () => {
  it('closes exactly the alerts it listed, and tells how they were', async () => {
    const { emulator, mcas } = emulated();
    const plan = await mcas.alerts.planClose({
      as: 'benign',
      filters: { alertOpen: { eq: true } },
      reason: BenignReason.Test,
    });
    expect(plan.count).toBeGreaterThan(10);
    const late = { ...emulator.state.mcas.alerts[0], _id: 'f'.repeat(24), resolutionStatusValue: 0 };
    emulator.state.mcas.alerts.push(late as never);
    // As a person approves it: stored and read again.
    const result = await mcas.alerts.apply(JSON.parse(JSON.stringify(plan)));
    expect(result.closed).toBe(plan.count);
    expect(result.undo.map(({ id }) => id)).toEqual(plan.alerts.map(({ id }) => id));
    expect(await mcas.alerts.get(late._id)).toMatchObject({ resolutionStatusValue: 0 });
    expect(await mcas.alerts.get(plan.alerts[0]?.id ?? '')).toMatchObject({ resolutionStatusValue: 4 });
  });

  it('holds what is needed to undo it, without what was not found', async () => {
    const { mcas, asked } = scripted([
      { data: [alert('a', { resolutionStatusValue: 0 }), alert('b', { statusValue: 1 })], hasNext: false },
      { closed_true_positive: 1, alertsNotFound: ['b'] },
    ]);
    const plan = await mcas.alerts.planClose({
      as: 'truePositive',
      filters: { severity: { eq: 0 } },
      comment: 'x',
    });
    expect(await mcas.alerts.apply(plan)).toEqual({
      closed: 1,
      notFound: ['b'],
      undo: [{ id: 'a', title: 'a', statusValue: 0, resolutionStatusValue: 0 }],
    });
    expect(asked[1]?.body).toEqual({ comment: 'x', filters: { id: { eq: ['a', 'b'] } } });
  });

  it('is refused when it was changed, is none, or has no filter', async () => {
    const { mcas, asked } = scripted([{ data: [alert('a')], hasNext: false }]);
    const plan = await mcas.alerts.planClose({ as: 'benign', filters: { alertOpen: { eq: true } } });
    const other = [alert('b')].map(({ _id: id }) => ({ ...plan.alerts[0], id }));
    for (const wrong of [
      { ...plan, alerts: other },
      { ...plan, as: 'truePositive' },
      { ...plan, count: 2 },
      {},
      undefined,
    ])
      expect(await captureError(mcas.alerts.apply(wrong as never))).toBeInstanceOf(ArgumentError);
    for (const request of [
      { as: 'benign' },
      { as: 'benign', filters: {} },
      { as: 'benign', filters: { 'entity.policy': { eq: undefined } } },
      { as: 'wrong', filters: { alertOpen: { eq: true } } },
      { as: 'truePositive', reason: 2, filters: { alertOpen: { eq: true } } },
      { as: 'benign', ids: ['a'], filters: { alertOpen: { eq: true } } },
    ])
      expect(await captureError(mcas.alerts.planClose(request as never))).toBeInstanceOf(ArgumentError);
    const many = { as: 'benign' as const, filters: { alertOpen: { eq: true } }, maxAlerts: 0 };
    expect(String(await captureError(mcas.alerts.planClose(many)))).toMatch(/match more than 0 alerts/);
    expect(asked).toHaveLength(2);
  });

  it('without a match closes nothing and asks nothing', async () => {
    const { mcas, asked } = scripted([{ data: [], hasNext: false }]);
    const plan = await mcas.alerts.planClose({ as: 'benign', filters: { alertOpen: { eq: true } } });
    expect(await mcas.alerts.apply(plan)).toEqual({ closed: 0, notFound: [], undo: [] });
    expect(asked).toHaveLength(1);
  });
});

describe('alerts.reopen', () => {
  it('needs to be told that it is not documented', async () => {
    const { mcas, asked } = scripted([{}]);
    expect(String(await captureError(mcas.alerts.reopen({ ids: ['a'] } as never)))).toMatch(
      /undocumented: true/,
    );
    expect(asked).toEqual([]);
    await mcas.alerts.reopen({ ids: ['a', 'b'], undocumented: true });
    expect(asked).toMatchObject([
      { path: '/api/v1/alerts/reopen/', body: { filters: { id: { eq: ['a', 'b'] } } } },
    ]);
  });
});

it('a close by ids never becomes one by filters because a variable is missing', async () => {
  const { mcas, asked } = scripted([{ closed_benign: 77 }]);
  const request = { ids: undefined, dangerouslyUseFilters: { alertOpen: { eq: true } } };
  expect(await captureError(mcas.alerts.closeBenign(request as never))).toBeInstanceOf(ArgumentError);
  expect(asked).toEqual([]);
});
