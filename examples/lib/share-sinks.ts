import { writeFile } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { DataCollectorClient, LogsIngestionClient } from 'loganalytics-ingest';
import type { HttpEvents, TokenCredential } from 'mcas-client';
import { cloudFromEnvironment } from './identity.js';
import { optional, required } from './settings.js';
import type { JoinedShareRow } from './share-join.js';
import { verify } from './verify.js';

export const shareSinks = ['data-collector', 'logs-ingestion', 'csv', 'json'] as const;
export type ShareSink = (typeof shareSinks)[number];

export interface Written {
  table: string;
  accepted: number;
  found?: number;
  duplicates?: number;
}

export interface SinkContext {
  credential: TokenCredential;
  runId: string;
  events: HttpEvents;
  secret(name: string): Promise<string>;
  /** The file of csv and json; standard output without one. */
  out?: string;
}

/** Puts the rows where they were asked for; for a table also whether they are there. */
export async function writeShares(
  sink: ShareSink,
  rows: readonly JoinedShareRow[],
  context: SinkContext,
): Promise<Written> {
  if (sink === 'csv' || sink === 'json') {
    // A cell that begins with = or @ would be a formula in a spreadsheet, and names come from outside.
    const text =
      sink === 'csv'
        ? stringify([...rows], { header: true, escape_formulas: true, bom: true })
        : `${JSON.stringify(rows, undefined, 2)}\n`;
    if (context.out) await writeFile(context.out, text);
    else process.stdout.write(text);
    return { table: context.out ?? 'standard output', accepted: rows.length };
  }
  const marked = rows.map((row) => ({ ...withoutEmptyTimes(row), RunId: context.runId }));
  return sink === 'data-collector' ? toDataCollector(marked, context) : toLogsIngestion(marked, context);
}

type MarkedRow = Partial<JoinedShareRow> & { RunId: string };

/** A datetime column takes no "", and the Data Collector API would make a second, textual column of it. */
function withoutEmptyTimes(row: JoinedShareRow): Partial<JoinedShareRow> {
  return Object.fromEntries(
    Object.entries(row).filter(([name, value]) => !name.endsWith('DateTime') || value),
  );
}

async function toDataCollector(rows: MarkedRow[], context: SinkContext): Promise<Written> {
  const { credential, events, runId } = context;
  const workspaceId = required('AUDIT_WORKSPACE_ID');
  const endpoint = optional('AUDIT_EMULATOR');
  const logs = new DataCollectorClient(workspaceId, await context.secret('workspace-shared-key'), {
    events,
    ...(endpoint && { endpoint }),
  });
  const { accepted } = await logs.upload({ logType: 'MCAS' }, rows);
  const table = 'MCAS_CL';
  const question = { workspaceId, table, runColumn: 'RunId_s', idColumn: 'ActivityId_s', runId };
  return { table, accepted, ...(await verify(credential, { ...question, expected: accepted })) };
}

async function toLogsIngestion(rows: MarkedRow[], context: SinkContext): Promise<Written> {
  const { credential, events, runId } = context;
  const logs = new LogsIngestionClient(required('AUDIT_LOGS_ENDPOINT'), credential, {
    events,
    cloud: cloudFromEnvironment(),
  });
  const table = 'MCAS_Share_Report_CL';
  const target = { ruleId: required('AUDIT_LOGS_RULE_ID'), stream: `Custom-${table}` };
  const timed = rows.map((row) => ({ TimeGenerated: row.EventDateTime, ...row }));
  const { accepted } = await logs.upload(target, timed);
  const workspaceId = required('AUDIT_WORKSPACE_ID');
  const question = { workspaceId, table, runColumn: 'RunId', idColumn: 'ActivityId', runId };
  return { table, accepted, ...(await verify(credential, { ...question, expected: accepted })) };
}
