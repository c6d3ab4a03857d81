import { json } from '../../../server/service.js';
import { notValid } from '../filters/evaluate.js';
import { isObject } from '../filters/operators.js';
import { alertFilters } from '../filters/tables.js';
import { page, readListRequest, select } from '../list.js';
import type { ListRequest, SortFields } from '../list.js';
import type { McasAlert } from '../records.js';
import { emptyAnswer, notFound } from '../respond.js';
import { changes, listMethods, reads } from './route.js';
import type { Route, Visit } from './route.js';

const readers = ['Investigation.read', 'Investigation.manage', 'Discovery.read', 'Discovery.manage'] as const;
const access = reads(...readers);
const marks = changes(...readers);
const closes = changes('Investigation.manage', 'Discovery.manage');

export const alertRoutes: readonly Route[] = [
  { methods: listMethods, path: '/v1/alerts/', access, handle: list },
  // reasonId: 2 severity is lower, 4 other, 5 confirmed with the user, 6 test
  close('benign', 4, [2, 4, 5, 6]),
  // reasonId: 0 not of interest, 1 too many similar alerts, 3 not accurate, 4 other
  close('false_positive', 3, [0, 1, 3, 4]),
  close('true_positive', 5, []),
  // Deprecated since October 2020. Documented as mapped to the closing ones: to which each, is not said.
  close('benign', 4, [], '/v1/alerts/:pk/dismiss/'),
  close('benign', 4, [], '/v1/alerts/dismiss_bulk/'),
  close('true_positive', 5, [], '/v1/alerts/resolve/'),
  { methods: ['GET'], path: '/v1/alerts/:pk/', access, handle: get },
  { methods: ['POST'], path: '/v1/alerts/:pk/read/', access: marks, handle: (visit) => mark(visit, 1) },
  { methods: ['POST'], path: '/v1/alerts/:pk/unread/', access: marks, handle: (visit) => mark(visit, 0) },
];

const sorts: SortFields = {
  date: (record) => (record as McasAlert).timestamp,
  severity: (record) => (record as McasAlert).severityValue,
  status: (record) => (record as McasAlert).resolutionStatusValue ?? 0,
};

function selected(visit: Visit, request: ListRequest): McasAlert[] | Response {
  return select(visit.mcas.alerts, request, { table: alertFilters, sorts }, visit.state.clock.now());
}

function list(visit: Visit): Response {
  const request = readListRequest(visit.call);
  if (request instanceof Response) return request;
  const found = selected(visit, request);
  if (found instanceof Response) return found;
  const part = page(found, request, visit.mcas.settings);
  return part instanceof Response ? part : json(200, { ...part, moreThanTotal: false });
}

function get({ mcas, pk }: Visit): Response {
  const found = mcas.alerts.find((alert) => alert._id === pk);
  return found ? json(200, found) : notFound();
}

function mark({ mcas, pk }: Visit, statusValue: number): Response {
  const found = mcas.alerts.find((alert) => alert._id === pk);
  if (!found) return notFound();
  found.statusValue = statusValue;
  return emptyAnswer();
}

/** Closes all that the filters select: empty filters close everything. Unknown ids are told, and are no error. */
function close(
  name: string,
  resolution: number,
  reasons: readonly number[],
  path = `/v1/alerts/close_${name}/`,
): Route {
  const handle = (visit: Visit): Response => {
    const asked = readListRequest(visit.call);
    if (asked instanceof Response) return asked;
    const request = path.includes(':pk') ? { ...asked, filters: { id: { eq: [visit.pk] } } } : asked;
    const { reasonId, comment } = request;
    if (reasonId !== undefined && reasons.length > 0 && !reasons.some((one) => one === Number(reasonId)))
      return json(400, notValid('reasonId', reasonId));
    const found = selected(visit, { ...request, sortField: undefined });
    if (found instanceof Response) return found;
    for (const alert of found) {
      alert.resolutionStatusValue = resolution;
      alert.statusValue = 2;
      alert['comment'] = typeof comment === 'string' ? comment : null;
      alert['resolveTime'] = new Date(visit.state.clock.now()).toISOString();
    }
    const missing = wantedIds(request).filter((id) => !visit.mcas.alerts.some((alert) => alert._id === id));
    return json(200, {
      [`closed_${name}`]: found.length,
      ...(missing.length > 0 && { alertsNotFound: missing }),
    });
  };
  return { methods: ['POST'], path, access: closes, handle };
}

function wantedIds({ filters }: ListRequest): unknown[] {
  const { id } = filters;
  const wanted = isObject(id) ? (id['eq'] ?? []) : [];
  return Array.isArray(wanted) ? wanted : [wanted];
}
