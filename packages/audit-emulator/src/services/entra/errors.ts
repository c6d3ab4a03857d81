import { json } from '../../server/service.js';
import type { EmulatorState } from '../../server/emulator-state.js';

/** What the token endpoint refuses with. The service's status and OAuth error belong to the code. */
export interface EntraRefusal {
  code: number;
  message: string;
}

const outcomes: Readonly<Record<number, { status: number; error: string; suberror?: string }>> = {
  50013: { status: 400, error: 'invalid_grant' },
  53003: { status: 400, error: 'invalid_grant', suberror: 'message_only' },
  65001: { status: 400, error: 'invalid_grant', suberror: 'consent_required' },
  70000: { status: 400, error: 'invalid_grant' },
  70003: { status: 400, error: 'unsupported_grant_type' },
  700024: { status: 401, error: 'invalid_client' },
  700027: { status: 401, error: 'invalid_client' },
  700016: { status: 400, error: 'unauthorized_client' },
  700023: { status: 401, error: 'invalid_client' },
  700082: { status: 400, error: 'invalid_grant' },
  700212: { status: 401, error: 'invalid_client' },
  700213: { status: 401, error: 'invalid_client' },
  7000215: { status: 401, error: 'invalid_client' },
  7000216: { status: 401, error: 'invalid_client' },
  7000218: { status: 401, error: 'invalid_client' },
  7000222: { status: 401, error: 'invalid_client' },
  500011: { status: 400, error: 'invalid_resource' },
  1002012: { status: 400, error: 'invalid_scope' },
  70011: { status: 400, error: 'invalid_scope' },
};

/** The error body of the token endpoint: `error`, `error_description`, `error_codes`, ids and time. */
export function entraError(
  state: EmulatorState,
  refusal: EntraRefusal,
  correlationId?: string | null,
): Response {
  const { status, error, suberror } = outcomes[refusal.code] ?? { status: 400, error: 'invalid_request' };
  const traceId = state.random.guid();
  const correlation = correlationId || state.random.guid();
  const timestamp = `${new Date(state.clock.now()).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return json(
    status,
    {
      error,
      error_description: `AADSTS${refusal.code}: ${refusal.message} Trace ID: ${traceId} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      error_codes: [refusal.code],
      timestamp,
      trace_id: traceId,
      correlation_id: correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${refusal.code}`,
      ...(suberror !== undefined && { suberror }),
    },
    { 'cache-control': 'no-store, no-cache', pragma: 'no-cache', 'x-ms-request-id': traceId },
  );
}

export const refusals: {
  tenantNotFound(tenant: string): EntraRefusal;
  appNotInTenant(clientId: string, tenant: string): EntraRefusal;
  missingParameter(name: string): EntraRefusal;
} = {
  tenantNotFound: (tenant) => ({
    code: 90002,
    message: `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  }),
  appNotInTenant: (clientId, tenant) => ({
    code: 700016,
    message: `Application with identifier '${clientId}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  }),
  missingParameter: (name) => ({
    code: 900144,
    message: `The request body must contain the following parameter: '${name}'.`,
  }),
};
