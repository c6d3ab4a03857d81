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
        date: { gte: new Date(now - 15), range: { start: now - 20, end: new Date(now - 10) } },
        text: { startswithsingle: 'report' },
      }),
    ).toEqual({
      service: { eq: [20893], neq: [1, 2] },
      'activity.eventType': { eq: ['EVENT_CATEGORY_ACCEPT_SHARE_FILE'] },
      'activity.type': { eq: true },
      'user.username': { isset: true },
      'device.type': { eq: [null, 'MOBILE'] },
      date: { gte: now - 15, range: [{ start: now - 20, end: now - 10 }] },
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
    [{ date: { range: { start: now, end: now - 1 } } }, /ends before it starts/],
    [{ date: { gte: now, lte: now - 1 } }, /begins at 2026-06-01T12:00:00.000Z and ends before/],
    [{ created: { gt: now, range: { start: now - 9, end: now - 1 } } }, /and ends before/],
    [{ date: { gte_ndays: 1, lte_ndays: 2 } }, /ends before it begins/],
    [{ date: { gte_ndays: -1 } }, /gte_ndays: is not a number of days/],
    [{ date: { gte: now / 1000 } }, /is in the year 1970.*multiply seconds by 1000/],
    [{ date: { gte: now * 1000 } }, /date'\]\.gte: /],
    [{ 'user.username': undefined }, /user\.username'\]: is undefined/],
    [{ 'user.username': null }, /user\.username'\]: is null/],
    [{ 'user.username': {} }, /has no operator/],
    [{ 'user.username': { eq: undefined } }, /\.eq: is undefined.*is a variable missing/],
    [{ 'user.username': { eq: ['a', undefined] } }, /wrong kind/],
    [{ 'user.username': { eq: '' } }, /is an empty text/],
    [{ 'user.username': { eq: 'a', neq: undefined } }, /\.neq: is undefined/],
    [{ toString: { eq: 1 } }, /not a documented filter/],
  ])('%o is refused, naming what is allowed', (filters, message) => {
    const { mcas } = scripted([{}]);
    expect(() => mcas.activities.list({ filters })).toThrow(message);
  });

  it('have an escape hatch', async () => {
    const { mcas, asked } = scripted([{ data: [], hasNext: false }]);
    await collect(
      mcas.activities.list({
        filters: { service: { eq: 1 } },
        rawFilters: { service: { deq: [2] }, fileLabels: { eq: ['x'] } },
      }),
    );
    expect(asked[0]?.body['filters']).toEqual({ service: { eq: [1], deq: [2] }, fileLabels: { eq: ['x'] } });
  });

  it.each<[Record<string, unknown>, RegExp]>([
    [{ made: undefined }, /rawFilters\['made'\]: is undefined/],
    [{ made: {} }, /has no operator/],
    [{ made: { eq: undefined } }, /made'\]\.eq: is undefined/],
    [{ made: { eq: null } }, /made'\]\.eq: has no value/],
    [{ made: { eq: [] } }, /has no value/],
    [{ made: { eq: [undefined] } }, /has no value/],
    [{ made: { startswith: '' } }, /has no value/],
    [{ entity: { eq: [{ id: undefined }] } }, /has no value/],
    [{ date: { range: [{}] } }, /has no value/],
    [{ date: { range: { end: now, start: now + 1 } } }, /and ends before/],
    [{ date: { gte: now / 1000 } }, /is in the year 1970/],
    [{ date: { gte: String(now / 1000) } }, /date'\]\.gte: /],
    [{ date: { gte: 'yesterday' } }, /date'\]\.gte: /],
  ])('raw: %o is refused before anything is sent', (rawFilters, message) => {
    const { mcas, asked } = scripted([{}]);
    expect(() => mcas.activities.list({ rawFilters: rawFilters as never })).toThrow(message);
    expect(() => mcas.activities.scan({ rawFilters: rawFilters as never, unbounded: true })).toThrow(message);
    expect(asked).toEqual([]);
  });

  it('take what other clients of the service send beside the documents', async () => {
    expect(
      await sent({
        source: { eq: [2, '3'] },
        'user.tags': { eq: [{ role: 1, adv: true }, '000000200000000000000000'] },
        'activity.actionType': { eq: '11161:EVENT_AAD_LOGIN:OAuth2:Authorize' },
      }),
    ).toEqual({
      source: { eq: [2, '3'] },
      'user.tags': { eq: [{ role: 1, adv: true }, '000000200000000000000000'] },
      'activity.actionType': { eq: ['11161:EVENT_AAD_LOGIN:OAuth2:Authorize'] },
    });
    expect(await sent({ fileLabels: { isset: true } })).toEqual({ fileLabels: { isset: true } });
    const { mcas, asked } = scripted([{ data: [], hasNext: false }]);
    await collect(mcas.files.list({ filters: { filename: { text: 'plan' } } }));
    await collect(mcas.alerts.list({ filters: { 'entity.user': { eq: 'ada@contoso.example' } } }));
    await collect(mcas.entities.list({ filters: { isAdmin: { eq: true } } }));
    expect(asked.map(({ body }) => body['filters'])).toEqual([
      { filename: { text: 'plan' } },
      { 'entity.user': { eq: ['ada@contoso.example'] } },
      { isAdmin: { eq: true } },
    ]);
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
