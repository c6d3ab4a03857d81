import { LogsQueryClient, LogsQueryResultStatus } from '@azure/monitor-query-logs';
import type { TokenCredential } from 'loganalytics-ingest';

/** How many rows of a run the table shows. Mark the rows of a run with a column of their own. */
export async function countOf(
  credential: TokenCredential,
  workspaceId: string,
  runId: string,
): Promise<number> {
  const kql = `Demo_CL | where ingestion_time() > ago(1h) and RunId == "${runId}" | count`;
  const result = await new LogsQueryClient(credential).queryWorkspace(workspaceId, kql, { duration: 'P1D' });
  if (result.status !== LogsQueryResultStatus.Success) throw new Error(result.partialError.message);
  return Number(result.tables[0]?.rows[0]?.[0] ?? 0);
}
