export { azureState } from './azure/state.js';
export type { AzureStateOptions } from './azure/state.js';
