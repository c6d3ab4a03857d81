import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts', 'src/cli.ts'],
  format: 'esm',
  target: 'node22',
  dts: true,
  sourcemap: true,
  clean: true,
  removeNodeProtocol: false,
  // The private core is inlined: users install one package (docs/decisions/0001).
  noExternal: ['@repo/client-core'],
  // Nothing here signs in: without this the library would be bundled into a chunk that nobody imports.
  external: ['@azure/msal-node'],
}) as unknown;
