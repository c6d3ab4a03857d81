import { contoso, createEmulator } from 'audit-emulator';
import type { Emulator } from 'audit-emulator';
import { ContentType } from 'o365-activity-client';
import { start } from './exchanges.js';
import type { Exchange, Fetch } from './exchanges.js';
import { toResponse } from './mutate.js';
import type { RecordedResponse } from './mutate.js';

/** What an emulator answers to an exchange. */
export async function recordExchange(exchange: Exchange): Promise<RecordedResponse[]> {
  if (exchange.response !== undefined)
    return [
      { status: 200, headers: { 'content-type': 'application/json' }, body: encode(exchange.response) },
    ];
  const emulator: Emulator = createEmulator({ clock: 'virtual', start });
  emulator.state.entra.verify = async () => ({
    ok: true,
    claims: {
      aud: 'https://manage.office.com',
      iss: 'x',
      oid: 'x',
      iat: 0,
      nbf: 0,
      exp: 0,
      tid: contoso.tenantId,
      appid: contoso.clientId,
      roles: ['ActivityFeed.Read', 'ActivityFeed.ReadDlp'],
    },
  });
  for (const type of [ContentType.General, ContentType.Exchange])
    emulator.state.managementActivity.subscriptions.enable(contoso.tenantId, contoso.clientId, type, start);
  const recorded: RecordedResponse[] = [];
  const fetch: Fetch = async (request) => {
    const response = await emulator.fetch(request);
    const short = shorten(new Uint8Array(await response.arrayBuffer()));
    const { 'content-length': _length, ...headers } = Object.fromEntries(response.headers);
    recorded.push({ status: response.status, headers, body: short });
    return toResponse(recorded.at(-1) as RecordedResponse);
  };
  await exchange.run({ fetch, clock: emulator.clock });
  return recorded;
}

const encode = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value));

/** Lists of at most six elements: ten thousand mutations are to take seconds. */
function shorten(body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return body;
  }
  if (Array.isArray(parsed)) return encode(parsed.slice(0, 6));
  const { data } = (parsed ?? {}) as { data?: unknown };
  return Array.isArray(data) ? encode({ ...(parsed as object), data: data.slice(0, 6) }) : body;
}
