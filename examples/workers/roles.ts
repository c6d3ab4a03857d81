import { createMarks } from 'audit-pipeline';
import { azureState, blobDeadLetters, runPlanner, runWorker } from 'audit-pipeline/azure';
import { auditRow, readBlob, recordId } from 'audit-pipeline/o365';
import type { AuditStorage } from '../lib/azure-storage.js';
import { auditSink, auditSource } from '../lib/azure-units.js';
import { o365FromEnvironment, subscribed } from '../lib/o365.js';

interface Signals {
  drainSignal: AbortSignal;
  abortSignal: AbortSignal;
}

/** The name of this installation in its table. */
export const installation = 'audit';

/** Finds content blobs and puts them on the queue until all of them are delivered. */
export async function plan(storage: AuditStorage, unitsPerMinute: number, signals: Signals): Promise<number> {
  const { tables, container, queue } = storage;
  const o365 = o365FromEnvironment();
  const report = await runPlanner({
    ...signals,
    source: auditSource(o365, await subscribed(o365)),
    state: azureState({ tables, container, name: installation, onLocked: 'wait' }),
    queue,
    tables,
    name: installation,
    deadLetters: blobDeadLetters(container),
    unitsPerMinute,
    pollInMs: 1000,
    onGap: ({ from, to, reason }) => console.error(`lost: ${from} to ${to}, ${reason}`),
  });
  console.log(
    `planner: ${report.queued} units queued, ${report.committed} committed, ${report.failed} failed`,
  );
  return 0;
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
      transform: auditRow(),
      recordId,
      marks: createMarks(),
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
