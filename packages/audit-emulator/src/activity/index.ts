import { json } from '../service.js';
import type { Service } from '../service.js';

export { createActivityState } from './state.js';

export const activityService: Service = {
  name: 'activity',
  ownsHost: () => false,
  ownsPath: () => false,
  handle: async () => json(501, {}),
};
