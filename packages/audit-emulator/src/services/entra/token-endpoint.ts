import { json, text } from '../../server/service.js';
import type { Call } from '../../server/service.js';
import type { EmulatorState } from '../../server/emulator-state.js';
import { clientCredentials, refuseClient } from './client-authentication.js';
import { entraError, refusals } from './errors.js';
import type { EntraRefusal } from './errors.js';
import { findResource } from './resources.js';
import type { App, RefreshToken } from './state.js';

type Version = 1 | 2;
type Granted = { audience: string; scope?: string; refresh?: RefreshToken };

const oidcScopes = ['openid', 'profile', 'email', 'offline_access'];

/** `POST /{tenant}/oauth2/token` (v1: `resource`, numbers as strings) and `/{tenant}/oauth2/v2.0/token` (`scope`). */
export async function tokenEndpoint(
  call: Call,
  state: EmulatorState,
  tenant: string,
  version: Version,
): Promise<Response> {
  const form = new URLSearchParams(text(call));
  const correlationId =
    call.headers.get('client-request-id') ?? call.url.searchParams.get('client-request-id');
  const refuse = (refusal: EntraRefusal): Response => entraError(state, refusal, correlationId);
  const { entra } = state;

  const found = entra.findTenant(tenant);
  if (!found) return refuse(refusals.tenantNotFound(tenant));
  const grantType = form.get('grant_type');
  if (!grantType) return refuse(refusals.missingParameter('grant_type'));
  if (grantType !== 'client_credentials' && grantType !== 'refresh_token') {
    return refuse({ code: 70003, message: `The app requested an unsupported grant type '${grantType}'.` });
  }
  const { clientId } = clientCredentials(call, form);
  if (!clientId) return refuse(refusals.missingParameter('client_id'));
  const app = entra.findApp(found.tenantId, clientId);
  if (!app) return refuse(refusals.appNotInTenant(clientId, found.displayName));
  const untrusted = await refuseClient(call, form, app, state);
  if (untrusted) return refuse(untrusted);

  const granted =
    grantType === 'refresh_token' ? refreshGrant(form, app, version, state) : appGrant(form, version);
  if ('code' in granted) return refuse(granted);
  const denied = refuseResource(granted.audience, app, state);
  if (denied) return refuse(denied);
  return issue(state, app, granted, version);
}

function appGrant(form: URLSearchParams, version: Version): Granted | EntraRefusal {
  if (version === 1) {
    const audience = form.get('resource');
    return audience ? { audience } : refusals.missingParameter('resource');
  }
  const scope = form.get('scope');
  if (!scope) return refusals.missingParameter('scope');
  if (!/^\S+\/\.default$/.test(scope)) {
    return {
      code: 1002012,
      message: `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    };
  }
  return { audience: scope.slice(0, -'/.default'.length) };
}

function refreshGrant(
  form: URLSearchParams,
  app: App,
  version: Version,
  state: EmulatorState,
): Granted | EntraRefusal {
  const refresh = state.entra.refreshTokens.get(form.get('refresh_token') ?? '');
  if (!refresh || refresh.clientId !== app.clientId || refresh.tenantId !== app.tenantId) {
    return { code: 70000, message: 'Provided grant is invalid or malformed.' };
  }
  if (refresh.expiresAt !== undefined && refresh.expiresAt <= state.clock.now()) {
    return { code: 700082, message: 'The refresh token has expired due to inactivity.' };
  }
  const scopes = (form.get('scope') ?? '').split(' ').filter((one) => one && !oidcScopes.includes(one));
  const audience =
    version === 1 ? form.get('resource') : scopes[0]?.slice(0, Math.max(0, scopes[0].lastIndexOf('/')));
  if (!audience) return refusals.missingParameter(version === 1 ? 'resource' : 'scope');
  const consented = state.entra.scopesOf(app, audience);
  const asked = scopes.map((one) => one.slice(one.lastIndexOf('/') + 1)).filter((one) => one !== '.default');
  if (
    findResource(state.entra.resources, audience) &&
    !(consented.length && asked.every((s) => consented.includes(s)))
  ) {
    return noConsent(app);
  }
  return { audience, scope: consented.join(' '), refresh };
}

function refuseResource(audience: string, app: App, state: EmulatorState): EntraRefusal | undefined {
  if (!findResource(state.entra.resources, audience)) {
    return {
      code: 500011,
      message: `The resource principal named ${audience} was not found in the tenant named ${app.tenantId}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
    };
  }
  if (!app.consented) return noConsent(app);
  if (app.blockedByConditionalAccess) {
    return {
      code: 53003,
      message:
        'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    };
  }
  return undefined;
}

function noConsent(app: App): EntraRefusal {
  return {
    code: 65001,
    message: `The user or administrator has not consented to use the application with ID '${app.clientId}' named '${app.displayName}'. Send an interactive authorization request for this user and resource.`,
  };
}

async function issue(state: EmulatorState, app: App, granted: Granted, version: Version): Promise<Response> {
  const { entra } = state;
  const { audience, refresh, scope } = granted;
  const lifetimeInS = entra.tokenLifetimeInS;
  const token = await entra.mint.issue({
    tenantId: app.tenantId,
    clientId: app.clientId,
    objectId: refresh?.userObjectId ?? app.objectId,
    audience,
    roles: refresh ? [] : entra.rolesOf(app, audience),
    ...(scope !== undefined && { scp: scope }),
    lifetimeInS,
  });
  const now = Math.floor(state.clock.now() / 1000);
  // Entra hands out a new refresh token each time and lets the old one live on.
  const next = refresh && `fake-refresh-token-${state.random.guid()}`;
  if (refresh && next) entra.refreshTokens.set(next, { ...refresh });
  const renewal = next === undefined ? {} : { refresh_token: next };
  const body =
    version === 1
      ? {
          token_type: 'Bearer',
          ...(scope !== undefined && { scope }),
          expires_in: String(lifetimeInS),
          ext_expires_in: String(lifetimeInS),
          expires_on: String(now + lifetimeInS),
          not_before: String(now),
          resource: audience,
          access_token: token,
          ...renewal,
        }
      : {
          token_type: 'Bearer',
          ...(scope !== undefined && {
            scope: scope
              .split(' ')
              .map((one) => `${audience}/${one}`)
              .join(' '),
          }),
          expires_in: lifetimeInS,
          ext_expires_in: lifetimeInS,
          access_token: token,
          ...renewal,
        };
  return json(200, body, { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' });
}
