import type { HttpRequest, HttpResponseInit, InvocationContext, Timer } from '@azure/functions';
import { StateLockedError, createHealth, createDedupeKeys, sendHealth } from 'audit-pipeline';
import type { Gap } from 'audit-pipeline';
import {
  abandonMessage,
  azureState,
  blobDeadLetters,
  deliverMessage,
  runPlanner,
} from 'audit-pipeline/azure';
import { readBlob, recordId } from 'audit-pipeline/o365';
import { contentTypes, createWebhookHandler } from 'o365-activity-client';
import { activityLog } from '../flows/activity-log.js';
import { shareReport } from '../flows/share-report.js';
import { auditTransform } from '../lib/audit-transform.js';
import type { AuditStorage } from '../lib/azure-storage.js';
import { auditSink, auditSource } from '../lib/azure-units.js';
import type { FlowContext } from '../lib/flow.js';
import { healthSink } from '../lib/health.js';
import { o365FromEnvironment, subscribed } from '../lib/o365.js';
import { newRunId } from '../lib/script.js';
import { required } from '../lib/settings.js';

const name = 'audit';
const heartbeatInMs = 300_000;

export interface Handlers {
  plan(trigger: unknown, context: InvocationContext): Promise<void>;
  deliver(message: unknown, context: InvocationContext): Promise<void>;
  poison(message: unknown, context: InvocationContext): Promise<void>;
  webhook(request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit>;
  activityExport(timer: Timer, context: InvocationContext): Promise<void>;
  shares(timer: Timer, context: InvocationContext): Promise<void>;
}

/** The work of each function, apart from how a host calls it. */
export function createHandlers(options: {
  storage: AuditStorage;
  /** The subscriptions' authId. */
  authId: string;
  /** Puts a hint on the queue that triggers `plan`. */
  hint(context: InvocationContext): void;
  unitsPerMinute?: number;
}): Handlers {
  const { tables, container, queue } = options.storage;
  const deadLetters = blobDeadLetters(container);
  const health = createHealth({ collector: name });
  const tracker = health.track({
    tenantId: required('AUDIT_TENANT_ID'),
    source: 'o365',
    types: contentTypes,
  });
  const o365 = o365FromEnvironment(tracker.events);
  let heartbeatAt = -Infinity;
  const sink = auditSink();
  const dedupeKeys = createDedupeKeys();
  const flow: FlowContext = { runId: newRunId(), progress: () => {} };
  return {
    async plan(_trigger, context) {
      try {
        const watched = tracker.watch({
          source: auditSource(o365, await subscribed(o365)),
          onGap: ({ from, to, reason }: Gap) => context.error(`lost: ${from} to ${to}, ${reason}`),
        });
        const report = await runPlanner({
          ...watched,
          state: azureState({ tables, container, name }),
          queue,
          tables,
          name,
          deadLetters,
          once: true,
          unitsPerMinute: options.unitsPerMinute ?? 600,
        });
        context.log(`${report.queued} units queued, ${report.committed} committed, ${report.failed} failed`);
        if (Date.now() - heartbeatAt < heartbeatInMs) return;
        await sendHealth(health, healthSink()).then(
          () => (heartbeatAt = Date.now()),
          () => context.warn('The heartbeat did not arrive.'),
        );
      } catch (error) {
        // A timer and a hint at the same time: one is enough.
        if (!StateLockedError.isInstance(error)) throw error;
        context.log('Another planner is at work.');
      }
    },
    // What it throws makes the host try again, and at last move the message to the poison queue.
    async deliver(message, context) {
      const report = await deliverMessage(message, {
        tables,
        name,
        read: readBlob(o365),
        transform: auditTransform(),
        recordId,
        dedupeKeys,
        sink,
        deadLetters,
      });
      context.log(report ? `${report.accepted} records` : 'delivered before');
    },
    // Given up by the host: the unit goes to the dead letters, and the state moves on.
    poison: (message) =>
      abandonMessage(message, 'gave up after the tries of the queue', { tables, name, deadLetters }),
    // An announcement may be missing or repeated; the listing tells. So it only makes the planner look now.
    webhook: (request, context) =>
      createWebhookHandler({ authId: options.authId, onContent: () => options.hint(context) })(request),
    async activityExport(_timer, context) {
      const { accepted } = await activityLog(flow);
      context.log(`${accepted} activities`);
    },
    async shares(_timer, context) {
      const { accepted } = await shareReport(flow, { hours: 24 });
      context.log(`${accepted} shares`);
    },
  };
}
