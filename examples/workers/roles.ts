import { createHealth, createDedupeKeys } from 'audit-pipeline';
import type { Gap } from 'audit-pipeline';
import { azureState, blobDeadLetters, runPlanner, runWorker } from 'audit-pipeline/azure';
import { readBlob, recordId } from 'audit-pipeline/o365';
import { contentTypes } from 'o365-activity-client';
import { auditTransform } from '../lib/audit-transform.js';
import type { AuditStorage } from '../lib/azure-storage.js';
import { auditSink, auditSource } from '../lib/azure-units.js';
import { logsFromEnvironment, withHeartbeat } from '../lib/health.js';
import { o365FromEnvironment, subscribed } from '../lib/o365.js';
import { required } from '../lib/settings.js';
import { serveHealth } from './health.js';

interface Signals {
  drainSignal: AbortSignal;
  abortSignal: AbortSignal;
}

/** The name of this installation in its table. */
export const installation = 'audit';

/** Finds content blobs and puts them on the queue until all of them are delivered. */
export async function plan(
  storage: AuditStorage,
  { unitsPerMinute, healthPort }: { unitsPerMinute: number; healthPort: number | undefined },
  signals: Signals,
): Promise<number> {
  const { tables, container, queue } = storage;
  const health = createHealth({ collector: installation });
  const tracker = health.track({
    tenantId: required('AUDIT_TENANT_ID'),
    source: 'o365',
    types: contentTypes,
  });
  const served = healthPort === undefined ? undefined : await serveHealth(health, healthPort);
  if (served) console.log(`health: ${served.url}`);
  try {
    const o365 = o365FromEnvironment(tracker.events);
    const watched = tracker.watch({
      source: auditSource(o365, await subscribed(o365)),
      onGap: ({ from, to, reason }: Gap) => console.error(`lost: ${from} to ${to}, ${reason}`),
    });
    const report = await withHeartbeat(health, logsFromEnvironment(), () =>
      runPlanner({
        ...signals,
        ...watched,
        state: azureState({ tables, container, name: installation, onLocked: 'wait' }),
        queue,
        tables,
        name: installation,
        deadLetters: blobDeadLetters(container),
        unitsPerMinute,
        pollIntervalInMs: 1000,
      }),
    );
    console.log(
      `planner: ${report.queued} units queued, ${report.committed} committed, ${report.failed} failed`,
    );
    return 0;
  } finally {
    served?.close();
  }
}

/** Delivers units until told to drain. */
export async function work(storage: AuditStorage, signals: Signals): Promise<number> {
  const { tables, container, queue, poisonQueue } = storage;
  const sink = auditSink();
  let records = 0;
  try {
    const report = await runWorker({
      ...signals,
      queue,
      poisonQueue,
      tables,
      name: installation,
      read: readBlob(o365FromEnvironment()),
      transform: auditTransform(),
      recordId,
      dedupeKeys: createDedupeKeys(),
      sink,
      deadLetters: blobDeadLetters(container),
      onDelivered: ({ accepted }) => void (records += accepted),
      onFailed: (unit, error) =>
        console.error(`${unit?.id ?? 'a message'}: ${error instanceof Error ? error.message : 'failed'}`),
    });
    console.log(`worker ${process.pid}: ${report.delivered} units, ${records} records`);
    return 0;
  } finally {
    await sink.close();
  }
}
