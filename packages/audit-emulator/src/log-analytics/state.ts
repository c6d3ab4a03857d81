import type { WorldBasics } from '../world.js';

export interface LogAnalyticsState {
  readonly placeholder: true;
}

export function createLogAnalyticsState(_basics: WorldBasics): LogAnalyticsState {
  return { placeholder: true };
}
