import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts', 'src/feed.ts', 'src/normalize.ts', 'src/undocumented.ts'],
  format: 'esm',
  target: 'node22',
  dts: true,
  sourcemap: true,
  clean: true,
  // node:sqlite has no name without its scheme.
  removeNodeProtocol: false,
  // The private core is inlined: users install one package (docs/decisions/0001).
  noExternal: ['@repo/client-core'],
}) as unknown;
