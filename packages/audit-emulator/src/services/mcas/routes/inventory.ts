import { json } from '../../../server/service.js';
import type { FilterTable } from '../filters/evaluate.js';
import { isObject } from '../filters/operators.js';
import { entityFilters, fileFilters } from '../filters/tables.js';
import { page, readListRequest, select } from '../list.js';
import type { SortFields } from '../list.js';
import type { McasRecord } from '../records.js';
import { notFound } from '../respond.js';
import { listMethods, reads } from './route.js';
import type { Route, Visit } from './route.js';

const entities = reads('Investigation.read', 'Investigation.manage');
/** No permission of Entra ID covers the files: an app is refused, whatever it holds. */
const files = reads();

export const inventoryRoutes: readonly Route[] = [
  { methods: listMethods, path: '/v1/entities/', access: entities, handle: listEntities },
  { methods: ['GET'], path: '/v1/entities/:pk/', access: entities, handle: getEntity },
  { methods: ['GET'], path: '/v1/entities/:pk/retrieve_tree/', access: entities, handle: getTree },
  { methods: listMethods, path: '/v1/files/', access: files, handle: listFiles },
  { methods: ['GET'], path: '/v1/files/:pk/', access: files, handle: getFile },
];

const lastSeen = (record: McasRecord): string => String(record['lastSeen']);
const entitySorts: SortFields = {
  lastSeen,
  date: lastSeen,
  severity: (record) => Number(record['threatScore']),
  displayname: (record) => String(record['displayName']).toLowerCase(),
};
const fileSorts: SortFields = {
  modifiedDate: (record) => Number(record['modifiedDate']),
  createdDate: (record) => Number(record['createdDate']),
};

function listEntities(visit: Visit): Response {
  return list(visit, visit.mcas.entities, { table: entityFilters, sorts: entitySorts });
}

function listFiles(visit: Visit): Response {
  return list(visit, visit.mcas.files, { table: fileFilters, sorts: fileSorts });
}

function list(
  { call, state, mcas }: Visit,
  records: readonly McasRecord[],
  resource: { table: FilterTable; sorts: SortFields },
): Response {
  const request = readListRequest(call);
  if (request instanceof Response) return request;
  const found = select(records, request, resource, state.clock.now());
  if (found instanceof Response) return found;
  const part = page(found, request, mcas.settings);
  return part instanceof Response ? part : json(200, { ...part, moreThanTotal: false });
}

/** The key in the path is base64 of `{"id":…,"saas":…,"inst":…}`. */
function findEntity({ mcas, pk }: Visit): McasRecord | undefined {
  try {
    const key = JSON.parse(Buffer.from(pk, 'base64').toString()) as unknown;
    if (!isObject(key)) return undefined;
    return mcas.entities.find(
      (one) => one['ii'] === `${String(key['saas'])}|${String(key['inst'])}|${String(key['id'])}`,
    );
  } catch {
    return undefined;
  }
}

function getEntity(visit: Visit): Response {
  const found = findEntity(visit);
  return found ? json(200, found) : notFound();
}

/** A user brings its accounts, an account its parent and siblings. The keys they come under are not documented. */
function getTree(visit: Visit): Response {
  const found = findEntity(visit);
  if (!found) return notFound();
  const family = visit.mcas.entities.filter(
    (one) => one['email'] !== null && one['email'] === found['email'],
  );
  const accounts = family.filter((one) => one['type'] === 1 && one !== found);
  if (found['type'] === 2) return json(200, { ...found, accounts });
  return json(200, { ...found, parent: family.find((one) => one['type'] === 2) ?? null, siblings: accounts });
}

function getFile({ mcas, pk }: Visit): Response {
  const found = mcas.files.find((file) => file._id === pk);
  return found ? json(200, found) : notFound();
}
