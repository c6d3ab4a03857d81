import { describe, expect, it } from 'vitest';
import { contoso } from '../src/data/contoso.js';
import { activitySample } from '../src/data/mcas/samples.js';
import { createEmulator } from '../src/server/emulator.js';
import { activityFilters } from '../src/services/mcas/filters/activities.js';
import { compileFilters } from '../src/services/mcas/filters/evaluate.js';
import type { McasActivity } from '../src/services/mcas/records.js';

const sample = JSON.parse(activitySample) as McasActivity;
const day = 86_400_000;
const now = sample.timestamp + 10 * day;

function matches(filters: Record<string, unknown>): boolean {
  const compiled = compileFilters(filters, activityFilters, now);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.body));
  return compiled.matches(sample);
}

const entity = { id: 'avishai@demistodev.onmicrosoft.com', inst: 0 };

const yes: [string, unknown][] = [
  ['service', { eq: [15600] }],
  ['service', { eq: 15600 }],
  ['service', { neq: [20892, 20893] }],
  ['instance', { eq: [0] }],
  ['user.orgUnit', { isnotset: true }],
  ['user.orgUnit', { isset: false }],
  ['user.username', { eq: [entity.id] }],
  ['user.username', { startswith: ['nobody', 'avish'] }],
  ['user.tags', { eq: [{ role: 1, adv: true }, '5f01dbbc68df27c17aa6ca81'] }],
  ['user.domain', { eq: ['demistodev.onmicrosoft.com'] }],
  ['entity', { eq: [entity] }],
  ['entity', { eq: [{ ...entity, saas: 11161 }] }],
  ['entity', { neq: [{ ...entity, inst: 1 }] }],
  ['actionType', { contains: ['Preview'] }],
  ['activity.actionType', { eq: ['15600:EVENT_O365_ONEDRIVE_GENERIC:FilePreviewed'] }],
  ['activity.eventActionType', { eq: ['EVENT_CATEGORY_UNSPECIFIED'] }],
  ['activity.eventType', { neq: ['EVENT_CATEGORY_LOGIN'] }],
  ['activity.id', { eq: [sample._id] }],
  ['activity.impersonated', { eq: [false] }],
  ['activity.type', { eq: false }],
  ['activity.takenAction', { eq: [null] }],
  ['activityObject', { eq: ['3fa9f28b-eb0e-463a-ba7b-8089fe9991e2'] }],
  ['device.type', { eq: ['OTHER', null] }],
  ['device.type', { neq: [null] }],
  ['userAgent.userAgent', { contains: ['transform_thumbnail'] }],
  ['userAgent.userAgent', { ncontains: ['Firefox'] }],
  ['userAgent.tags', { eq: ['000000000000000000000000'] }],
  ['location.country', { eq: ['IL'] }],
  ['location.organizations', { contains: ['Cellcom'] }],
  ['ip.address', { startswith: ['8.8.'] }],
  ['ip.address', { doesnotstartwith: ['9.'] }],
  ['ip.category', { eq: [0] }],
  ['ip.tags', { neq: ['000000290000000000000000'] }],
  ['fileId', { eq: ['141133f2-6710-4f65-9c3b-c840a8d71483'] }],
  ['office365url', { endswith: ['.docx'] }],
  ['text', { text: 'filepreviewed' }],
  ['text', { startswithsingle: 'FilePre' }],
  ['date', { gte: sample.timestamp, lte: sample.timestamp }],
  ['date', { range: { start: sample.timestamp, end: sample.timestamp } }],
  [
    'date',
    {
      range: [
        { start: 0, end: 1 },
        { start: sample.timestamp - 1, end: now },
      ],
    },
  ],
  ['date', { gte_ndays: 10 }],
  ['date', { lte_ndays: 10 }],
  ['created', { gte: String(sample.created), gt: sample.created - 1 }],
  ['created', { eq: sample.created }],
  ['policy', { isset: false }],
  ['source', { eq: 2 }],
];

const no: [string, unknown][] = [
  ['service', { eq: [20892] }],
  ['service', { neq: [15600] }],
  ['user.username', { isset: false }],
  ['entity', { eq: [{ ...entity, inst: 1 }] }],
  ['activity.type', { eq: [true] }],
  ['device.type', { eq: [null] }],
  ['ip.address', { doesnotstartwith: ['8.'] }],
  ['date', { lte: sample.timestamp - 1 }],
  ['date', { gte: sample.timestamp, lte: sample.timestamp - 1 }],
  ['date', { gte_ndays: 9 }],
  ['date', { lte_ndays: 11 }],
  ['created', { gt: sample.created }],
  ['created', { lt: sample.created }],
  ['text', { text: 'nowhere to be found' }],
];

describe('activity filters', () => {
  it.each(yes)('%s %j selects', (name, conditions) => {
    expect(matches({ [name]: conditions })).toBe(true);
  });

  it.each(no)('%s %j does not select', (name, conditions) => {
    expect(matches({ [name]: conditions })).toBe(false);
  });

  it('are ANDed', () => {
    expect(matches({ service: { eq: [15600] }, 'location.country': { eq: ['IL'] } })).toBe(true);
    expect(matches({ service: { eq: [15600] }, 'location.country': { eq: ['CH'] } })).toBe(false);
  });
});

describe('refused filters', () => {
  const ask = async (filters: unknown): Promise<[number, unknown]> => {
    const emulator = createEmulator({ clock: 'manual', start: now });
    emulator.state.mcas.activities = [];
    const response = await emulator.fetch(
      new Request(`https://${contoso.mcasHost}/api/v1/activities/`, {
        method: 'POST',
        headers: { authorization: `Token ${contoso.mcasToken}` },
        body: JSON.stringify({ filters }),
      }),
    );
    return [response.status, await response.json()];
  };

  it('unknown names', async () => {
    expect(await ask({ lastSeen: { gte: 1 } })).toEqual([
      400,
      { detail: "filter validation error: No filter name 'lastSeen' found in metadata activities" },
    ]);
    expect((await ask({ constructor: { eq: 1 } }))[0]).toBe(400);
  });

  it('operators of other filters', async () => {
    expect((await ask({ service: { contains: ['1'] } }))[0]).toBe(400);
    expect((await ask({ date: { toString: 1 } }))[0]).toBe(400);
  });

  it.each([
    { date: { gte: 'yesterday' } },
    { date: { range: [1, 2] } },
    { date: { gte_ndays: null } },
    { 'user.username': { isset: 'maybe' } },
    { service: 15600 },
  ])('%j is not valid', async (filters) => {
    const [status, body] = await ask(filters);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      error: true,
      filters: [{ errorMessageCode: 'CONSOLE_FORMS_NOT_VALID_VALUE' }],
    });
  });
});
