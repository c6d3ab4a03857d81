import { fileURLToPath } from 'node:url';

/** The folder of the rules that come with this package; pass it to `loadRules`. */
export const starterRules: string = fileURLToPath(new URL('../rules/m365', import.meta.url));
