import { createRateLimiter } from '@repo/client-core';
import { captureError, testClock } from '@repo/test-kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { McasClient, apiToken } from '../../src/index.js';
import type { ListPage, PagedAsyncIterable } from '../../src/index.js';
import { now } from '../helpers.js';

interface Row {
  _id: string;
  timestamp: number;
  [field: string]: unknown;
}

interface Body {
  filters: { date?: { gte?: number; lte?: number } };
  sortField?: string;
  sortDirection?: 'asc' | 'desc';
  skip: number;
  limit: number;
}

/** A list by `skip` whose rows may change between two requests. It shares no code with the emulator. */
function createListService(rows: Row[], { sorts = true }: { sorts?: boolean } = {}) {
  const service = { rows, bodies: [] as Body[], between: (_request: number): void => undefined };
  const clock = testClock(now);
  const mcas = new McasClient('contoso.portal.cloudappsecurity.com', apiToken('a-token'), {
    clock,
    limiter: createRateLimiter({ limit: 1_000_000, clock }),
    fetch: async (request) => {
      const body = (await request.json()) as Body;
      service.bodies.push(body);
      const { gte = -Infinity, lte = Infinity } = body.filters.date ?? {};
      const matching = service.rows.filter(({ timestamp }) => timestamp >= gte && timestamp <= lte);
      if (sorts && body.sortField === 'date')
        matching.sort((a, b) => (a.timestamp - b.timestamp) * (body.sortDirection === 'asc' ? 1 : -1));
      const data = matching.slice(body.skip, body.skip + body.limit);
      const answer = { data, hasNext: body.skip + data.length < matching.length, total: matching.length };
      service.between(service.bodies.length);
      return Response.json(answer);
    },
  });
  return { service, mcas };
}

const makeRows = (count: number, step = 1000): Row[] =>
  Array.from({ length: count }, (_, index) => ({ _id: `r${index}`, timestamp: now - index * step }));

const lists: [
  string,
  (mcas: McasClient) => PagedAsyncIterable<{ _id?: string }, ListPage<{ _id?: string }>>,
][] = [
  ['alerts.list', (mcas) => mcas.alerts.list()],
  ['alerts.list by severity', (mcas) => mcas.alerts.list({ sortField: 'severity' })],
  ['alerts.list, oldest first', (mcas) => mcas.alerts.list({ sortDirection: 'asc' })],
  ['entities.list', (mcas) => mcas.entities.list()],
  ['files.list', (mcas) => mcas.files.list()],
  ['ipRanges.list', (mcas) => mcas.ipRanges.list({ limit: 7 })],
];

describe.each(lists)('%s', (_, list) => {
  it('passes over no row that stays, while rows that were handed out leave', async () => {
    const { service, mcas } = createListService(makeRows(380));
    const seen: string[] = [];
    for await (const { items } of list(mcas).byPage()) {
      seen.push(...items.map(({ _id }) => String(_id)));
      // Analysts close most of what they have just been shown.
      const closed = new Set(items.filter((__, index) => index % 5 !== 0).map(({ _id }) => _id));
      service.rows = service.rows.filter(({ _id }) => !closed.has(_id));
    }
    expect(seen).toHaveLength(380);
    expect(new Set(seen).size).toBe(380);
  });

  it('hands out every row that stays and none twice, whatever leaves and arrives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(420),
        fc.constantFrom(0, 1, 1000),
        fc.boolean(),
        fc.array(fc.array(fc.nat(419), { maxLength: 60 }), { maxLength: 6 }),
        async (count, step, sorts, leaving) => {
          const { service, mcas } = createListService(makeRows(count, step), { sorts });
          const gone = new Set<string>();
          service.between = (request) => {
            for (const index of leaving[request - 1] ?? []) gone.add(`r${index}`);
            service.rows = service.rows.filter(({ _id }) => !gone.has(_id));
          };
          const seen: string[] = [];
          for await (const { _id } of list(mcas)) seen.push(String(_id));
          expect(new Set(seen).size).toBe(seen.length);
          const stayed = service.rows.map(({ _id }) => _id);
          expect(stayed.filter((id) => !seen.includes(id))).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('goes on from a token of any page', async () => {
    const { mcas } = createListService(makeRows(350));
    const seen: string[] = [];
    let continuationToken: string | undefined;
    do {
      const { value } = await list(mcas).byPage({ continuationToken })[Symbol.asyncIterator]().next();
      seen.push(...value.items.map(({ _id }: Row) => _id));
      continuationToken = value.continuationToken;
    } while (continuationToken);
    expect(seen).toHaveLength(350);
    expect(new Set(seen).size).toBe(350);
  });
});

it('an alert list goes beyond what skip reaches', async () => {
  const { service, mcas } = createListService(makeRows(900, 1));
  for await (const _ of mcas.alerts.list());
  expect(Math.max(...service.bodies.map(({ skip }) => skip))).toBe(0);
  expect(service.bodies.length).toBeLessThan(11);
});

it.each([
  [{ limit: 0 }, /query\.limit/],
  [{ limit: 101 }, /query\.limit/],
  [{ skip: -1 }, /query\.skip/],
  [{ sortDirection: 'down' }, /query\.sortDirection/],
])('a list with %o is refused before anything is sent', async (query, message) => {
  const { service, mcas } = createListService([]);
  const error = await captureError(() => mcas.alerts.list(query as never));
  expect(String(error)).toMatch(message);
  expect(service.bodies).toEqual([]);
});
