export { captureError } from './capture-error.js';
export { clientOnEmulator } from './client-on-emulator.js';
export { collect } from './collect.js';
export { scriptedFetch } from './scripted-fetch.js';
export type { ScriptedAnswer } from './scripted-fetch.js';
export { testClock } from './test-clock.js';
export type { TestClock } from './test-clock.js';
