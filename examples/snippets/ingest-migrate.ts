import { armTemplate, migrationPlan } from 'loganalytics-ingest/tables';

/** `tableJson`: `az monitor log-analytics workspace table show`, or GET …/tables/Old_CL. */
export function plan(tableJson: unknown): void {
  const { drifted, inPlace, sideBySide } = migrationPlan(tableJson, { timeGeneratedFrom: 'EventTime' });
  console.log(drifted);
  // In place: first the migration, then a rule that puts the suffixes back.
  console.log(inPlace.migrate.path, JSON.stringify(armTemplate([inPlace])));
  // Side by side: a new table without suffixes, and a query that shows both.
  console.log(sideBySide.unionKql, JSON.stringify(armTemplate([sideBySide])));
}
