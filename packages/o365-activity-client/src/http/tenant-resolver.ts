import { ApiError, ArgumentError, untilAborted, trimSlashes } from '@repo/client-core';
import type { Http } from '@repo/client-core';

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/**
 * The tenant's GUID, asked for once: the API refuses domain names (AF20013). A domain is resolved through its
 * OpenID discovery document, whose issuer names the tenant; no token is needed for that.
 */
export function tenantResolver(
  tenant: string,
  authority: string,
  http: Http,
): (signal?: AbortSignal) => Promise<string> {
  if (!tenant || !/^[\w.-]+$/.test(tenant))
    throw new ArgumentError('tenantIdOrDomain', 'is neither a GUID nor a domain', 'Give one of the two.');
  const exact = new RegExp(`^${guid.source}$`, 'i').test(tenant) ? tenant.toLowerCase() : undefined;
  let pending: Promise<string> | undefined;

  async function discover(): Promise<string> {
    const operation = 'resolving the tenant';
    const reply = await http.send({
      operation,
      method: 'GET',
      url: `${trimSlashes(authority)}/${tenant}/v2.0/.well-known/openid-configuration`,
      idempotent: true,
    });
    const { issuer } = reply.json() as { issuer?: unknown };
    const found = typeof issuer === 'string' ? guid.exec(issuer)?.[0] : undefined;
    if (!found)
      throw new ApiError(
        `${operation}: no tenant id in the discovery document. Give the tenant as its GUID.`,
      );
    return found.toLowerCase();
  }

  return async (signal) => {
    if (exact) return exact;
    signal?.throwIfAborted();
    // A failure is not remembered.
    pending ??= discover().catch((error: unknown) => {
      pending = undefined;
      throw error;
    });
    return untilAborted(pending, signal);
  };
}
