import { json } from '../../../server/service.js';
import type { EmulatorState } from '../../../server/emulator-state.js';
import { activityFilters } from '../filters/activities.js';
import type { FilterTable } from '../filters/evaluate.js';
import { page, readFields, readListRequest, select } from '../list.js';
import type { SortFields } from '../list.js';
import type { McasActivity } from '../records.js';
import { emptyAnswer, notFound } from '../respond.js';
import { scanPage } from '../scan.js';
import { listMethods, reads } from './route.js';
import type { Route, Visit } from './route.js';

const access = reads('Investigation.read', 'Investigation.manage');

export const activityRoutes: readonly Route[] = [
  { methods: listMethods, path: '/v1/activities/', access, handle: list },
  { methods: ['GET'], path: '/v1/activities/:pk/', access, handle: get },
  { methods: ['POST'], path: '/v1/activities/:pk/feedback/', access, handle: sendFeedback },
];

const sorts: SortFields = {
  date: (record) => (record as McasActivity).timestamp,
  created: (record) => (record as McasActivity).created,
};

const removed: readonly string[] = ['activity.eventType', 'fileLabels', 'activity.azureSubscriptions'];

/** What has been saved by now: the rest has not arrived yet. */
function visible(state: EmulatorState): McasActivity[] {
  const now = state.clock.now();
  return state.mcas.activities.filter((one) => one.created <= now);
}

function table(visit: Visit): FilterTable {
  if (visit.mcas.settings.removedFilters === 'serve') return activityFilters;
  const kept = Object.entries(activityFilters.fields).filter(([name]) => !removed.includes(name));
  return { ...activityFilters, fields: Object.fromEntries(kept) };
}

function list(visit: Visit): Response {
  const { call, state, mcas } = visit;
  const request = readListRequest(call);
  if (request instanceof Response) return request;
  const now = state.clock.now();
  const found = select(visible(state), request, { table: table(visit), sorts }, now);
  if (found instanceof Response) return found;
  if (request.isScan) return json(200, scanPage(found, request, mcas.settings, now));
  const part = page(found, request, mcas.settings);
  if (part instanceof Response) return part;
  const { data, hasNext, total } = part;
  return json(200, { total, hasNext, data });
}

function get({ state, pk }: Visit): Response {
  const found = visible(state).find((one) => one._id === pk);
  return found ? json(200, found) : notFound();
}

function sendFeedback({ call, state, mcas, pk }: Visit): Response {
  if (!visible(state).some((one) => one._id === pk)) return notFound();
  const fields = readFields(call);
  if (fields instanceof Response) return fields;
  mcas.feedback.push({ activityId: pk, ...fields });
  return emptyAnswer();
}
