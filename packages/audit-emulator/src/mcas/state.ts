import type { WorldBasics } from '../world.js';

export interface McasState {
  readonly placeholder: true;
}

export function createMcasState(_basics: WorldBasics): McasState {
  return { placeholder: true };
}
