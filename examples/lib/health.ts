import { heartbeat } from 'audit-pipeline';
import type { Health, HealthRow, Sink } from 'audit-pipeline';
import { logsIngestionSink } from 'audit-pipeline/loganalytics';
import { LogsIngestionClient } from 'loganalytics-ingest';
import { cloudFromEnvironment, credentialFromEnvironment } from './identity.js';
import { required } from './settings.js';

/** Where rows go: the rule's client. */
export function logsFromEnvironment(): LogsIngestionClient {
  const cloud = cloudFromEnvironment();
  return new LogsIngestionClient(required('AUDIT_LOGS_ENDPOINT'), credentialFromEnvironment(cloud), {
    cloud,
  });
}

/** The table of collectors' health. */
export function healthSink(logs: LogsIngestionClient = logsFromEnvironment()): Sink<HealthRow> {
  const target = { ruleId: required('AUDIT_LOGS_RULE_ID'), stream: 'Custom-AuditCollectorHealth_CL' };
  return logsIngestionSink<HealthRow>(logs, target);
}

/** Does `work`, and meanwhile tells the table of collectors' health how it stands: at once, every five minutes, at the end. */
export async function withHeartbeat<T>(
  health: Health,
  logs: LogsIngestionClient,
  work: () => Promise<T>,
): Promise<T> {
  const end = new AbortController();
  const beating = heartbeat(health, healthSink(logs), {
    abortSignal: end.signal,
    onError: (error) => console.error(`heartbeat: ${error instanceof Error ? error.message : 'failed'}`),
  });
  try {
    return await work();
  } finally {
    end.abort();
    await beating;
  }
}
