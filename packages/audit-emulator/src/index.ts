export { createEmulator } from './emulator.js';
export type { Emulator, EmulatorOptions } from './emulator.js';
export { createClock } from './clock.js';
export type { ClockMode, EmulatorClock } from './clock.js';
export { contoso } from './contoso.js';
