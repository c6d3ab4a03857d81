import type { MigrationPlan } from 'loganalytics-ingest/tables';

export const ways = ['in-place', 'side-by-side'] as const;
export type Way = (typeof ways)[number];

/** A plan in words, for a person who decides. */
export function describePlan(plan: MigrationPlan): string[] {
  const { table, classic, columns, drifted, inPlace, sideBySide } = plan;
  const width = Math.max(8, ...columns.map((column) => column.property.length));
  const wide = Math.max(7, ...columns.map((column) => column.classic.length));
  return [
    `${table}: ${classic ? 'classic' : 'not classic: nothing to migrate, a rule can write to it'}`,
    '',
    `  ${'property'.padEnd(width)}  ${'type'.padEnd(8)}  ${'column now'.padEnd(wide)}  in a new table`,
    ...columns.map(
      ({ property, type, classic: now, renamed }) =>
        `  ${property.padEnd(width)}  ${type.padEnd(8)}  ${now.padEnd(wide)}  ${renamed}`,
    ),
    ...drifted.map(
      ({ property, columns: names, kept }) =>
        `  ! ${property} has changed its type: ${names.join(', ')}. New rows go to ${kept}; --keep ${property}=<column> chooses.`,
    ),
    '',
    'in place: the same table and columns; one way, for good',
    ...(classic ? [`  ${inPlace.migrate.method} ${inPlace.migrate.path}`] : []),
    `  ${inPlace.dataFlow().transformKql}`,
    '',
    `side by side: ${sideBySide.name}, without suffixes; the old table stays as it is`,
    `  ${sideBySide.dataFlow().transformKql}`,
    `  both as one: ${sideBySide.unionKql}`,
  ];
}

/** `Count=Count_d` pairs from the command line. */
export function pairs(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, property, column] = /^(\w+)=(\w+)$/.exec(text) ?? [];
      if (property === undefined || column === undefined)
        throw new RangeError(`--keep ${text} is not of the form Count=Count_d.`);
      return [property, column];
    }),
  );
}
