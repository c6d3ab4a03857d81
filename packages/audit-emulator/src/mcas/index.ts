import { json } from '../service.js';
import type { Service } from '../service.js';

export { createMcasState } from './state.js';

export const mcasService: Service = {
  name: 'mcas',
  ownsHost: () => false,
  ownsPath: () => false,
  handle: async () => json(501, {}),
};
