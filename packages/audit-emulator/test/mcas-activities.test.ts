import { describe, expect, it } from 'vitest';
import { generateActivities } from '../src/data/mcas/activities.js';
import type { Emulator } from '../src/server/emulator.js';
import type { McasActivity } from '../src/services/mcas/records.js';
import { ask, emulate, read, start } from './mcas-helper.js';
import type { Listed } from './mcas-helper.js';

const hour = 3_600_000;
type ScanPage = Listed<McasActivity> & { nextQueryFilters?: Record<string, Record<string, number>> };

const path = '/api/v1/activities/';

function list(emulator: Emulator, body: unknown): Promise<ScanPage> {
  return read(ask(emulator, path, { body }));
}

function tie(from: number, count: number): McasActivity[] {
  return Array.from({ length: count }, (_, n) => ({
    _id: `tie-${n}`,
    timestamp: from,
    created: from + 200_000,
  }));
}

/** Follows nextQueryFilters to the end, as every client does. */
async function scan(emulator: Emulator, request: Record<string, unknown>): Promise<ScanPage[]> {
  const pages: ScanPage[] = [];
  let filters = request['filters'];
  for (;;) {
    const page = await list(emulator, { ...request, isScan: true, filters });
    pages.push(page);
    expect(page.nextQueryFilters === undefined).toBe(!page.hasNext);
    if (!page.hasNext) return pages;
    filters = page.nextQueryFilters;
    if (pages.length > 60) throw new Error('the scan does not end');
  }
}

describe('seeded activities', () => {
  it('are the same for the same seed, and made one by one', () => {
    const request = { seed: 'a', count: 50, from: start - hour, to: start };
    expect([...generateActivities(request)]).toEqual([...generateActivities(request)]);
    expect([...generateActivities({ ...request, seed: 'b' })]).not.toEqual([...generateActivities(request)]);
    const endless = generateActivities({ ...request, count: Number.MAX_SAFE_INTEGER });
    expect(endless.next().done).toBe(false);
  });

  it('look like the service: unique ids, saved minutes later, some late, some in one millisecond', () => {
    const { activities } = emulate().state.mcas;
    expect(activities.length).toBeGreaterThan(6000);
    expect(new Set(activities.map((one) => one._id)).size).toBe(activities.length);
    const week = activities.filter((one) => one.timestamp >= start - 7 * 24 * hour);
    expect(week.length).toBe(activities.length - 1);
    expect(Math.max(...week.map((one) => one.timestamp))).toBeLessThanOrEqual(start);
    const lags = week.map((one) => one.created - one.timestamp);
    expect(Math.min(...lags)).toBeGreaterThanOrEqual(170_000);
    expect(lags.filter((lag) => lag > 350_000).length).toBeGreaterThan(30);
    expect(new Set(week.map((one) => one.timestamp)).size).toBeLessThan(week.length - 50);
    expect(new Set(week.map((one) => one['appId']))).toEqual(new Set([20892, 15600, 20893, 11161]));
    expect(week.some((one) => '山田 花子' === (one['resolvedActor'] as { name: string }).name)).toBe(true);
    expect(
      week.some(
        (one) => 'Level' in (one['rawDataJson'] as object) && 'level' in (one['rawDataJson'] as object),
      ),
    ).toBe(true);
  });

  it('tell of shared files accepted in the last three hours and read by the same guests', async () => {
    const emulator = emulate();
    const of = (eventType: string, since: number) =>
      list(emulator, {
        filters: { 'activity.eventType': { eq: [eventType] }, date: { gte: since } },
        limit: 100,
      });
    const accepted = await of('EVENT_CATEGORY_ACCEPT_SHARE_FILE', start - 3 * hour);
    expect(accepted.total).toBe(20);
    const one = accepted.data[0] as McasActivity;
    const raw = one['rawDataJson'] as Record<string, string>;
    expect(one['description_metadata']).toMatchObject({ target_object: raw['ObjectId'] });
    expect(raw['ObjectId']).toBe(`${raw['SiteUrl']}${raw['SourceRelativeUrl']}/${raw['SourceFileName']}`);
    expect(raw['Operation']).toBe('SharingInvitationAccepted');
    expect(one['severity']).toBe('INFO');

    const earlier = await of('EVENT_CATEGORY_ACCEPT_SHARE_FILE', start - 4 * hour);
    expect(earlier.total).toBe(21);
    const rawOf = (activity: McasActivity) => activity['rawDataJson'] as Record<string, string>;
    const pairs = new Set(
      accepted.data.map((share) => `${rawOf(share)['UserId']} ${rawOf(share)['ObjectId']}`),
    );
    const downloads = await of('EVENT_CATEGORY_DOWNLOAD_FILE', start - 3 * hour);
    const read = downloads.data.filter((load) =>
      pairs.has(`${rawOf(load)['UserId']} ${rawOf(load)['ObjectId']}`),
    );
    expect(read.length).toBe(8);
    expect(new Set(read.map((load) => rawOf(load)['SourceRelativeUrl'])).size).toBe(2);
    const files = new Set(accepted.data.map((share) => rawOf(share)['ObjectId']));
    expect(downloads.data.filter((load) => files.has(rawOf(load)['ObjectId'])).length).toBe(9);
  });

  it('show when they are saved, not when they happen', async () => {
    const emulator = emulate();
    emulator.state.mcas.activities = tie(start, 1);
    expect((await list(emulator, {})).total).toBe(0);
    await emulator.clock.advance(200_000);
    expect((await list(emulator, {})).total).toBe(1);
  });
});

