import { defineConfig } from 'tsup';

export default defineConfig({
  entry: [
    'src/index.ts',
    'src/o365.ts',
    'src/mcas.ts',
    'src/loganalytics.ts',
    'src/tables.ts',
    'src/ndjson.ts',
    'src/conformance.ts',
    'src/azure.ts',
  ],
  format: 'esm',
  target: 'node22',
  dts: true,
  sourcemap: true,
  clean: true,
  // node:sqlite has no name without its scheme.
  removeNodeProtocol: false,
  // The private core is inlined: users install one package (docs/decisions/0001).
  noExternal: ['@repo/client-core'],
  // Used by parts of the core that the pipeline does not touch, and what users bring for the subpaths they use.
  external: [
    '@azure/msal-node',
    'ky',
    'zod',
    /^@azure\//,
    /^(mcas-client|o365-activity-client|loganalytics-ingest)(\/.*)?$/,
  ],
}) as unknown;
