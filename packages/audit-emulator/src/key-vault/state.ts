import type { WorldBasics } from '../world.js';

export interface KeyVaultState {
  readonly placeholder: true;
}

export function createKeyVaultState(_basics: WorldBasics): KeyVaultState {
  return { placeholder: true };
}
