import type { TokenCredential } from 'o365-activity-client';
import { getMessage, ok, red } from './finding.js';
import type { Finding } from './finding.js';

interface TokenQuestion {
  /** What the token is for, as people call it. */
  api: string;
  scope: string;
  /** The tenant it must be of. */
  tenantId: string;
  /** Permissions that are needed; several in one entry: any of them. */
  permissions: readonly (readonly string[])[];
}

interface Claims {
  aud?: string;
  tid?: string;
  roles?: string[];
  scp?: string;
}

/**
 * Asks for a token and reads its claims. They are read and not verified: the service does that. Nothing of the
 * token but audience, tenant and permissions is ever printed.
 */
export async function checkToken(credential: TokenCredential, question: TokenQuestion): Promise<Finding[]> {
  const { api, scope, tenantId, permissions } = question;
  let claims: Claims;
  try {
    const { token = '' } = (await credential.getToken(scope)) ?? {};
    claims = parseClaims(token);
  } catch (error) {
    return [
      red(
        `${api}: no token. ${getMessage(error)}`,
        'Check tenant, clientId, secret and cloud of the identity.',
      ),
    ];
  }
  const findings = [
    isForScope(claims.aud, scope)
      ? ok(`${api}: token for ${claims.aud ?? ''}`)
      : red(
          `${api}: the token is for ${claims.aud ?? 'nobody'}, not for ${scope}`,
          'Check the cloud of the identity.',
        ),
  ];
  // A domain is another name of the tenant.
  if (/^[\da-f-]{36}$/i.test(tenantId) && claims.tid?.toLowerCase() !== tenantId.toLowerCase())
    findings.push(
      red(
        `${api}: the token is of tenant ${claims.tid ?? '(none)'}, not ${tenantId}`,
        'Check the tenant of the identity.',
      ),
    );
  const held = [...(claims.roles ?? []), ...(claims.scp?.split(' ') ?? [])].map((one) => one.toLowerCase());
  for (const oneOf of permissions) {
    const names = oneOf.join(' or ');
    findings.push(
      oneOf.some((name) => held.includes(name.toLowerCase()))
        ? ok(`${api}: ${names} is granted`)
        : red(
            `${api}: ${names} is not granted`,
            'Add the application permission to the app registration and let an administrator consent; a new token is needed then.',
          ),
    );
  }
  return findings;
}

function parseClaims(token: string): Claims {
  const payload = token.split('.')[1] ?? '';
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Claims;
  } catch {
    return {};
  }
}

function isForScope(audience: string | undefined, scope: string): boolean {
  const plain = (text: string): string =>
    text
      .replace(/^api:\/\//, '')
      .replace(/\/+$/, '')
      .toLowerCase();
  return audience !== undefined && plain(audience) === plain(scope.replace(/\/\.default$/, ''));
}
