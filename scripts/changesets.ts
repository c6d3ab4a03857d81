/** The packages that carry client-core inside them. */
export const carriers: readonly string[] = [
  'mcas-client',
  'o365-activity-client',
  'loganalytics-ingest',
  'audit-pipeline',
  'audit-rules',
];

/** The packages a changeset file names in its front matter. */
export function packagesNamedIn(changeset: string): string[] {
  const front = /^---\r?\n(.*?)\r?\n---/s.exec(changeset)?.[1] ?? '';
  return [...front.matchAll(/^\s*['"]?([@\w/-]+)['"]?\s*:\s*(?:major|minor|patch)\s*$/gm)].map(
    ([, name = '']) => name,
  );
}

/**
 * client-core is private and bundled, so changesets does not see that its users change with it: a change of its
 * sources must be accompanied by a changeset that names each package it ships in.
 */
export function missingCarriers(changedFiles: readonly string[], changesets: readonly string[]): string[] {
  if (!changedFiles.some((file) => file.startsWith('packages/client-core/src/'))) return [];
  const named = new Set(changesets.flatMap(packagesNamedIn));
  return carriers.filter((name) => !named.has(name));
}
