import type { PipelineOutcome } from 'audit-pipeline';

/** One line on how a pipeline ended, for people. */
export function formatOutcome({ name, report, error }: PipelineOutcome): string {
  if (!report) return `${name}  failed: ${formatReason(error)}`;
  const { units, records, gaps } = report;
  const counts = [
    `${units.committed} units`,
    `${records.read} records read`,
    `${records.accepted} accepted`,
    ...(records.duplicates ? [`${records.duplicates} duplicates skipped`] : []),
    ...(records.filtered ? [`${records.filtered} filtered`] : []),
    ...(records.deadLettered ? [`${records.deadLettered} dead letters`] : []),
    ...(units.deferred ? [`${units.deferred} units deferred`] : []),
    ...(gaps.length ? [`${gaps.length} gaps`] : []),
  ];
  return `${name}  ${counts.join(', ')}`;
}

/** Why something failed, in one line. */
export function formatReason(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ');
}
