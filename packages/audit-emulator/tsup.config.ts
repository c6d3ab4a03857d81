import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts', cli: 'src/cli.ts', connect: 'src/connect/connect.ts' },
  format: 'esm',
  target: 'node22',
  dts: true,
  sourcemap: true,
  clean: true,
  // node:sqlite has no name without its scheme.
  removeNodeProtocol: false,
}) as unknown;
