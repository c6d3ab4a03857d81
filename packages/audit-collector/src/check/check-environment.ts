import type { Fetch } from 'o365-activity-client';
import { getMessage, note, ok, red } from './finding.js';
import type { Finding } from './finding.js';

/** SharedKey refuses a date that is off by 15 minutes; windows of content go wrong much earlier. */
const tolerableSkewInMs = 60_000;

/** This machine's clock against the `Date` of the authority's public metadata. */
export async function checkClock(
  authority: string,
  tenantId: string,
  now: number,
  send: Fetch = (request) => fetch(request),
): Promise<Finding> {
  const started = performance.now();
  try {
    const url = `${authority}/${encodeURIComponent(tenantId)}/v2.0/.well-known/openid-configuration`;
    const reply = await send(new Request(url));
    await reply.arrayBuffer();
    const date = Date.parse(reply.headers.get('date') ?? '');
    if (Number.isNaN(date)) return note('clock: the authority sent no date');
    // The header has whole seconds, written somewhere between sending and arrival.
    const halfway = now + (performance.now() - started) / 2;
    const skew = Math.round((halfway - date - 500) / 1000) * 1000;
    const text = `clock: ${Math.abs(skew / 1000)} s ${skew < 0 ? 'behind' : 'ahead of'} the service`;
    return Math.abs(skew) < tolerableSkewInMs
      ? ok(text)
      : red(text, 'Synchronize the clock of this machine: signatures and time windows depend on it.');
  } catch (error) {
    return red(
      `clock: ${authority} cannot be reached. ${getMessage(error)}`,
      'Check DNS, firewall and proxy.',
    );
  }
}

/** Node takes a proxy from the environment only when it is told to. */
export function checkProxy(env: Readonly<Record<string, string | undefined>>): Finding {
  const proxy = env['HTTPS_PROXY'] ?? env['https_proxy'] ?? env['HTTP_PROXY'] ?? env['http_proxy'];
  if (!proxy) return note('proxy: none in the environment');
  const host = URL.canParse(proxy) ? new URL(proxy).host : '(not a URL)';
  if (env['NODE_USE_ENV_PROXY'] !== '1')
    return red(`proxy: ${host} is set, but Node does not use it`, 'Set NODE_USE_ENV_PROXY=1 (Node 24).');
  return ok(`proxy: ${host}${env['NO_PROXY'] ? `, not for ${env['NO_PROXY']}` : ''}`);
}
