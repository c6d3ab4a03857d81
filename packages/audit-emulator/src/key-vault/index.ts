import { json } from '../service.js';
import type { Call, Service } from '../service.js';
import type { World } from '../world.js';
import type { SecretVersion } from './state.js';

export { createKeyVaultState } from './state.js';

const audience = 'https://vault.azure.net';
const audiences = [audience, 'https://vault.usgovcloudapi.net', 'https://vault.azure.cn'];
const vaultHost = /\.vault\.(azure\.net|usgovcloudapi\.net|azure\.cn)$/;
const secretPath = /^\/secrets\/([0-9a-zA-Z-]{1,127})(?:\/([^/]*))?\/?$/;

/** Reads secrets as Key Vault does: first a 401 that says where to get a token, then the value. */
export const keyVaultService: Service = {
  name: 'key-vault',
  ownsHost: (host) => vaultHost.test(host),
  ownsPath: (path) => path === '/secrets' || path.startsWith('/secrets/'),
  handle: async (call, world) => {
    const verdict = await world.entra.verify(call.headers.get('authorization'), audiences);
    if (!verdict.ok) return challenge(call, world, verdict.reason);
    const { claims } = verdict;
    if (claims.tid !== world.keyVault.tenantId) return challenge(call, world, 'audience');
    if (!call.url.searchParams.get('api-version')) {
      return refuse(400, 'BadParameter', 'api-version must be specified');
    }
    const [, name, version] = secretPath.exec(call.url.pathname) ?? [];
    if (name === undefined) return refuse(404, 'NotFound', 'The requested resource does not exist.');
    if (call.method !== 'GET') return refuse(405, 'MethodNotAllowed', 'The emulator only reads secrets.');
    if (world.keyVault.denied.has(claims.appid)) {
      return json(403, {
        error: {
          code: 'Forbidden',
          message: `The user, group or application 'appid=${claims.appid};oid=${claims.oid};iss=${claims.iss}' does not have secrets get permission on key vault '${world.keyVault.vaultName}'.`,
          innererror: { code: 'ForbiddenByPolicy' },
        },
      });
    }
    return readSecret(call, world, name, version);
  },
};

function readSecret(call: Call, world: World, name: string, version: string | undefined): Response {
  const versions = [...world.keyVault.secrets].find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1];
  const secret = version ? versions?.find((one) => one.version === version) : versions?.at(-1);
  if (!secret) {
    return refuse(
      404,
      'SecretNotFound',
      `A secret with (name/id) ${version ? `${name}/${version}` : name} was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command.`,
    );
  }
  if (!secret.enabled) {
    return json(403, {
      error: {
        code: 'Forbidden',
        message: 'Operation get is not allowed on a disabled secret.',
        innererror: { code: 'SecretDisabled' },
      },
    });
  }
  return json(200, bundle(call, name, secret));
}

function bundle(call: Call, name: string, secret: SecretVersion): Record<string, unknown> {
  const created = Math.floor(secret.createdAt / 1000);
  return {
    value: secret.value,
    ...(secret.contentType !== undefined && { contentType: secret.contentType }),
    id: `${call.url.origin}/secrets/${name}/${secret.version}`,
    attributes: {
      enabled: secret.enabled,
      created,
      updated: created,
      ...(secret.expiresAt !== undefined && { exp: Math.floor(secret.expiresAt / 1000) }),
      recoveryLevel: 'Recoverable+Purgeable',
      recoverableDays: 90,
    },
  };
}

/** The authority is the emulator's own when it was called at its own origin, so that the client stays there. */
function challenge(call: Call, world: World, reason: string): Response {
  const authority = vaultHost.test(call.url.host) ? 'https://login.microsoftonline.com' : call.url.origin;
  const message =
    reason === 'missing'
      ? 'AKV10000: Request is missing a Bearer or PoP token.'
      : reason === 'expired'
        ? 'AKV10046: Error validating token: the token has expired.'
        : 'AKV10022: Invalid token or audience.';
  return json(
    401,
    { error: { code: 'Unauthorized', message } },
    {
      'www-authenticate': `Bearer authorization="${authority}/${world.keyVault.tenantId}", resource="${audience}"`,
    },
  );
}

function refuse(status: number, code: string, message: string): Response {
  return json(status, { error: { code, message } });
}
