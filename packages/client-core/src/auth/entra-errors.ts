import type { ErrorDescription } from '../http/http-types.js';

/** What to do about the refusals that setting up an application meets. Codes as Entra ID documents them. */
const actions: Readonly<Record<string, string>> = {
  AADSTS7000215:
    'The client secret is wrong: use the value of the secret, not its id, and check that it belongs to this clientId.',
  AADSTS7000222: 'The client secret has expired: create a new one in the app registration.',
  AADSTS7000216: 'The application must prove who it is: give clientSecret, certificate or assertion.',
  AADSTS7000218: 'The application must prove who it is: it is not registered as a public client.',
  AADSTS700016: 'No application with this clientId in this tenant: check clientId, tenantId and cloud.',
  AADSTS700027:
    'The certificate does not match: upload its public part to the app registration of this clientId.',
  AADSTS700024: 'The assertion is outside its lifetime: check the clock of this machine.',
  AADSTS700211: 'No federated credential matches the issuer of the assertion: check the app registration.',
  AADSTS700212: 'No federated credential matches the audience of the assertion: check the app registration.',
  AADSTS700213: 'No federated credential matches the subject of the assertion: check the app registration.',
  AADSTS700082: 'The refresh token has expired by inactivity: sign in again and give the new one.',
  AADSTS70008: 'The refresh token has expired: sign in again and give the new one.',
  AADSTS70043:
    'The refresh token was ended by a sign-in frequency policy: sign in again and give the new one.',
  AADSTS50173:
    'The refresh token was revoked (a password change does so): sign in again and give the new one.',
  AADSTS90002: 'The tenant was not found: check tenantId, and that cloud is the one the tenant lives in.',
  AADSTS900023: 'tenantId is neither a tenant id nor a domain of a tenant.',
  AADSTS90038: 'The tenant lives in another cloud: set cloud.',
  AADSTS900382: 'The tenant lives in another cloud: set cloud.',
  AADSTS500011:
    'The tenant does not know this resource: check the scope and the cloud, and that the service is in use there.',
  AADSTS1002012: 'Ask for one scope that ends in /.default.',
  AADSTS70011: 'The scope is not valid: it is a resource followed by /.default.',
  AADSTS65001: 'An administrator has to consent to the permissions of the app registration.',
  AADSTS50105:
    'The identity is not assigned to the application: assign it, or switch off that assignment is required.',
  AADSTS53003:
    'A conditional access policy blocks this: exclude the identity, or sign in from an allowed place.',
  AADSTS53000: 'A conditional access policy asks for a compliant device.',
  AADSTS50034: 'The user does not exist in this tenant: check the account and tenantId.',
  AADSTS50057: 'The account is disabled.',
  AADSTS50076: 'Multi-factor authentication is required: sign in again and give the new refresh token.',
  AADSTS50079: 'Multi-factor authentication has to be set up for this account.',
  AADSTS7000112: 'The application is disabled in this tenant.',
};

/**
 * Reads an error response of Entra ID's token endpoint: `error`, `error_description` that begins with the AADSTS
 * code, `error_codes`, `correlation_id`, `trace_id`.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export function describeEntraError({ status, text }: { status: number; text: string }): ErrorDescription {
  const body = parseObject(text);
  const description = getText(body['error_description']) ?? '';
  const numeric = Array.isArray(body['error_codes']) ? (body['error_codes'] as unknown[])[0] : undefined;
  const code =
    /^\s*(AADSTS\d+)/.exec(description)?.[1] ??
    (typeof numeric === 'number' ? `AADSTS${numeric}` : getText(body['error']));
  const hint =
    (code && actions[code]) ??
    (status >= 400 && status < 500 && status !== 429
      ? 'Check tenantId, clientId, the credential, the scope and the cloud.'
      : undefined);
  return {
    code,
    // The ids that follow on their own lines are on the error already.
    message: description.replace(/^\s*AADSTS\d+:?\s*/, '').split(/\r?\n| Trace ID:/)[0],
    requestId: getText(body['correlation_id']) ?? getText(body['trace_id']),
    ...(hint && { hint }),
    ...(isTransient(code, body['error']) && { retryable: true }),
  };
}

/** Entra ID documents these as worth another try, whatever the status. */
function isTransient(code: string | undefined, error: unknown): boolean {
  return error === 'temporarily_unavailable' || code === 'AADSTS90033' || code === 'AADSTS90024';
}

function getText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
