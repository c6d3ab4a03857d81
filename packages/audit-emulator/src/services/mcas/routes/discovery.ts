import { json } from '../../../server/service.js';
import { notValid } from '../filters/evaluate.js';
import { readFields } from '../list.js';
import { emptyAnswer } from '../respond.js';
import { putBlob, uploadHost } from '../uploads.js';
import { changes, listMethods, reads } from './route.js';
import type { Route, Visit } from './route.js';

const access = reads('Discovery.read', 'Discovery.manage');
const manage = changes('Discovery.manage');

export const discoveryRoutes: readonly Route[] = [
  { methods: ['GET'], path: '/v1/discovery/upload_url/', access: manage, handle: uploadUrl },
  { methods: ['POST'], path: '/v1/discovery/done_upload/', access: manage, handle: doneUpload },
  {
    methods: ['PUT'],
    path: '/discovery/uploads/:pk/',
    handle: ({ call, mcas, pk }) => putBlob(call, mcas, pk),
  },
  { methods: ['GET'], path: '/discovery/streams/', access, handle: listStreams },
  { methods: listMethods, path: '/v1/discovery/discovered_apps/categories/', access, handle: listCategories },
  { methods: ['GET'], path: '/discovery_block_scripts/', access: manage, handle: blockScript },
];

function uploadUrl({ call, state, mcas }: Visit): Response {
  const { searchParams, origin } = call.url;
  for (const name of ['filename', 'source'])
    if (!searchParams.get(name)) return json(400, notValid(name, null));
  const random = state.random.fork(`mcas-upload-${mcas.uploads.length}`);
  const [id, signature] = [random.guid(), random.guid()];
  mcas.uploads.push({
    id,
    signature,
    fileName: searchParams.get('filename') ?? '',
    source: searchParams.get('source') ?? '',
    blocks: new Map(),
  });
  // The service's hosts hand out the storage account's; the emulator's own origin serves all by path.
  const emulatorsOwn = !/(^|\.)portal\./.test(call.url.hostname);
  const place = emulatorsOwn ? origin : `https://${uploadHost}`;
  return json(200, {
    url: `${place}/api/discovery/uploads/${id}?sv=2022-11-02&sr=b&sig=${signature}`,
    provider: 'azure',
  });
}

function doneUpload({ call, mcas }: Visit): Response {
  const fields = readFields(call);
  if (fields instanceof Response) return fields;
  const { uploadUrl, inputStreamName, uploadAsSnapshot } = fields;
  const upload = mcas.uploads.find((one) => typeof uploadUrl === 'string' && uploadUrl.includes(one.id));
  if (!upload?.content) return json(400, notValid('uploadUrl', uploadUrl ?? null));
  if (typeof inputStreamName !== 'string' || inputStreamName === '')
    return json(400, notValid('inputStreamName', inputStreamName ?? null));
  upload.done = { inputStreamName, uploadAsSnapshot: uploadAsSnapshot === true };
  return emptyAnswer();
}

/** The documents show one object and speak of a list; older ones show an array, a client reads `.streams`. */
function listStreams({ mcas }: Visit): Response {
  const { streams, settings } = mcas;
  if (settings.streamsShape === 'array') return json(200, streams);
  return json(200, settings.streamsShape === 'object' ? (streams[0] ?? {}) : { streams });
}

/** A bare array. */
function listCategories({ call, mcas }: Visit): Response {
  const fields = readFields(call);
  if (fields instanceof Response) return fields;
  const { streamId, skip = 0, limit = 100 } = fields;
  if (!mcas.streams.some((stream) => stream._id === streamId))
    return json(400, notValid('streamId', streamId ?? null));
  return json(200, mcas.categories.slice(Number(skip), Number(skip) + Number(limit)));
}

/** Format numbers and how the appliance is told to deny a domain; only the first form is documented by a sample. */
const denials: Readonly<Record<string, (domain: string) => string>> = {
  '102': (domain) => `url.domain=${domain} deny`,
  '104': (domain) => `url-server block ${domain}`,
  '108': (domain) => `set url "${domain}" action block`,
  '112': (domain) => `set shared profiles custom-url-category banned list ${domain}`,
  '120': (domain) => domain,
  '129': (domain) => `set security utm custom-objects url-pattern banned value ${domain}`,
  '135': (domain) => domain,
};

function blockScript({ call, mcas }: Visit): Response {
  const format = call.url.searchParams.get('format') ?? '';
  const deny = Object.hasOwn(denials, format) ? denials[format] : undefined;
  if (!deny) return json(400, notValid('format', format));
  const lines = mcas.bannedDomains.map((domain) => `${deny(domain)}\n`);
  return new Response(lines.join(''), {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
}
