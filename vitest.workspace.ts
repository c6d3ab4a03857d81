import { defineConfig } from 'vitest/config';

const projects = [
  'packages/client-core',
  'packages/mcas-client',
  'packages/o365-activity-client',
  'packages/loganalytics-ingest',
  'packages/audit-pipeline',
  'packages/audit-collector',
  'packages/audit-emulator',
  'packages/test-kit',
  'packages/audit-rules',
  'examples',
  'scripts',
];

export default defineConfig({
  // Tests run on the sources: no build is needed.
  ssr: { resolve: { conditions: ['@repo/source', 'module', 'node', 'development|production'] } },
  test: {
    projects: projects.map((root) => ({
      extends: true,
      root,
      test: {
        name: root.replace('packages/', ''),
        include: ['test/**/*.test.ts'],
        // A slow machine is no failure: tests never depend on speed.
        testTimeout: 30_000,
        setupFiles: [new URL('scripts/property-runs.ts', import.meta.url).pathname],
      },
    })),
    passWithNoTests: false,
    coverage: { include: ['packages/*/src/**'], reporter: ['text-summary', 'lcov'] },
  },
});
