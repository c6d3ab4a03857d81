/** Who may import whom. Arrows point down only; the three clients never see each other. */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  'client-core': [],
  'mcas-client': ['client-core'],
  'o365-activity-client': ['client-core'],
  'loganalytics-ingest': ['client-core'],
  'audit-pipeline': ['client-core', 'mcas-client', 'o365-activity-client', 'loganalytics-ingest'],
  'audit-emulator': [],
  bench: ['mcas-client', 'o365-activity-client', 'loganalytics-ingest', 'audit-pipeline', 'audit-emulator'],
  examples: [
    'mcas-client',
    'o365-activity-client',
    'loganalytics-ingest',
    'audit-pipeline',
    'audit-emulator',
  ],
};

/** Every package may be tested against the emulator; the pipeline's tests may compose the clients. */
const extraInTests: readonly string[] = ['audit-emulator'];

const importPattern = /(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;

/** The room a specifier leads to, or undefined when it is no room of ours. */
export function roomOf(specifier: string): string | undefined {
  const name = specifier.replace(/^@repo\//, '').split('/')[0] ?? '';
  return Object.hasOwn(arrows, name) ? name : undefined;
}

/** What is wrong with the imports of one file, as lines to print. */
export function wrongArrows(file: string, source: string): string[] {
  const parts = file.split('/');
  const room = parts[0] === 'packages' ? (parts[1] ?? '') : (parts[0] ?? '');
  const allowed = arrows[room];
  if (!allowed) return [];
  const inTests = parts.includes('test');
  const wrong: string[] = [];
  for (const [, specifier = ''] of source.matchAll(importPattern)) {
    const target = roomOf(specifier);
    if (target && target !== room && !allowed.includes(target) && !(inTests && extraInTests.includes(target)))
      wrong.push(`${file}: ${room} may not import ${specifier}`);
    if (/^(\.\.\/)+(packages|[a-z0-9-]+\/src)\//.test(specifier) && !specifier.startsWith('../src/'))
      wrong.push(`${file}: reaches into another package by path (${specifier})`);
  }
  return wrong;
}
