import type { WorldBasics } from '../world.js';

export interface GraphState {
  readonly placeholder: true;
}

export function createGraphState(_basics: WorldBasics): GraphState {
  return { placeholder: true };
}
