import type { Call } from '../../server/service.js';
import type { DiscoveryUpload, McasState } from './state.js';

/** The storage account that log files are put into; its address comes out of `upload_url` alone. */
export const uploadHost = 'contosodiscovery.blob.core.windows.net';

const largestPut = 64 * 1024 * 1024;

/**
 * The storage service's side of an upload: Put Blob, or Put Block and Put Block List. The signature in the address is
 * all it wants; an Authorization header beside it is refused, so that a leaked token is seen.
 */
export function putBlob(call: Call, state: McasState, id: string): Response {
  const upload = state.uploads.find((one) => one.id === id);
  const { searchParams } = call.url;
  if (!upload || searchParams.get('sig') !== upload.signature)
    return storageError(403, 'AuthenticationFailed');
  if (call.headers.has('authorization')) return storageError(400, 'InvalidAuthenticationInfo');
  switch (searchParams.get('comp')) {
    case 'block':
      return putBlock(call, upload, searchParams.get('blockid'));
    case 'blocklist':
      return putBlockList(call, upload);
    default:
      if (call.headers.get('x-ms-blob-type') !== 'BlockBlob')
        return storageError(400, 'MissingRequiredHeader');
      if (call.body.byteLength > largestPut) return storageError(413, 'RequestBodyTooLarge');
      upload.content = call.body;
      return created();
  }
}

function putBlock(call: Call, upload: DiscoveryUpload, blockId: string | null): Response {
  if (!blockId) return storageError(400, 'InvalidQueryParameterValue');
  upload.blocks.set(blockId, call.body);
  return created();
}

function putBlockList(call: Call, upload: DiscoveryUpload): Response {
  const list = new TextDecoder().decode(call.body);
  const ids = [...list.matchAll(/<(Latest|Uncommitted|Committed)>([^<]+)<\/\1>/g)].map(
    (match) => match[2] ?? '',
  );
  const blocks = ids.map((id) => upload.blocks.get(id));
  if (ids.length === 0 || blocks.includes(undefined)) return storageError(400, 'InvalidBlockList');
  upload.content = Buffer.concat(blocks.map((block) => block ?? new Uint8Array()));
  upload.blocks.clear();
  return created();
}

function created(): Response {
  return new Response(null, { status: 201 });
}

function storageError(status: number, code: string): Response {
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  return new Response(body, {
    status,
    headers: { 'content-type': 'application/xml', 'x-ms-error-code': code },
  });
}
