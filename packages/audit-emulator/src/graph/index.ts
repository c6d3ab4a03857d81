import { json } from '../service.js';
import type { Service } from '../service.js';

export { createGraphState } from './state.js';

export const graphService: Service = {
  name: 'graph',
  ownsHost: () => false,
  ownsPath: () => false,
  handle: async () => json(501, {}),
};
