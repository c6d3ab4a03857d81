import { collect } from '@repo/test-kit';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { EventCategory, Service, Severity } from '../src/index.js';
import type { Activity, ActivityFilters, AlertFilters } from '../src/index.js';
import { now, scripted } from './helpers.js';

const sent = async (filters: ActivityFilters) => {
  const { mcas, asked } = scripted([{ data: [], hasNext: false }]);
  await collect(mcas.activities.list({ filters }));
  return asked[0]?.body['filters'];
};

describe('typed filters', () => {
  it('are sent as the documents have them', async () => {
    expect(
      await sent({
        service: { eq: Service.ExchangeOnline, neq: [1, 2] },
        'activity.eventType': { eq: EventCategory.AcceptShareFile },
        'activity.type': { eq: true },
        'user.username': { isset: true },
        'device.type': { eq: [null, 'MOBILE'] },
        date: { gte: new Date(now), range: { start: 1, end: new Date(2) } },
        text: { startswithsingle: 'report' },
      }),
    ).toEqual({
      service: { eq: [20893], neq: [1, 2] },
      'activity.eventType': { eq: ['EVENT_CATEGORY_ACCEPT_SHARE_FILE'] },
      'activity.type': { eq: true },
      'user.username': { isset: true },
      'device.type': { eq: [null, 'MOBILE'] },
      date: { gte: now, range: [{ start: 1, end: 2 }] },
      text: { startswithsingle: 'report' },
    });
  });

  it('turn days into times when a list begins', async () => {
    expect(await sent({ date: { gte_ndays: 2, lte_ndays: 1 } })).toEqual({
      date: { gte: now - 2 * 86_400_000, lte: now - 86_400_000 },
    });
  });

  it.each<[object, RegExp]>([
    [{ servce: { eq: 1 } }, /'servce'.*Use one of service, instance/],
    [{ service: { contains: 1 } }, /contains.*Use one of eq, neq/],
    [{ service: { eq: '20893' } }, /Give a number/],
    [{ service: { eq: [] } }, /has 0 values/],
    [{ service: 20893 }, /not an object of operators/],
    [{ date: { gte: '2026-01-01T00:00:00' } }, /milliseconds since the epoch or a Date/],
    [{ date: { gte: new Date(NaN) } }, /milliseconds/],
    [{ date: { range: { start: 2, end: 1 } } }, /ends before it starts/],
    [{ toString: { eq: 1 } }, /not a documented filter/],
  ])('%o is refused, naming what is allowed', (filters, message) => {
    const { mcas } = scripted([{}]);
    expect(() => mcas.activities.list({ filters })).toThrow(message);
  });

  it('leave a way out', async () => {
    const { mcas, asked } = scripted([{ data: [], hasNext: false }]);
    await collect(
      mcas.activities.list({
        filters: { service: { eq: 1 } },
        rawFilters: { service: { deq: [2] }, fileLabels: { eq: ['x'] } },
      }),
    );
    expect(asked[0]?.body['filters']).toEqual({ service: { eq: [1], deq: [2] }, fileLabels: { eq: ['x'] } });
  });

  it('do not compile when wrong', () => {
    const check = (filters: ActivityFilters) => filters;
    const checkAlert = (filters: AlertFilters) => filters;
    // @ts-expect-error no such operator on service
    check({ service: { contains: [1] } });
    // @ts-expect-error wrong kind of value
    check({ service: { eq: 'Exchange' } });
    // @ts-expect-error a time is a number or a Date
    check({ date: { gte: '2026-01-01' } });
    // @ts-expect-error days are documented for date only
    check({ created: { gte_ndays: 1 } });
    // @ts-expect-error no such field
    check({ score: { eq: 1 } });
    // @ts-expect-error a severity is a number
    checkAlert({ severity: { eq: 'high' } });
    // @ts-expect-error informational is met in alerts, and documented as no filter
    checkAlert({ severity: { eq: Severity.Informational } });
    checkAlert({ severity: { eq: [Severity.Low, Severity.High] } });
    check({ service: { eq: [Service.Teams, 99_999] } });
    expectTypeOf<Activity['_id']>().toEqualTypeOf<string>();
    expectTypeOf<Activity['created']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<Activity['anythingElse']>().toEqualTypeOf<unknown>();
  });
});
