import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { mutations } from './mutations.js';

// Files stay as they are: the text is changed while it is loaded, and Node strips its types.
const mutation = mutations.find(({ name }) => name === process.env['MUTATION']);
if (!mutation) throw new Error(`there is no mutation ${process.env['MUTATION']}`);
const path = fileURLToPath(new URL(`../../packages/${mutation.file}`, import.meta.url));
const original = readFileSync(path, 'utf8');
if (!original.includes(mutation.find))
  throw new Error(`${mutation.file} does not hold the text of the mutation ${mutation.name}`);
const mutated = original.replaceAll(mutation.find, mutation.replace);
registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || fileURLToPath(url) !== path) return nextLoad(url, context);
    return { format: 'module-typescript', source: mutated, shortCircuit: true };
  },
});
