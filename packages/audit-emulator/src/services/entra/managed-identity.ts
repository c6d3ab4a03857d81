import { json } from '../../server/service.js';
import type { Call } from '../../server/service.js';
import type { EmulatorState } from '../../server/emulator-state.js';
import { findResource } from './resources.js';

/** `GET /metadata/identity/oauth2/token` of the instance metadata service: refused without `Metadata: true`. */
export async function imdsToken(call: Call, state: EmulatorState): Promise<Response> {
  if (call.headers.get('metadata')?.toLowerCase() !== 'true') {
    return refuse('invalid_request', 'Required metadata header not specified');
  }
  return identityToken(call, state, true);
}

/** `GET /msi/token` of App Service and Functions: refused without the `X-IDENTITY-HEADER` of the environment. */
export async function appServiceToken(call: Call, state: EmulatorState): Promise<Response> {
  if (call.headers.get('x-identity-header') !== state.entra.identityHeader) {
    return json(401, { statusCode: 401, message: 'Unauthorized' });
  }
  return identityToken(call, state, false);
}

async function identityToken(call: Call, state: EmulatorState, imds: boolean): Promise<Response> {
  const { entra } = state;
  const resource = call.url.searchParams.get('resource');
  if (!call.url.searchParams.get('api-version'))
    return refuse('invalid_request', 'Required query variable api-version is missing');
  if (!resource) return refuse('invalid_request', 'Required query variable resource is missing');
  const clientId = call.url.searchParams.get('client_id') ?? call.url.searchParams.get('clientid');
  const app = entra.apps.find((one) =>
    clientId ? one.managedIdentity && one.clientId === clientId : one.managedIdentity === 'system',
  );
  if (!app) return refuse('invalid_request', 'Identity not found');
  if (!findResource(entra.resources, resource)) {
    return refuse(
      'invalid_resource',
      `AADSTS500011: The resource principal named ${resource} was not found in the tenant named ${app.tenantId}.`,
    );
  }
  const now = Math.floor(state.clock.now() / 1000);
  const lifetimeInS = entra.tokenLifetimeInS;
  return json(200, {
    access_token: await entra.issueToken(app, resource),
    client_id: app.clientId,
    expires_on: String(now + lifetimeInS),
    resource,
    token_type: 'Bearer',
    ...(imds && {
      expires_in: String(lifetimeInS),
      ext_expires_in: String(lifetimeInS),
      not_before: String(now),
    }),
  });
}

function refuse(error: string, description: string): Response {
  return json(400, { error, error_description: description });
}
