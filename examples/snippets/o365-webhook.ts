import { createServer } from 'node:http';
import { createWebhookHandler } from 'o365-activity-client';
import type { O365ActivityClient, WebhookContent } from 'o365-activity-client';
import { toNodeListener } from 'o365-activity-client/node';

export async function receive(
  o365: O365ActivityClient,
  authId: string,
  enqueue: (contents: WebhookContent[]) => Promise<void>,
): Promise<void> {
  // Behind a proxy that ends TLS with a certificate the service trusts.
  createServer(toNodeListener(createWebhookHandler({ authId, onContent: enqueue }))).listen(8080);
  const address = 'https://audit.contoso.example/hook';
  await o365.subscriptions.start('Audit.Exchange', { webhook: { address, authId } });
}
