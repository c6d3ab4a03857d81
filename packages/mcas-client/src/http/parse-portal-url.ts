import { ArgumentError, trimSlashes } from '@repo/client-core';
import type { CloudName } from '@repo/client-core';

/** Where the API is, and in which cloud that host lives; no cloud for a host of one's own. */
export interface Portal {
  /** Without trailing slash. */
  endpoint: string;
  cloud?: CloudName;
}

const domains: readonly [string, CloudName][] = [
  ['cloudappsecurity.com', 'public'],
  ['cloudappsecuritygov.com', 'gcc'],
  // Documented for GCC High and DoD together; no separate DoD host is.
  ['cloudappsecurity.us', 'gcc-high'],
];

const example = 'https://contoso.eu2.portal.cloudappsecurity.com';

/**
 * The API's root from any way people write the portal URL: without scheme, in upper case, with `/api`, `/#/…` or a
 * trailing slash, with the region after `portal`. Hosts outside Microsoft's are refused: a token would go there.
 */
export function parsePortalUrl(url: string, allowCustomHost = false): Portal {
  const text = typeof url === 'string' ? url.trim() : '';
  const hint = `Give the API URL under Settings > Cloud Apps > System > About, for example ${example}.`;
  if (!text) throw new ArgumentError('url', 'is empty', hint);
  const written = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(written)) throw new ArgumentError('url', 'is not a URL', hint);
  const parsed = new URL(written);
  if (parsed.username || parsed.password)
    throw new ArgumentError('url', 'carries a user name or password', hint);
  if (parsed.protocol !== 'https:' && !(allowCustomHost && parsed.protocol === 'http:'))
    throw new ArgumentError('url', `has the scheme ${parsed.protocol}`, 'Tokens are only sent over https.');
  const known = parsed.port ? undefined : microsoftHost(parsed.hostname.replace(/\.$/, ''));
  if (known) return known;
  if (!allowCustomHost)
    throw new ArgumentError(
      'url',
      `'${parsed.host}' is not a host of the Cloud App Security API`,
      `${hint} For a host of your own set allowCustomHost: true; the token is sent there.`,
    );
  const path = trimSlashes(parsed.pathname).replace(/(^|\/)api(\/v1)?$/i, '');
  return { endpoint: `${parsed.origin}${trimSlashes(path)}` };
}

function microsoftHost(host: string): Portal | undefined {
  for (const [domain, cloud] of domains) {
    if (!host.endsWith(`.${domain}`)) continue;
    const labels = host.slice(0, -domain.length - 1).split('.');
    const at = labels.indexOf('portal');
    // Without `portal` it is the host of log collectors, which is no API.
    if (at < 0 || labels.includes('')) return undefined;
    labels.splice(at, 1);
    return { endpoint: `https://${[...labels, 'portal', domain].join('.')}`, cloud };
  }
  return undefined;
}