describe('lists of activities', () => {
  it('page by skip and limit, at most 100 at a time', async () => {
    const emulator = emulate();
    const first = await list(emulator, { limit: 500 });
    expect(first.data.length).toBe(100);
    expect(first.hasNext).toBe(true);
    expect(first.nextQueryFilters).toBeUndefined();
    const second = await list(emulator, { skip: 100, limit: 20 });
    expect(second.data.length).toBe(20);
    const times = [...first.data, ...second.data].map((one) => one.timestamp);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    const last = await list(emulator, { filters: { date: { lte: second.data[19]?.timestamp } }, skip: 4000 });
    expect(last.data.length).toBe(100);
  });

  it.each([
    ['date', 'asc'],
    ['date', 'desc'],
    ['created', 'asc'],
    ['created', 'desc'],
  ])('sort by %s %s', async (sortField, sortDirection) => {
    const { data } = await list(emulate(), { sortField, sortDirection });
    const keys = data.map((one) => (sortField === 'date' ? one.timestamp : one.created));
    expect(keys).toEqual(keys.toSorted((a, b) => (sortDirection === 'asc' ? a - b : b - a)));
  });

  it('take a GET with a query too, on both prefixes', async () => {
    const emulator = emulate();
    const filters = encodeURIComponent(JSON.stringify({ service: { eq: [20893] } }));
    const paths = ['/api/v1/activities/', '/cas/api/v1/activities/'];
    for (const path of paths) {
      const response = await ask(emulator, `${path}?filters=${filters}&limit=3&sortDirection=asc`);
      const { data } = (await response.json()) as ScanPage;
      expect(data.map((one) => one['appId'])).toEqual([20893, 20893, 20893]);
    }
  });

  it('fetch one record without an envelope, with or without the last slash', async () => {
    const emulator = emulate();
    const id = '97134000_15600_97ee2049-893e-4c9d-a312-08d82b46faf7';
    for (const slash of ['/', '']) {
      const found = await read<McasActivity>(ask(emulator, `${path}${id}${slash}`));
      expect(found['tenantId']).toBe(97134000);
    }
    expect((await ask(emulator, `${path}nothing/`)).status).toBe(404);
  });

  it('take feedback', async () => {
    const emulator = emulate();
    const id = emulator.state.mcas.activities[1]?._id ?? '';
    const response = await ask(emulator, `${path}${id}/feedback`, { body: { feedbackValue: '0' } });
    expect(response.status).toBe(200);
    expect(emulator.state.mcas.feedback).toEqual([{ activityId: id, feedbackValue: '0' }]);
  });
});

