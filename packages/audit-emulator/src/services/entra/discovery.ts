import { json } from '../../server/service.js';
import type { Call } from '../../server/service.js';
import type { EmulatorState } from '../../server/emulator-state.js';
import { isEntraHost } from './client-authentication.js';
import { entraError, refusals } from './errors.js';

/**
 * The OpenID configuration. Its endpoints keep the name the tenant was asked by; its issuer always carries the
 * GUID. Asked on the emulator's own origin, everything points back there.
 */
export function openIdConfiguration(
  call: Call,
  state: EmulatorState,
  tenant: string,
  version: 1 | 2,
): Response {
  const many = ['common', 'organizations'].includes(tenant.toLowerCase());
  const tenantId = many ? '{tenantid}' : state.entra.findTenant(tenant)?.tenantId;
  if (tenantId === undefined) return entraError(state, refusals.tenantNotFound(tenant));
  const base = `${call.url.origin}/${tenant}`;
  const endpoints = version === 2 ? `${base}/oauth2/v2.0` : `${base}/oauth2`;
  return json(200, {
    token_endpoint: `${endpoints}/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${base}/discovery/${version === 2 ? 'v2.0/' : ''}keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: version === 2 ? `${call.url.origin}/${tenantId}/v2.0` : `https://sts.windows.net/${tenantId}/`,
    request_uri_parameter_supported: false,
    authorization_endpoint: `${endpoints}/authorize`,
    device_authorization_endpoint: `${endpoints}/devicecode`,
    end_session_endpoint: `${endpoints}/logout`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'tid', 'ver'],
    tenant_region_scope: 'EU',
    cloud_instance_name: isEntraHost(call.url.host) ? 'microsoftonline.com' : call.url.host,
  });
}

/** Which hosts are one cloud. The emulator's own origin is a cloud by itself. */
export function instanceDiscovery(call: Call): Response {
  const asked = call.url.searchParams.get('authorization_endpoint') ?? '';
  const host = URL.canParse(asked) ? new URL(asked).host : call.url.host;
  const clouds = [
    ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
    ['login.microsoftonline.us', 'login.usgovcloudapi.net'],
    ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
    ...(isEntraHost(call.url.host) ? [] : [[call.url.host]]),
  ];
  const metadata = clouds.map((aliases) => ({
    preferred_network: aliases[0],
    preferred_cache: aliases[1] ?? aliases[0],
    aliases,
  }));
  if (!clouds.flat().includes(host)) {
    return json(400, {
      error: 'invalid_instance',
      error_description: 'AADSTS50049: Unknown or invalid instance.',
    });
  }
  const path = URL.canParse(asked) ? new URL(asked).pathname.split('/')[1] || 'common' : 'common';
  return json(200, {
    tenant_discovery_endpoint: `https://${host}/${path}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata,
  });
}
