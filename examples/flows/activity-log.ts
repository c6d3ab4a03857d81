import { LogsIngestionClient } from 'loganalytics-ingest';
import type { Activity } from 'mcas-client';
import { counters } from '../lib/flow.js';
import type { FlowContext, FlowResult } from '../lib/flow.js';
import { cloudFromEnvironment, credentialFromEnvironment } from '../lib/identity.js';
import { mcasFromEnvironment } from '../lib/mcas.js';
import { required } from '../lib/settings.js';
import { verify } from '../lib/verify.js';

const iso = (ms: unknown): string | undefined =>
  typeof ms === 'number' ? new Date(ms).toISOString() : undefined;

/** One row per activity: common values as columns, the whole of it in `Record`. */
export function toActivityRow(activity: Activity, runId: string): Record<string, unknown> {
  const { location, device, user, mainInfo } = activity;
  return {
    TimeGenerated: iso(activity.timestamp),
    EventTime: iso(activity.timestamp),
    CreatedTime: iso(activity.created),
    ActivityId: activity._id,
    AppName: activity.appName,
    AppId: activity.appId,
    Operation: mainInfo?.rawOperationName,
    EventCategory: activity.eventTypeName,
    Description: activity.description,
    Severity: activity.severity,
    UserId: user?.userName,
    ClientIP: device?.clientIP,
    CountryCode: location?.countryCode,
    Record: activity,
    RunId: runId,
  };
}

/** Every activity that was saved in the last day, by scan → MCAS_Activity_Log_CL, by the Logs Ingestion API. */
export async function activityLog(context: FlowContext, hours = 24): Promise<FlowResult> {
  const started = performance.now();
  const cloud = cloudFromEnvironment();
  const credential = credentialFromEnvironment(cloud);
  const counts = counters();
  const { events } = counts;
  const { quotaMinuteInMs } = context;
  const mcas = mcasFromEnvironment({ events, ...(quotaMinuteInMs && { quotaMinuteInMs }) });
  const logs = new LogsIngestionClient(required('AUDIT_LOGS_ENDPOINT'), credential, { events, cloud });
  let read = 0;
  async function* rows(): AsyncIterable<Record<string, unknown>> {
    // By the time of saving: a run a day misses nothing that arrives late.
    const query = {
      filters: { created: { gte: Date.now() - hours * 3_600_000 } },
      sortField: 'created',
    } as const;
    for await (const activity of mcas.activities.scan(query)) {
      read += 1;
      if (read % 100 === 0) context.progress(`${read} activities`);
      yield toActivityRow(activity, context.runId);
    }
  }
  const target = { ruleId: required('AUDIT_LOGS_RULE_ID'), stream: 'Custom-MCAS_Activity_Log_CL' };
  const { accepted } = await logs.upload(target, rows());
  const seen = await verify(credential, {
    workspaceId: required('AUDIT_WORKSPACE_ID'),
    table: 'MCAS_Activity_Log_CL',
    runColumn: 'RunId',
    idColumn: 'ActivityId',
    runId: context.runId,
    expected: accepted,
  });
  return {
    flow: 'activity log',
    table: 'MCAS_Activity_Log_CL',
    requests: counts.requests,
    throttled: counts.throttled,
    read,
    accepted,
    ...seen,
    seconds: (performance.now() - started) / 1000,
  };
}
