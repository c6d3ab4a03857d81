import { app, output } from '@azure/functions';
import type { StorageQueueOutput } from '@azure/functions';
import type { Handlers } from './handlers.js';

/** The queue of hints: any message on it makes the planner look now. */
export const hints: StorageQueueOutput = output.storageQueue({
  queueName: 'audit-hints',
  connection: 'AzureWebJobsStorage',
});

/**
 * Tells the host which function is called by what. In host.json, `extensions.queues.maxDequeueCount` says after how
 * many tries a message goes to `audit-units-poison`; keep `functionTimeout` above the time of the largest blob.
 */
export function register(handlers: Handlers): void {
  const connection = 'AzureWebJobsStorage';
  app.timer('plan', { schedule: '0 * * * * *', handler: handlers.plan });
  app.storageQueue('planNow', { queueName: 'audit-hints', connection, handler: handlers.plan });
  app.storageQueue('deliver', { queueName: 'audit-units', connection, handler: handlers.deliver });
  app.storageQueue('poison', {
    queueName: 'audit-units-poison',
    connection,
    handler: handlers.poison,
  });
  app.http('webhook', {
    methods: ['POST'],
    // The service sends no function key; the authId is checked instead.
    authLevel: 'anonymous',
    extraOutputs: [hints],
    handler: handlers.webhook,
  });
  app.timer('activityExport', { schedule: '0 0 1 * * *', handler: handlers.activityExport });
  app.timer('shares', { schedule: '0 30 1 * * *', handler: handlers.shares });
}
