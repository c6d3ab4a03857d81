import { contoso } from '../../data/contoso.js';
import type { StateBasics } from '../../server/state-basics.js';

export interface SecretVersion {
  /** 32 hexadecimal digits. */
  version: string;
  value: string;
  contentType?: string;
  enabled: boolean;
  /** Milliseconds since the epoch by the emulator's clock. */
  createdAt: number;
  expiresAt?: number;
}

export interface KeyVaultState {
  readonly vaultName: string;
  readonly tenantId: string;
  /** Versions by secret name, oldest first: the last one is current. */
  readonly secrets: Map<string, SecretVersion[]>;
  /** Client ids that may not read: answered 403. */
  readonly denied: Set<string>;
  /** Adds a version, which becomes the current one. */
  setSecret(
    name: string,
    value: string,
    options?: { contentType?: string; expiresAt?: number },
  ): SecretVersion;
}

export function createKeyVaultState(basics: StateBasics): KeyVaultState {
  const random = basics.random.fork('key-vault');
  const secrets = new Map<string, SecretVersion[]>();
  const state: KeyVaultState = {
    vaultName: contoso.vaultName,
    tenantId: contoso.tenantId,
    secrets,
    denied: new Set(),
    setSecret: (name, value, options = {}) => {
      const version: SecretVersion = {
        version: random.guid().replaceAll('-', ''),
        value,
        enabled: true,
        createdAt: basics.clock.now(),
        ...options,
      };
      secrets.set(name, [...(secrets.get(name) ?? []), version]);
      return version;
    },
  };
  state.setSecret('mcas-api-token', contoso.mcasToken);
  state.setSecret('workspace-shared-key', contoso.sharedKey);
  return state;
}
