import { json, text } from '../../server/service.js';
import { defineService } from '../../server/define-service.js';
import type { Call, Service } from '../../server/service.js';
import type { EmulatorState } from '../../server/emulator-state.js';
import { createKeyVaultState } from './state.js';
import type { KeyVaultState, SecretVersion } from './state.js';

const audience = 'https://vault.azure.net';
const audiences = [audience, 'https://vault.usgovcloudapi.net', 'https://vault.azure.cn'];
const vaultHost = /\.vault\.(azure\.net|usgovcloudapi\.net|azure\.cn)$/;
const secretPath = /^\/secrets(?:\/([0-9a-zA-Z-]{1,127})(?:\/([^/]*))?)?\/?$/;

/** Secrets as Key Vault has them: first a 401 that says where to get a token, then values, versions and lists. */
export const keyVaultService: Service = defineService<KeyVaultState>({
  name: 'key-vault',
  hosts: [vaultHost],
  paths: [/^\/secrets(\/|$)/],
  resources: [{ name: 'Azure Key Vault', appId: 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093', audiences }],
  maxBodyBytes: 1024 * 1024,
  state: { name: 'keyVault', create: createKeyVaultState },
  counts: ({ secrets }) => ({ secrets: secrets.size }),
  handle: async (call, state) => {
    const verdict = await state.entra.verify(call.headers.get('authorization'), audiences);
    if (!verdict.ok) return challenge(call, state, verdict.reason);
    const { claims } = verdict;
    if (claims.tid !== state.keyVault.tenantId) return challenge(call, state, 'audience');
    if (!call.url.searchParams.get('api-version')) {
      return refuse(400, 'BadParameter', 'api-version must be specified');
    }
    const path = secretPath.exec(call.url.pathname);
    if (!path) return refuse(404, 'NotFound', 'The requested resource does not exist.');
    const [, name, version] = path;
    if (state.keyVault.denied.has(claims.appid)) {
      return json(403, {
        error: {
          code: 'Forbidden',
          message: `The user, group or application 'appid=${claims.appid};oid=${claims.oid};iss=${claims.iss}' does not have secrets get permission on key vault '${state.keyVault.vaultName}'.`,
          innererror: { code: 'ForbiddenByPolicy' },
        },
      });
    }
    if (call.method === 'PUT' && name !== undefined && !version) return writeSecret(call, state, name);
    if (call.method !== 'GET')
      return refuse(405, 'MethodNotAllowed', 'The emulator reads, lists and sets secrets.');
    if (name === undefined) return listSecrets(call, state);
    return version === 'versions' ? listVersions(call, state, name) : readSecret(call, state, name, version);
  },
});

function readSecret(call: Call, state: EmulatorState, name: string, version: string | undefined): Response {
  const versions = [...state.keyVault.secrets].find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1];
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

function writeSecret(call: Call, state: EmulatorState, name: string): Response {
  let body: unknown;
  try {
    body = JSON.parse(text(call));
  } catch {
    body = undefined;
  }
  const { value, contentType, attributes } = (body ?? {}) as {
    value?: unknown;
    contentType?: string;
    attributes?: { exp?: number; enabled?: boolean };
  };
  if (typeof value !== 'string')
    return refuse(400, 'BadParameter', 'The request body must contain a value for the secret.');
  const secret = state.keyVault.setSecret(name, value, {
    ...(contentType !== undefined && { contentType }),
    ...(attributes?.exp !== undefined && { expiresAt: attributes.exp * 1000 }),
  });
  if (attributes?.enabled === false) secret.enabled = false;
  return json(200, bundle(call, name, secret));
}

/** Lists never hold values; the emulator gives them in one page. */
function listSecrets(call: Call, state: EmulatorState): Response {
  const items = [...state.keyVault.secrets].flatMap(([name, versions]) => {
    const latest = versions.at(-1);
    return latest ? [item(call, name, latest, `/secrets/${name}`)] : [];
  });
  return json(200, { value: items, nextLink: null });
}

function listVersions(call: Call, state: EmulatorState, name: string): Response {
  const wanted = name.toLowerCase();
  const [, versions = []] = [...state.keyVault.secrets].find(([one]) => one.toLowerCase() === wanted) ?? [];
  const items = versions.map((one) => item(call, name, one, `/secrets/${name}/${one.version}`));
  return json(200, { value: items, nextLink: null });
}

function item(call: Call, name: string, secret: SecretVersion, path: string): Record<string, unknown> {
  const { value: _value, ...rest } = bundle(call, name, secret);
  return { ...rest, id: `${call.url.origin}${path}` };
}

/** The authority is the emulator's own when it was called at its own origin, so that the client stays there. */
function challenge(call: Call, state: EmulatorState, reason: string): Response {
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
      'www-authenticate': `Bearer authorization="${authority}/${state.keyVault.tenantId}", resource="${audience}"`,
    },
  );
}

function refuse(status: number, code: string, message: string): Response {
  return json(status, { error: { code, message } });
}
