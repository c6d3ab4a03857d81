import { UploadError } from 'loganalytics-ingest';
import type { LogsIngestionClient } from 'loganalytics-ingest';
import type { McasClient } from 'mcas-client';
import { bad, good, messageOf } from './findings.js';
import type { Finding } from './findings.js';

/** One activity is asked for: host, token and role in one. */
export async function checkMcas(mcas: McasClient, now: number): Promise<Finding> {
  try {
    for await (const { created } of mcas.activities.list({
      filters: { date: { gte: now - 86_400_000 } },
      limit: 1,
    }))
      return good(
        `Cloud App Security: readable, an activity saved ${created === undefined ? 'at a time not given' : new Date(created).toISOString()}`,
      );
    return bad('Cloud App Security: readable, but no activity for a day', 'Check the app connectors.');
  } catch (error) {
    return bad(
      `Cloud App Security: ${messageOf(error)}`,
      'Check AUDIT_MCAS_URL, the API token, or the app permission.',
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
    return good(
      `ingestion: one marked row accepted by ${target.stream} (${report.accepted}); look for it in the table`,
    );
  } catch (error) {
    const cause = UploadError.isInstance(error) ? error.cause : error;
    return bad(
      `ingestion: ${messageOf(cause)}`,
      'Check rule id and stream name, and Monitoring Metrics Publisher on the rule; a new role takes up to 30 minutes.',
    );
  }
}
