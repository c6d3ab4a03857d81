import { mcasTenant } from '../../../data/mcas/people.js';
import { json } from '../../../server/service.js';
import { parseCidr } from '../cidr.js';
import { notValid } from '../filters/evaluate.js';
import { rangeFilters } from '../filters/tables.js';
import { page, readFields, readListRequest, select } from '../list.js';
import type { SortFields } from '../list.js';
import type { McasRecord } from '../records.js';
import { emptyAnswer, notFound } from '../respond.js';
import { changes, listMethods, reads } from './route.js';
import type { Route, Visit } from './route.js';

const manage = changes('Investigation.manage', 'Settings.manage');
const access = reads('Investigation.read', 'Investigation.manage', 'Settings.read', 'Settings.manage');

/** IP ranges: "data enrichment" in the documents, `subnet` on the wire. */
export const rangeRoutes: readonly Route[] = [
  { methods: listMethods, path: '/v1/subnet/', access, handle: list },
  { methods: ['POST'], path: '/v1/subnet/create_rule/', access: manage, handle: create },
  { methods: ['POST'], path: '/v1/subnet/:pk/update_rule/', access: manage, handle: update },
  { methods: ['DELETE'], path: '/v1/subnet/:pk/', access: manage, handle: remove },
  { methods: ['GET'], path: '/v1/subnet/:pk/', access, handle: get },
];

const sorts: SortFields = {
  name: (record) => String(record['name']),
  category: (record) => Number(record['category']),
  tags: (record) => JSON.stringify(record['tags']),
};

function list({ call, state, mcas }: Visit): Response {
  const request = readListRequest(call);
  if (request instanceof Response) return request;
  const found = select(mcas.ranges, request, { table: rangeFilters, sorts }, state.clock.now());
  if (found instanceof Response) return found;
  const part = page(found, request, mcas.settings);
  if (part instanceof Response) return part;
  return json(200, { total: part.total, hasNext: part.hasNext, data: part.data });
}

function get({ mcas, pk }: Visit): Response {
  const found = mcas.ranges.find((range) => range._id === pk);
  return found ? json(200, found) : notFound();
}

/** The answer is the new id as a JSON string. */
function create(visit: Visit): Response {
  const { mcas, state } = visit;
  const n = mcas.rangesMade++;
  const range = readRange(visit, `5fd767259cd24bb5${n.toString(16).padStart(8, '0')}`);
  if (range instanceof Response) return range;
  if (mcas.ranges.some((other) => other['name'] === range['name']))
    return json(400, notValid('name', range['name']));
  mcas.ranges.push({ ...range, lastModified: lastModified(state.clock.now()) });
  return json(200, range._id);
}

/** Replaces the whole range: an optional field that is not sent becomes empty. */
function update(visit: Visit): Response {
  const { mcas, state, pk } = visit;
  const index = mcas.ranges.findIndex((range) => range._id === pk);
  if (index === -1) return notFound();
  const range = readRange(visit, pk);
  if (range instanceof Response) return range;
  if (mcas.ranges.some((other) => other._id !== pk && other['name'] === range['name']))
    return json(400, notValid('name', range['name']));
  mcas.ranges[index] = { ...range, lastModified: lastModified(state.clock.now()) };
  return emptyAnswer();
}

function remove({ mcas, pk }: Visit): Response {
  const index = mcas.ranges.findIndex((range) => range._id === pk);
  if (index === -1) return notFound();
  mcas.ranges.splice(index, 1);
  return emptyAnswer();
}

function readRange({ call }: Visit, _id: string): McasRecord | Response {
  const fields = readFields(call);
  if (fields instanceof Response) return fields;
  const { name, category, subnets, organization, tags } = fields;
  if (typeof name !== 'string' || name === '') return json(400, notValid('name', name ?? null));
  if (![1, 2, 3, 4, 5, 6].includes(Number(category)))
    return json(400, notValid('category', category ?? null));
  const parsed = Array.isArray(subnets) ? subnets.map(parseCidr) : [];
  if (parsed.length === 0 || parsed.includes(undefined))
    return json(400, notValid('subnets', subnets ?? null));
  return {
    _id,
    name,
    subnets: parsed,
    location: null,
    organization: typeof organization === 'string' ? organization : null,
    tags: Array.isArray(tags) ? tags.map(tag) : [],
    category: Number(category),
    _tid: mcasTenant,
  };
}

function tag(id: unknown): Record<string, unknown> {
  return {
    _id: String(id),
    id: String(id),
    target: 1,
    type: 2,
    name: String(id),
    visibility: 0,
    status: 0,
    _tid: mcasTenant,
  };
}

/** Milliseconds with a fraction, as the service shows them. */
function lastModified(now: number): number {
  return now + 0.8032;
}
