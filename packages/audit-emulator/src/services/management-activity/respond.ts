import type { Call } from '../../server/service.js';
import type { EmulatorState } from '../../server/emulator-state.js';
import { FeedError } from './errors.js';
import type { FeedCall } from './feed-call.js';

/** The headers that real answers carry. There is no `Retry-After` and no rate-limit header among them. */
const common: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-cache',
  Pragma: 'no-cache',
  Expires: '-1',
  Server: 'Microsoft-IIS/10.0',
  'X-AspNet-Version': '4.0.30319',
  'X-Powered-By': 'ASP.NET',
};

const jsonType = 'application/json; charset=utf-8';

/** Any body, compressed when the switch says so and the caller accepts it. */
export function send(
  { call, state }: Pick<FeedCall, 'call' | 'state'>,
  status: number,
  body: string | ReadableStream<Uint8Array<ArrayBuffer>> | null,
  headers: Record<string, string> = {},
): Response {
  const all = { ...common, ...headers };
  const accepts = /\bgzip\b/.test(call.headers.get('accept-encoding') ?? '');
  if (body === null || !state.managementActivity.settings.gzip || !accepts)
    return new Response(body, { status, headers: all });
  const source = typeof body === 'string' ? new Blob([body]).stream() : body;
  return new Response(source.pipeThrough(new CompressionStream('gzip')), {
    status,
    headers: { ...all, 'Content-Encoding': 'gzip' },
  });
}

/** JSON, or with `undefined` an empty answer. */
export function sendJson(
  feed: Pick<FeedCall, 'call' | 'state'>,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Response {
  if (body === undefined) return send(feed, status, status === 204 ? null : '', headers);
  return send(feed, status, JSON.stringify(body), { 'Content-Type': jsonType, ...headers });
}

/** The error in whichever of its shapes the settings ask for. */
export function sendError(call: Call, state: EmulatorState, error: FeedError, onBlob: boolean): Response {
  const { settings } = state.managementActivity;
  const { code, message } = error;
  const feed = { call, state };
  const singleQuoted = (status: number): Response =>
    send(feed, status, `{'error':{'code':'${code}','message':'${message}'}}`, { 'Content-Type': jsonType });
  const headers: Record<string, string> = {};
  if (code === 'AF429') {
    const wait = settings.throttleRetryAfterInSeconds;
    if (wait !== undefined) headers['Retry-After'] = String(wait);
    if (settings.throttleShape === 'single-quoted-403' && onBlob) return singleQuoted(403);
    if (settings.throttleShape === 'trimmed') return sendJson(feed, error.status, { code, message }, headers);
  }
  if (settings.singleQuotedBlobErrors && onBlob) return singleQuoted(error.status);
  const status = code === 'AF20051' ? settings.expiredStatus : error.status;
  return sendJson(feed, status, { error: { code, message } }, headers);
}
