import type { WebhookHandler } from './webhook-types.js';

/** A webhook handler as `Request → Response`, which Hono, Next.js route handlers, Workers, Deno and Bun take. */
export function toFetchHandler(handler: WebhookHandler): (request: Request) => Promise<Response> {
  return async (request) => new Response(null, { status: (await handler(request)).status });
}
