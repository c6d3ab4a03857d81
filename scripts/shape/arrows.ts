/**
 * Who may import whom. Arrows point down only; the three clients never see each other. A row may name one entry of a
 * package (`o365-activity-client/records`): then only that entry is allowed.
 */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  'client-core': [],
  'mcas-client': ['client-core'],
  'o365-activity-client': ['client-core'],
  'loganalytics-ingest': ['client-core'],
  'audit-pipeline': ['client-core', 'mcas-client', 'o365-activity-client', 'loganalytics-ingest'],
  'audit-rules': ['client-core', 'o365-activity-client/records', 'mcas-client/normalize'],
  'audit-collector': [
    'client-core',
    'mcas-client',
    'o365-activity-client',
    'loganalytics-ingest',
    'audit-pipeline',
    'audit-rules',
    'audit-emulator',
  ],
  'audit-emulator': [],
  'test-kit': ['audit-emulator'],
  bench: [
    'mcas-client',
    'o365-activity-client',
    'loganalytics-ingest',
    'audit-pipeline',
    'audit-rules',
    'audit-emulator',
  ],
  examples: [
    'mcas-client',
    'o365-activity-client',
    'loganalytics-ingest',
    'audit-pipeline',
    'audit-rules',
    'audit-collector',
    'audit-emulator',
  ],
  scripts: [
    'mcas-client',
    'o365-activity-client',
    'loganalytics-ingest',
    'audit-pipeline',
    'audit-rules',
    'audit-emulator',
    'test-kit',
  ],
};

/** Every package may be tested against the emulator and with the shared test helpers. */
const extraInTests: readonly string[] = ['audit-emulator', 'test-kit'];

/** The package, `examples` or `scripts` that a file belongs to. */
export function getPackage(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return top === 'packages' ? second : top;
}

/** The package of this repository that a specifier names, or undefined for any other. */
function getTargetPackage(specifier: string, packages: Iterable<string>): string | undefined {
  const name = specifier.replace(/^@repo\//, '').split('/')[0] ?? '';
  for (const known of packages) if (known === name) return name;
  return undefined;
}

/** Why `file` may not import `specifier`, or undefined when it may. */
export function checkImport(file: string, specifier: string, packages: Iterable<string>): string | undefined {
  const from = getPackage(file);
  const allowed = arrows[from];
  if (!allowed)
    return `the package ${from} has no row: add one to scripts/shape/arrows.ts that names the packages it may import`;
  if (/^(\.\.\/)+(packages|[a-z0-9-]+\/src)\//.test(specifier) && !specifier.startsWith('../src/'))
    return `it reaches into another package by path (${specifier}): import that package's entry`;
  const target = getTargetPackage(specifier, packages);
  if (target === undefined || target === from || allowed.includes(target)) return undefined;
  if (allowed.includes(specifier.replace(/^@repo\//, ''))) return undefined;
  if (extraInTests.includes(target) && file.split('/').includes('test')) return undefined;
  return `${from} may not import ${specifier}: move the shared part down to a package both may import (scripts/shape/arrows.ts)`;
}
