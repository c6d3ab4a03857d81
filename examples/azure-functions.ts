/**
 * The collector as Azure Functions: timer → planner, queue → worker, HTTP → webhook, and timers for the daily export of
 * activities and the share report. The deployed app begins in azure-functions/deploy/main.ts; here the handlers are called in this process, each
 * with an InvocationContext, one time after another. No Functions host is part of this run.
 *
 *     pnpm example azure-functions [--emulated]
 */
import { randomUUID } from 'node:crypto';
import { HttpRequest, InvocationContext } from '@azure/functions';
import type { Timer } from '@azure/functions';
import { hints, register } from './azure-functions/app.js';
import { createHandlers } from './azure-functions/handlers.js';
import { readArguments } from './lib/arguments.js';
import { localStorage, openStorage } from './lib/azure-storage.js';
import { runScript } from './lib/script.js';
import { optional } from './lib/settings.js';

readArguments({});

await runScript(async () => {
  const given = optional('AZURE_STORAGE_CONNECTION_STRING');
  const local = given ? undefined : await localStorage();
  try {
    const storage = await openStorage(given ?? local?.connectionString ?? '');
    const authId = randomUUID();
    const handlers = createHandlers({
      storage,
      authId,
      hint: (context) => context.extraOutputs.set(hints, 'look'),
      unitsPerMinute: 60_000,
    });
    register(handlers);
    const timer: Timer = {
      isPastDue: false,
      schedule: { adjustForDST: false },
      scheduleStatus: { last: '', next: '', lastUpdated: '' },
    };
    const context = (functionName: string): InvocationContext =>
      new InvocationContext({
        functionName,
        invocationId: randomUUID(),
        logHandler: (level, ...args) => console.log(`${functionName} [${level}]`, ...args),
      });

    await handlers.plan(timer, context('plan'));
    let delivered = 0;
    for (;;) {
      const { receivedMessageItems: messages } = await storage.queue.receiveMessages({
        numberOfMessages: 32,
      });
      if (messages.length === 0) break;
      for (const { messageId, popReceipt, messageText } of messages) {
        // A host decodes the message and parses its JSON.
        const parsed: unknown = JSON.parse(Buffer.from(messageText, 'base64').toString());
        await handlers.deliver(parsed, context('deliver'));
        await storage.queue.deleteMessage(messageId, popReceipt);
        delivered += 1;
      }
    }
    const announced = context('webhook');
    const { status } = await handlers.webhook(
      new HttpRequest({
        method: 'POST',
        url: 'https://contoso.example/api/webhook',
        headers: { 'webhook-authid': authId, 'content-type': 'application/json' },
        body: { string: '[]' },
      }),
      announced,
    );
    await handlers.plan(announced.extraOutputs.get(hints), context('planNow'));
    await handlers.activityExport(timer, context('activityExport'));
    await handlers.shares(timer, context('shares'));
    console.log(`${delivered} units delivered, webhook answered ${status}`);
    return status === 200 && delivered > 0 ? 0 : 1;
  } finally {
    local?.stop();
  }
});
