import { json } from '../service.js';
import type { Service } from '../service.js';

export const armService: Service = {
  name: 'arm',
  ownsHost: () => false,
  ownsPath: () => false,
  handle: async () => json(501, {}),
};
