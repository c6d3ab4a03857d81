import { json } from '../service.js';
import type { Service } from '../service.js';

export { createKeyVaultState } from './state.js';

export const keyVaultService: Service = {
  name: 'key-vault',
  ownsHost: () => false,
  ownsPath: () => false,
  handle: async () => json(501, {}),
};
