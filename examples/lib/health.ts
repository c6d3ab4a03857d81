import { heartbeat } from 'audit-pipeline';
import type { Health, HealthRow } from 'audit-pipeline';
import { logsIngestionSink } from 'audit-pipeline/loganalytics';
import { LogsIngestionClient } from 'loganalytics-ingest';
import { cloudFromEnvironment, credentialFromEnvironment } from './identity.js';
import { required } from './settings.js';

/** Where rows go: the rule's client. */
export function logsFromEnvironment(): LogsIngestionClient {
  const cloud = cloudFromEnvironment();
  return new LogsIngestionClient(required('LOGS_INGESTION_ENDPOINT'), credentialFromEnvironment(cloud), {
    cloud,
  });
}

/** Does `work`, and meanwhile tells the table of collectors' health how it stands: at once, then every five minutes. */
export async function withHeartbeat<T>(
  health: Health,
  logs: LogsIngestionClient,
  work: () => Promise<T>,
): Promise<T> {
  const target = { ruleId: required('LOGS_INGESTION_RULE_ID'), stream: 'Custom-AuditCollectorHealth_CL' };
  const end = new AbortController();
  const beating = heartbeat(
    health,
    logsIngestionSink<HealthRow>(logs, target, { cloud: cloudFromEnvironment() }),
    {
      abortSignal: end.signal,
      onError: (error) => console.error(`heartbeat: ${error instanceof Error ? error.message : 'failed'}`),
    },
  );
  try {
    return await work();
  } finally {
    end.abort();
    await beating;
  }
}
