import { describe, expect, it } from 'vitest';
import { contoso } from '../src/data/contoso.js';
import type { Emulator } from '../src/server/emulator.js';
import type { McasAlert } from '../src/services/mcas/records.js';
import { ask, emulate, read, start } from './mcas-helper.js';
import type { Listed } from './mcas-helper.js';

const path = '/api/v1/alerts/';
const documented = '603f704aaf7417985bbf3b22';

function list(emulator: Emulator, body: unknown = {}): Promise<Listed<McasAlert>> {
  return read(ask(emulator, path, { body }));
}

describe('alerts', () => {
  it('list in pages with max and moreThanTotal', async () => {
    const emulator = emulate();
    const first = await list(emulator);
    expect(first).toMatchObject({ hasNext: true, max: 100, moreThanTotal: false, total: 152 });
    const second = await list(emulator, { skip: 100 });
    expect([second.data.length, second.hasNext]).toEqual([52, false]);
    expect(new Set([...first.data, ...second.data].map((one) => one._id)).size).toBe(152);
  });

  it.each([
    { severity: { eq: [2] } },
    { alertOpen: { eq: true } },
    { resolutionStatus: { neq: [0] } },
    { read: { eq: [false] } },
    { date: { gte_ndays: 7 } },
    { resolutionDate: { range: [{ start: start - 20 * 86_400_000, end: start }] } },
    { 'entity.service': { eq: [20892] } },
    { 'entity.ip': { eq: ['192.0.2.7'] }, source: { eq: ['built-in'] } },
    { 'entity.entity': { eq: [{ id: `zoe.muller@${contoso.domain}` }] } },
    { alertType: { eq: [15794945] } },
  ])('%j selects some', async (filters) => {
    const { total } = await list(emulate(), { filters });
    expect(total).toBeGreaterThan(0);
    expect(total).toBeLessThan(152);
  });

  it('sort by severity', async () => {
    const { data } = await list(emulate(), { sortField: 'severity', sortDirection: 'desc' });
    expect([data[0]?.severityValue, data.at(-1)?.severityValue]).toEqual([2, 1]);
  });

  it('fetch one', async () => {
    const emulator = emulate();
    expect(await read(ask(emulator, `${path}${documented}/`))).toMatchObject({
      _id: documented,
      threatScore: 34,
    });
    expect((await ask(emulator, `${path}nothing/`)).status).toBe(404);
  });

  it.each([
    ['benign', 4, 2],
    ['false_positive', 3, 3],
    ['true_positive', 5, undefined],
  ])('close as %s, naming the ids that are not there', async (name, resolution, reasonId) => {
    const emulator = emulate();
    const body = { filters: { id: { eq: [documented, 'nothing'] } }, comment: 'Seen.', reasonId };
    expect(await read(ask(emulator, `${path}close_${name}/`, { body }))).toEqual({
      [`closed_${name}`]: 1,
      alertsNotFound: ['nothing'],
    });
    expect(await read(ask(emulator, `${path}${documented}/`))).toMatchObject({
      resolutionStatusValue: resolution,
      comment: 'Seen.',
      resolveTime: '2026-11-20T12:00:00.000Z',
    });
  });

  it('close everything when nothing is filtered, which is the danger of it', async () => {
    const emulator = emulate();
    expect(await read(ask(emulator, `${path}close_benign/`, { body: { filters: {} } }))).toEqual({
      closed_benign: 152,
    });
  });

  it.each([
    [`${documented}/dismiss/`, {}],
    ['dismiss_bulk/', { filters: { id: { eq: [documented] } } }],
    ['resolve/', { filters: { id: { eq: [documented] } } }],
  ])('are closed by the deprecated %s as well', async (old, body) => {
    const emulator = emulate();
    const archived = () => emulator.state.mcas.alerts.filter(({ statusValue }) => statusValue === 2).length;
    const before = archived();
    const closed = await read(ask(emulator, `${path}${old}`, { body }));
    expect(Object.values(closed as object)).toEqual([1]);
    expect(await read(ask(emulator, `${path}${documented}/`))).toMatchObject({ statusValue: 2 });
    expect(archived()).toBe(before + 1);
  });

  it('refuse a reason of another closing', async () => {
    const body = { filters: { id: { eq: [documented] } }, reasonId: 0 };
    expect((await ask(emulate(), `${path}close_benign/`, { body })).status).toBe(400);
  });

  it('are marked unread and read', async () => {
    const emulator = emulate();
    for (const [mark, status] of [
      ['unread', 0],
      ['read', 1],
    ] as const) {
      expect((await ask(emulator, `${path}${documented}/${mark}/`, { method: 'POST' })).status).toBe(200);
      expect(await read(ask(emulator, `${path}${documented}/`))).toMatchObject({ statusValue: status });
    }
  });

  it('cannot be changed with the token of a security reader', async () => {
    const emulator = emulate();
    emulator.state.mcas.tokens.set('reader', { tenantId: contoso.tenantId, readOnly: true });
    const authorization = 'Token reader';
    expect((await ask(emulator, path, { body: {}, authorization })).status).toBe(200);
    const refused = await ask(emulator, `${path}close_benign/`, { body: {}, authorization });
    expect(refused.status).toBe(403);
  });
});
