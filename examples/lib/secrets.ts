import { SecretClient } from '@azure/keyvault-secrets';
import type { TokenCredential } from 'mcas-client';
import { required } from './settings.js';

/** Reads secrets of the vault that AUDIT_KEY_VAULT_URL names. */
export function vaultSecrets(credential: TokenCredential): (name: string) => Promise<string> {
  const vaultUrl = required('AUDIT_KEY_VAULT_URL');
  const vault = new SecretClient(vaultUrl, credential, {
    // Only a vault of Microsoft's own domains can pass that check.
    disableChallengeResourceVerification: !vaultUrl.includes('.vault.'),
  });
  return async (name) => (await vault.getSecret(name)).value ?? '';
}
