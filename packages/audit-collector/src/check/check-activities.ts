import { UploadError } from 'loganalytics-ingest';
import type { LogsIngestionClient } from 'loganalytics-ingest';
import type { McasClient } from 'mcas-client';
import { getMessage, ok, red } from './finding.js';
import type { Finding } from './finding.js';

/** One activity is asked for: host, token and role in one. */
export async function checkActivities(mcas: McasClient, now: number): Promise<Finding> {
  try {
    for await (const { created } of mcas.activities.list({
      filters: { date: { gte: now - 86_400_000 } },
      limit: 1,
    }))
      return ok(
        `Cloud App Security: readable, an activity saved ${created === undefined ? 'at a time not given' : new Date(created).toISOString()}`,
      );
    return red('Cloud App Security: readable, but no activity for a day', 'Check the app connectors.');
  } catch (error) {
    return red(
      `Cloud App Security: ${getMessage(error)}`,
      'Check mcas.url of the tenant, the API token, or the app permission.',
    );
  }
}

/** Sends one row that says what it is: rule, stream, table and role can only be tried by writing. */
export async function writeTest(
  logs: LogsIngestionClient,
  target: { ruleId: string; stream: string },
  row: Record<string, unknown>,
): Promise<Finding> {
  try {
    const report = await logs.upload(target, [row]);
    return ok(
      `ingestion: one marked row accepted by ${target.stream} (${report.accepted}); look for it in the table`,
    );
  } catch (error) {
    const cause = UploadError.isInstance(error) ? error.cause : error;
    return red(
      `ingestion: ${getMessage(cause)}`,
      'Check rule id and stream name, and Monitoring Metrics Publisher on the rule; a new role takes up to 30 minutes.',
    );
  }
}
