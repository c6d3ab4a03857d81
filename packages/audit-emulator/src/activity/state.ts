import type { WorldBasics } from '../world.js';

export interface ActivityState {
  readonly placeholder: true;
}

export function createActivityState(_basics: WorldBasics): ActivityState {
  return { placeholder: true };
}
