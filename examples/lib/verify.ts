import { LogsQueryResultStatus } from '@azure/monitor-query-logs';
import type { TokenCredential } from 'mcas-client';
import { queryClient } from './query-client.js';

/** A new table can take this long to show its first rows. */
const patienceInMs = 15 * 60_000;
const pauseInMs = 10_000;

/**
 * Asks the table for the rows of one run until all are there. Undefined when the identity may not read: accepted
 * is then all that is known.
 */
export async function verify(
  credential: TokenCredential,
  question: {
    workspaceId: string;
    table: string;
    runColumn: string;
    idColumn: string;
    runId: string;
    expected: number;
  },
): Promise<{ found: number; duplicates: number } | undefined> {
  const client = queryClient(credential);
  const { table, runColumn, idColumn, runId, expected } = question;
  const kql = `${table} | where ${runColumn} == "${runId}" | summarize Rows = count(), Ids = dcount(${idColumn}, 4)`;
  const deadline = Date.now() + patienceInMs;
  let last = { found: 0, duplicates: 0 };
  for (;;) {
    try {
      const result = await client.queryWorkspace(question.workspaceId, kql, { duration: 'P8D' });
      if (result.status === LogsQueryResultStatus.Success) {
        const [rows = 0, ids = 0] = (result.tables[0]?.rows[0] ?? []).map(Number);
        last = { found: rows, duplicates: rows - ids };
        if (rows >= expected) return last;
      }
    } catch (error) {
      const status = (error as { statusCode?: number }).statusCode;
      if (status === 401 || status === 403) return undefined;
      // A table that has never had a row is unknown (400) for some minutes.
      if (status !== 400) throw error;
    }
    if (Date.now() > deadline) return last;
    await new Promise((resolve) => setTimeout(resolve, pauseInMs));
  }
}