describe('what the documents leave open', () => {
  const refused = async (option: object, body: unknown) => {
    const emulator = emulate();
    const before = (await ask(emulator, path, { body })).status;
    Object.assign(emulator.state.mcas.settings, option);
    return [before, (await ask(emulator, path, { body })).status];
  };

  it('can be switched', async () => {
    const removed = { filters: { 'activity.eventType': { eq: ['EVENT_CATEGORY_LOGIN'] } } };
    expect(await refused({ removedFilters: 'refuse' }, removed)).toEqual([200, 400]);
    expect(await refused({ deepSkip: 'serve' }, { skip: 5000 })).toEqual([400, 200]);
  });

  it('a POST without the last slash', async () => {
    const emulator = emulate();
    expect((await ask(emulator, '/api/v1/activities', { body: {} })).status).toBe(200);
    emulator.state.mcas.settings.postWithoutSlash = 'refuse';
    expect((await ask(emulator, '/api/v1/activities', { body: {} })).status).toBe(404);
    expect((await ask(emulator, path, { body: {} })).status).toBe(200);
  });
});

describe('scans', () => {
  it.each([
    ['date', 'desc', 'lte'],
    ['date', 'asc', 'gte'],
    ['created', 'desc', 'lte'],
    ['created', 'asc', 'gte'],
  ])('by %s %s bring every record once, with an inclusive cursor', async (sortField, sortDirection, side) => {
    const emulator = emulate();
    const now = emulator.clock.now();
    const visible = emulator.state.mcas.activities.filter((one) => one.created <= now);
    const pages = await scan(emulator, { sortField, sortDirection, limit: 1000, filters: {} });
    const ids = pages.flatMap((page) => page.data.map((one) => one._id));
    expect(ids.length).toBe(visible.length);
    expect(new Set(ids).size).toBe(ids.length);
    const [first] = pages;
    expect(first?.data.length).toBeLessThan(1000);
    const bound = first?.nextQueryFilters?.[sortField]?.[side];
    const key = (one: McasActivity | undefined) => (sortField === 'date' ? one?.timestamp : one?.created);
    expect(key(pages[1]?.data[0])).toBe(bound);
    expect(key(first?.data.at(-1))).not.toBe(bound);
  });

  it('keep the filters in the cursor, and 500 is the smallest page', async () => {
    const filters = {
      service: { eq: [20892] },
      date: { gte_ndays: 6, range: { start: start - 7 * 24 * hour, end: start } },
    };
    const { data, nextQueryFilters } = await list(emulate(), { isScan: true, limit: 1, filters });
    expect(data.length).toBeGreaterThan(480);
    expect(nextQueryFilters).toMatchObject(filters);
    expect(Number.isInteger(nextQueryFilters?.['date']?.['lte'])).toBe(true);
  });

  it.each(['shortPages', 'emptyPages'] as const)('%s lose nothing', async (option) => {
    const emulator = emulate();
    emulator.state.mcas.settings[option] = true;
    emulator.state.mcas.activities = [
      ...generateActivities({ seed: 's', count: 3000, from: start - 60 * hour, to: start - 25 * hour }),
    ];
    for (const sortDirection of ['asc', 'desc']) {
      const pages = await scan(emulator, {
        sortDirection,
        limit: 1000,
        filters: { date: { gte: 0, lte: start } },
      });
      expect(new Set(pages.flatMap((page) => page.data.map((one) => one._id))).size).toBe(3000);
      if (option === 'emptyPages')
        expect(pages.filter((page) => page.data.length === 0).length).toBeGreaterThan(2);
      else expect(pages[0]?.data.length).toBeLessThan(335);
    }
  });

  it('stand still at a millisecond with more records than a page', async () => {
    const emulator = emulate();
    emulator.state.mcas.activities = tie(start - hour, 501);
    const filters = { date: { lte: start - hour } };
    const stuck = await list(emulator, { isScan: true, filters });
    expect(stuck).toEqual({ data: [], hasNext: true, total: 501, nextQueryFilters: filters });
    emulator.state.mcas.settings.overfullMillisecond = 'repeat';
    expect((await list(emulator, { isScan: true, filters })).data.length).toBe(500);
    expect((await list(emulator, { isScan: true, filters, limit: 501 })).hasNext).toBe(false);
  });

  it('may freeze relative dates', async () => {
    const emulator = emulate();
    emulator.state.mcas.settings.relativeDates = 'freeze';
    const { nextQueryFilters } = await list(emulator, { isScan: true, filters: { date: { gte_ndays: 5 } } });
    expect(nextQueryFilters?.['date']?.['gte']).toBe(start - 5 * 24 * hour);
    expect(nextQueryFilters?.['date']).not.toHaveProperty('gte_ndays');
  });
});
