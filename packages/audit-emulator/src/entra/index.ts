import { json } from '../service.js';
import type { Service } from '../service.js';

export { createEntraState } from './state.js';

export const entraService: Service = {
  name: 'entra',
  ownsHost: () => false,
  ownsPath: () => false,
  handle: async () => json(501, {}),
};
